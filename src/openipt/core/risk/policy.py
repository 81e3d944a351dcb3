"""Who is told when: the policy, as data."""

from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from typing import Literal, cast, get_args

from openipt.core.data_files import Table, tables_in
from openipt.core.measures import LEVELS, Level

Recipient = Literal["therapist", "deputy", "supervisor", "manager"]
Wait = Literal["elapsed", "working", "end_of_next_working_day"]

RECIPIENTS: tuple[Recipient, ...] = get_args(Recipient)
WAITS: tuple[Wait, ...] = get_args(Wait)

_DATA = "openipt.core.risk.data"


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyStep:
    """One line of the policy; the waits are explained in the data file."""

    level: Level
    to: Recipient
    wait: Wait
    after: timedelta
    repeat: timedelta | None = None

    def __post_init__(self) -> None:
        if self.repeat is not None and self.repeat <= timedelta(0):
            raise ValueError("repeat must be longer than nothing")


@dataclass(frozen=True, kw_only=True, slots=True)
class EscalationPolicy:
    """What happens without acknowledgement, and without outcome after it.

    `morning` is the wall time at which an amber alert from outside the working day goes to
    the deputy. The values that ship are defaults of the service's policy.
    """

    version: str
    source: str
    morning: time
    no_acknowledgement: tuple[PolicyStep, ...]
    no_outcome: tuple[PolicyStep, ...]

    def __post_init__(self) -> None:
        for name, lines in (
            ("no_acknowledgement", self.no_acknowledgement),
            ("no_outcome", self.no_outcome),
        ):
            left_out = set(LEVELS) - {line.level for line in lines}
            if left_out:
                raise ValueError(f"{name} says nothing about {', '.join(left_out)}")


@cache
def load_policy() -> EscalationPolicy:
    """Return the default policy; raises `DataProblem` if its file is wrong."""
    (table,) = tables_in(_DATA)
    return build_policy(table)


def build_policy(table: Table) -> EscalationPolicy:
    """Return the policy that a data file describes; raises `DataProblem`."""
    version, source = table.text("version"), table.text("source")
    morning = table.time_of_day("morning")
    unacknowledged = tuple(_line(row) for row in table.tables("no_acknowledgement"))
    without_outcome = tuple(_line(row) for row in table.tables("no_outcome"))
    table.done()
    with table.checking():
        return EscalationPolicy(
            version=version,
            source=source,
            morning=morning,
            no_acknowledgement=unacknowledged,
            no_outcome=without_outcome,
        )


def _line(row: Table) -> PolicyStep:
    level = cast("Level", row.choice("level", LEVELS))
    to = cast("Recipient", row.choice("to", RECIPIENTS))
    wait = cast("Wait", row.choice("wait", WAITS))
    minutes = row.number("minutes") if wait != "end_of_next_working_day" else 0
    repeat = row.number_or_none("repeat_minutes", least=1)
    row.done()
    return PolicyStep(
        level=level,
        to=to,
        wait=wait,
        after=timedelta(minutes=minutes),
        repeat=None if repeat is None else timedelta(minutes=repeat),
    )
