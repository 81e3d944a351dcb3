"""The lead measure of a course, as lists and the person's day show it."""

from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from openipt.core.charts import spark
from openipt.core.measures import Measure, load_measures
from openipt.core.outcomes import change, recovered

LEAD = "phq9"
"""The measure that lists show; every variant of individual IPT asks for it."""

ChangeWord = Literal["recovered", "better", "worse", "none", "unknown"]


class Score(NamedTuple):
    """The lead measure of a course: first and last total, and what lies between.

    `recent` are up to sixteen totals, `points` their spark line, "" for fewer than two.
    A tuple, as are the rows: `home/course_table.html` takes both apart.
    """

    first: int | None
    last: int | None
    last_on: date | None
    recent: tuple[int, ...]
    points: str
    change: ChangeWord


def lead_measure() -> Measure:
    """Return the measure whose totals lists show."""
    return load_measures()[LEAD]


def score_of(
    first: int | None,
    last: int | None,
    last_on: date | None,
    recent: list[int] | None,
) -> Score:
    """Return the lead measure of a course from its row of facts, None where it has none."""
    totals = tuple(recent or ())
    return Score(
        first=first,
        last=last,
        last_on=last_on,
        recent=totals,
        points=spark(totals, lead_measure().highest) if len(totals) > 1 else "",
        change=change_word(first, last, count=len(totals)),
    )


@lru_cache(maxsize=4096)
def change_word(first: int | None, last: int | None, *, count: int) -> ChangeWord:
    """Return what happened since the first score, in one word.

    NHS Talking Therapies for one measure: recovered is a case at first, none at last, and
    a reliable change between them.
    """
    if first is None or last is None or count < 2:
        return "unknown"
    measure = lead_measure()
    if recovered(measure, first, last):
        return "recovered"
    return change(measure, first, last).kind
