"""Answers the questionnaires of a demo course, on the evening before each session."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from openipt.calendar.models import Appointment
from openipt.core.measures import Measure, load_measures
from openipt.courses.models import Course, CourseFact
from openipt.people.models import Person
from openipt.questionnaires import operations as questionnaires
from openipt.questionnaires.models import Answering, AskedBy
from openipt.questionnaires.queries import measures_of, sessions_for

from .scores import RISK_ITEM, spread, totals
from .stories import Story

MEASURES = ("phq9", "gad7")
EVENING_BEFORE = timedelta(hours=20)
TAKES = timedelta(minutes=3)
CALM = {"phq9": 19, "gad7": 18}
"""The highest invented total: from 20 on the PHQ-9 alone would raise an alert."""
RECENT = 16
"""How many totals a row of facts keeps."""


def answer(person: Person, measure: str, codes: Sequence[int], at: datetime) -> None:
    """Answer every question of a measure at one instant, as on the page that shows all."""
    member = person.member
    if member is None:
        return
    sheet = questionnaires.start_answering(
        person=person, measure=measure, by=member, at=at
    )
    questionnaires.choose_all(
        answering=sheet,
        codes={str(n): code for n, code in enumerate(codes, 1)},
        by=member,
        at=at,
    )
    questionnaires.finish(answering=sheet, by=member, at=at)


def answer_all(
    story: Story, course: Course, past: list[Appointment], dice: random.Random
) -> None:
    """Answer on the evening before each session that was, what was asked for it.

    Through the door where a card leads to the person, and the last ones of everybody;
    the others are written as rows, so that nobody waits for forty lives.
    """
    asked = past if story.answers_lately else past[:-1]
    for measure_id in [one.id for one in measures_of(course) if one.id in MEASURES]:
        stands_for = sessions_for(course, measure_id)
        measure = load_measures()[measure_id]
        sheets = list(_sheets(story, measure, asked, dice))[::stands_for]
        earlier = 0 if story.is_seen else max(len(sheets) - 1, 0)
        _write(course, measure, sheets[:earlier])
        for at, codes in sheets[earlier:]:
            answer(course.person, measure_id, codes, at)


def _sheets(
    story: Story, measure: Measure, asked: list[Appointment], dice: random.Random
) -> Iterator[tuple[datetime, list[int]]]:
    """Yield when each sheet was filled in, and with what."""
    is_phq9 = measure.id == "phq9"
    wanted = totals(
        dice,
        shape=story.shape,
        start=story.start if is_phq9 else round(story.start * 0.7),
        count=len(asked),
        most=CALM[measure.id],
    )
    zero = (RISK_ITEM,) if is_phq9 else ()
    for appointment, total in zip(asked, wanted, strict=True):
        codes = spread(dice, total, items=len(measure.items), highest=3, zero=zero)
        yield appointment.starts_at - EVENING_BEFORE, codes


def _write(
    course: Course, measure: Measure, sheets: Sequence[tuple[datetime, list[int]]]
) -> None:
    """Write sheets that raise nothing, and what lists read of them."""
    if not sheets:
        return
    made = Answering.objects.bulk_create(
        Answering(
            service_id=course.service_id,
            person_id=course.person_id,
            measure=measure.id,
            measure_version=measure.version,
            language="en",
            items={str(item): code for item, code in enumerate(codes, 1)},
            started_at=at - TAKES,
            completed_at=at,
            total=sum(codes),
            band=measure.band_of(sum(codes)).key,
            version=3,
        )
        for at, codes in sheets
    )
    AskedBy.objects.bulk_create(
        AskedBy(service_id=course.service_id, answering=one, course=course)
        for one in made
    )
    given = [sum(codes) for _, codes in sheets]
    CourseFact.objects.filter(course=course, measure=measure.id).update(
        first=given[0],
        first_at=sheets[0][0],
        last=given[-1],
        last_at=sheets[-1][0],
        recent=given[-RECENT:],
        count=len(given),
        answered_at=sheets[-1][0],
    )
