"""Invented answers: both measures on the evening before each session that took place."""

from datetime import timedelta

from openipt.cli.demo.scores import RISK_ITEM, SHAPES, spread, totals
from openipt.core.measures import Measure, load_measures
from openipt.courses.models import CourseFact
from openipt.questionnaires.models import Answering, AskedBy

from .life import SESSIONS, Life
from .rows import Rows

EVENING_BEFORE = timedelta(hours=20)
TAKES = timedelta(minutes=3)
MOST = {"phq9": 18, "gad7": 18}
"""The highest invented total: from 20 on the PHQ-9 alone would raise an alert."""
RECENT = 16


def add_answers(rows: Rows, life: Life) -> Answering | None:
    """Add every answering and the row of facts; return the one that states a risk."""
    start = life.dice.randint(9, 18)
    shape = life.dice.choice(_SHAPES)
    risky = None
    for measure_id, most in MOST.items():
        measure = load_measures()[measure_id]
        begin = start if measure_id == "phq9" else round(start * 0.8)
        wanted = totals(life.dice, shape=shape, start=begin, count=SESSIONS, most=most)
        given = [
            _answering(rows, life, measure, place, total)
            for place, total in enumerate(wanted)
        ]
        _add_fact(rows, life, given)
        risky = next((one for one in given if one.risk), risky)
    return risky


_SHAPES = sorted(SHAPES)


def _answering(
    rows: Rows, life: Life, measure: Measure, place: int, total: int
) -> Answering:
    at = life.starts(life.held[place]) - EVENING_BEFORE
    is_phq9 = measure.id == "phq9"
    codes = spread(
        life.dice,
        total,
        items=len(measure.items),
        highest=3,
        zero=(RISK_ITEM,) if is_phq9 else (),
    )
    risk = is_phq9 and place == _RISK_AT.get(life.alert)
    if risk:
        codes[RISK_ITEM - 1] = 1
    made = rows.add(
        Answering(
            **life.owner,
            measure=measure.id,
            measure_version=measure.version,
            language="en",
            items={str(item): code for item, code in enumerate(codes, 1)},
            started_at=at - TAKES,
            completed_at=at,
            total=sum(codes),
            band=measure.band_of(sum(codes)).key,
            risk="amber" if risk else "",
            version=3,
        )
    )
    rows.add(
        AskedBy(
            service_id=life.place.service_id,
            answering=made,
            course_id=life.course_id,
        )
    )
    return made


_RISK_AT = {"closed": 5, "open": SESSIONS - 1}


def _add_fact(rows: Rows, life: Life, given: list[Answering]) -> None:
    first, last = given[0], given[-1]
    rows.add(
        CourseFact(
            service_id=life.place.service_id,
            course_id=life.course_id,
            measure=first.measure,
            first=first.total,
            first_at=first.completed_at,
            last=last.total,
            last_at=last.completed_at,
            recent=[one.total for one in given][-RECENT:],
            count=len(given),
            answered_at=last.completed_at,
        )
    )
