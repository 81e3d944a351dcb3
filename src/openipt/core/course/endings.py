"""When an ending comes into view, and why a course may end before its last session."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from openipt.core.data_files import Table, tables_in

DATA = "openipt.core.course.data"

SESSIONS_BEFORE = 3
"""How many sessions before the last one the ending is raised, unless a variant says more.

Weissman, Markowitz and Klerman discuss it two to four sessions before the end (rule P14).
"""

OutreachWay = Literal["phone", "letter", "mail", "visit", "through_somebody"]
OUTREACH_WAYS: tuple[OutreachWay, ...] = get_args(OutreachWay)


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlyReason:
    """Why a course ends early; `outreach` if the person must have been sought first."""

    key: str
    label: str
    outreach: bool


def ending_is_near(session: int | None, sessions: int) -> bool:
    """Return whether the ending is planned now: from session N-3 of N on.

    `session` counts from 1; None before the first one.
    """
    return session is not None and session >= sessions - SESSIONS_BEFORE


@cache
def load_early_reasons() -> Mapping[str, EarlyReason]:
    """Return the reasons in the order in which they are offered, by key.

    Raises `DataProblem` if the data file is not as it should be.
    """
    (table,) = tables_in(DATA)
    table.text("id")
    table.text("version")
    reasons = [_reason(row) for row in table.tables("reasons")]
    table.done()
    return MappingProxyType({reason.key: reason for reason in reasons})


def _reason(row: Table) -> EarlyReason:
    reason = EarlyReason(
        key=row.text("key"),
        label=row.text("label"),
        outreach=row.flag_or_false("outreach"),
    )
    row.done()
    return reason
