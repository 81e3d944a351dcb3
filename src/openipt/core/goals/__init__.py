"""The five steps on which a goal is rated."""

from functools import cache

from openipt.core.data_files import Table, tables_in

from .model import HIGHEST, HOPED, LOWEST, Step

__all__ = ["HIGHEST", "HOPED", "LOWEST", "Step", "load_steps", "step_at"]

DATA = "openipt.core.goals.data"


@cache
def load_steps() -> tuple[Step, ...]:
    """Return the steps from the lowest to the highest.

    :raises DataProblem: if the file is wrong
    """
    (table,) = tables_in(DATA)
    table.text("id")
    table.text("version")
    steps = tuple(_step(row) for row in table.tables("steps"))
    table.done()
    if [step.level for step in steps] != list(range(LOWEST, HIGHEST + 1)):
        raise table.problem("steps", f"they run from {LOWEST} to {HIGHEST}, in order")
    return steps


def step_at(level: int) -> Step:
    """Return the step of a level."""
    return load_steps()[level - LOWEST]


def _step(row: Table) -> Step:
    known = tuple(str(level) for level in range(LOWEST, HIGHEST + 1))
    step = Step(
        level=int(row.choice("level", known)),
        label=row.text("label"),
        hint=row.text("hint"),
    )
    row.done()
    return step
