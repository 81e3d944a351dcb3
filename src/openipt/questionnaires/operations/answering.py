"""Begin, choose answers, finish."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, Missing, Refused
from openipt.core.measures import Measure, Score, find_measure, score
from openipt.core.risk import Level, highest
from openipt.courses import operations as courses
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.people.models import Member, Person
from openipt.questionnaires import queries
from openipt.questionnaires.models import Answering, AskedBy
from openipt.sql.prepared import Prepared

from .alerts import (
    answers_of,
    highest_of,
    raise_for_answers,
    raise_for_change,
    stated,
)


@transaction.atomic
def start_answering(
    *, person: Person, measure: str, by: Member, at: datetime
) -> Answering:
    """Return the person's open answering of a measure, begun now if there was none.

    One that was begun too long ago is set aside. A second click finds the first one's.

    :raises Missing: if no open course asks for the measure
    :raises Refused: if it is not asked now, or its risk items are closed
    """
    asking = queries.asking_for(person, measure, at)
    if reason := asking.refusal_to_start:
        raise Refused(reason)
    _set_aside(person, measure, at)
    already = _open(person, measure)
    if already is not None:
        return already
    begun = _begin(person, asking.measure, at)
    if begun is None:
        return start_answering(person=person, measure=measure, by=by, at=at)
    _ask(begun, asking.due.course_ids if asking.due else ())
    _say(begun, "questionnaires.answering.started", by=by, at=at)
    return begun


@transaction.atomic
def choose(
    *, answering: Answering, item: str, code: int, by: Member, at: datetime
) -> Level | None:
    """Keep one answer at once; return the level of risk that it states, if any.

    `item` is the number of the question as text, or the key of an extra one. The same
    answer again changes nothing. An answer that states a risk raises the alert in the
    same transaction, finished or not; a later change does not take it back.

    :raises Missing: if the measure has no such question
    :raises Invalid: if the answer is not offered
    :raises Stale: if the questionnaire is finished, or was begun too long ago
    """
    return _keep(_locked(answering), {item: code}, by=by, at=at)


@transaction.atomic
def choose_all(
    *, answering: Answering, codes: Mapping[str, int], by: Member, at: datetime
) -> Level | None:
    """Keep several answers at once, each as `choose` does; nothing is taken away."""
    return _keep(_locked(answering), codes, by=by, at=at)


@transaction.atomic
def answer_page(
    *, answering: Answering, codes: Mapping[str, int], by: Member, at: datetime
) -> tuple[Answering, Level | None]:
    """Keep the answers of a whole page, and finish if every question has one.

    Returns the answering as it is then, and the level of risk the answers state.

    :raises: as `choose` and `finish`
    """
    kept = _locked(answering)
    level = _keep(kept, codes, by=by, at=at, save=False)
    if queries.sheet_of(kept).is_complete:
        _finish(kept, by=by, at=at)
    else:
        kept.save(update_fields=_KEPT)
    return kept, level


@transaction.atomic
def finish(*, answering: Answering, by: Member, at: datetime) -> Answering:
    """Close a questionnaire: score it, and tell the courses that asked. Twice is once.

    Too many missing answers give no total; what was answered is kept all the same.

    :raises Invalid: if nothing at all is answered
    :raises Stale: if it was begun too long ago
    """
    kept = _locked(answering)
    if kept.completed_at is None:
        queries.check_open(kept, at)
        _finish(kept, by=by, at=at)
    return kept


_KEPT = ("items", "risk", "version")


def _keep(
    kept: Answering,
    codes: Mapping[str, int],
    *,
    by: Member,
    at: datetime,
    save: bool = True,
) -> Level | None:
    """Take the answers over; with `save` false the caller writes the row."""
    queries.check_open(kept, at)
    measure = find_measure(kept.measure, kept.measure_version)
    _check(measure, codes)
    before: dict[str, int] = kept.items
    changed = [key for key, code in codes.items() if before.get(key) != code]
    found = stated(measure, codes)
    if changed:
        kept.items = {**before, **codes}
        kept.risk = highest_of(kept, found)
        kept.version += 1
        if save:
            kept.save(update_fields=_KEPT)
        raise_for_answers(answering=kept, measure=measure, before=before, by=by, at=at)
        _say(kept, "questionnaires.answer.chosen", by=by, at=at, count=len(changed))
    return highest(trigger.level for trigger in found)


def _finish(kept: Answering, *, by: Member, at: datetime) -> None:
    measure = find_measure(kept.measure, kept.measure_version)
    answers = answers_of(measure, kept.items)
    if all(answer is None for answer in answers):
        raise Invalid(_("Nothing is answered yet, so there is nothing to finish."))
    result = score(measure, answers)
    raised = raise_for_change(
        answering=kept, measure=measure, score=result, by=by, at=at
    )
    kept.risk = highest_of(kept, raised)
    _close(kept, result, at)
    course_ids = _ask_all(kept, at)
    courses.record_answer(
        service_id=kept.service_id,
        course_ids=course_ids,
        measure=measure.id,
        total=result.total,
        at=at,
    )
    _say(kept, "questionnaires.answering.finished", by=by, at=at)
    _touch_team(kept, course_ids, by, at)


def _begin(person: Person, measure: Measure, at: datetime) -> Answering | None:
    """Return a new answering, or None if another click was quicker."""
    begun = Answering(
        service_id=person.service_id,
        person=person,
        measure=measure.id,
        measure_version=measure.version,
        language=measure.language_for(get_language() or "en"),
        items={},
        started_at=at,
    )
    try:
        with transaction.atomic():
            begun.save(force_insert=True)
    except IntegrityError:
        return None
    return begun


def _open(person: Person, measure: str) -> Answering | None:
    return Answering.objects.filter(
        person=person,
        measure=measure,
        completed_at__isnull=True,
        set_aside_at__isnull=True,
    ).first()


def _set_aside(person: Person, measure: str, at: datetime) -> None:
    Answering.objects.filter(
        person=person,
        measure=measure,
        completed_at__isnull=True,
        set_aside_at__isnull=True,
        started_at__lte=at - queries.RESUMES_WITHIN,
    ).update(set_aside_at=at)


def _locked(answering: Answering) -> Answering:
    kept: Answering = _LOCKED.one(answering=answering.pk)
    return kept


_LOCKED = Prepared(
    lambda answering: Answering.objects.select_for_update().filter(pk=answering),
    answering=UUID,
)


def _check(measure: Measure, codes: Mapping[str, int]) -> None:
    offered = {str(item.number): item.codes for item in measure.items}
    offered.update((extra.key, extra.codes) for extra in measure.extras)
    for key, code in codes.items():
        if key not in offered:
            raise Missing
        if code not in offered[key]:
            raise Invalid(_("Please choose one of the answers."))


def _close(answering: Answering, result: Score, at: datetime) -> None:
    answering.completed_at = at
    answering.total = result.total
    answering.band = result.band or ""
    answering.prorated = result.prorated
    answering.missing = result.missing
    answering.version += 1
    answering.save(
        update_fields=[
            *_KEPT,
            "completed_at",
            "total",
            "band",
            "prorated",
            "missing",
        ]
    )


def _ask(answering: Answering, course_ids: Iterable[UUID]) -> None:
    AskedBy.objects.bulk_create(
        [
            AskedBy(
                service_id=answering.service_id,
                answering=answering,
                course_id=course_id,
            )
            for course_id in course_ids
        ],
        ignore_conflicts=True,
    )


def _ask_all(answering: Answering, at: datetime) -> set[UUID]:
    """Let courses that began to ask meanwhile have the answer too; return all of them."""
    asked = queries.courses_asked(answering.pk)
    late = (
        set(queries.courses_open_to(answering.person_id, answering.measure, at)) - asked
    )
    if late:
        _ask(answering, late)
    return asked | late


def _touch_team(
    answering: Answering, course_ids: Iterable[UUID], by: Member, at: datetime
) -> None:
    team = people_queries.team_of(answering.person_id, course_ids, at)
    people.touch({by.pk, *team})


def _say(
    answering: Answering,
    action: str,
    *,
    by: Member,
    at: datetime,
    count: int | None = None,
) -> None:
    audit.record(
        action=action,
        resource="answering",
        object_id=answering.pk,
        subjects=[answering.person_id],
        count=count,
        by=by,
        at=at,
    )
