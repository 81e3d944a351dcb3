"""The paragraph to the person: written, shown, answered by both."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Refused
from openipt.courses import access
from openipt.courses.models import Course, Formulation, FormulationAnswer
from openipt.people import operations as people
from openipt.people.models import Member

from .plan import lock_open, next_number
from .trace import say

PERSON, THERAPIST = FormulationAnswer.Side.PERSON, FormulationAnswer.Side.THERAPIST


@transaction.atomic
def write_formulation(
    *, course: Course, text: str, version: int, by: Member, at: datetime
) -> Formulation:
    """Write a version; the ones before stay. The same text again changes nothing.

    `version` is the number of the one that was read, 0 where there was none.

    :raises Refused: if the course has ended
    :raises Stale: if somebody wrote another one meanwhile
    """
    lock_open(course)
    newest = Formulation.objects.filter(course=course).order_by("-number").first()
    if newest is not None and newest.text == text:
        return newest
    row = Formulation.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        number=next_number(newest.number if newest else 0, version),
        text=text,
        by=by,
        at=at,
    )
    say(course, "courses.formulation.written", by=by, at=at)
    return row


@transaction.atomic
def show_formulation(*, formulation: Formulation, by: Member, at: datetime) -> None:
    """Let the person read a version; from then on it is the one that both agree to.

    A second time changes nothing.

    :raises Refused: if the course has ended, or a newer version was written
    """
    course = formulation.course
    lock_open(course)
    newer = Formulation.objects.filter(course=course, number__gt=formulation.number)
    if newer.exists():
        raise Refused(_("A newer version was written meanwhile. Show that one."))
    shown = Formulation.objects.filter(pk=formulation.pk, shown_at__isnull=True)
    if not shown.update(shown_at=at, shown_by=by):
        return
    if course.person.member is not None:
        people.send_pointer(
            member=course.person.member,
            kind="formulation_shown",
            dedupe_key=f"formulation-shown:{formulation.pk}",
            at=at,
        )
    say(course, "courses.formulation.shown", by=by, at=at)


@transaction.atomic
def answer_formulation(
    *, formulation: Formulation, agrees: bool, words: str, by: Member, at: datetime
) -> FormulationAnswer:
    """Keep what the person says to a version. The same again is kept once.

    :raises Refused: if it is not theirs to say, was not shown, or the course has ended
    :raises Invalid: if it does not fit and nothing was written
    """
    course = formulation.course
    lock_open(course)
    if reason := access.refusal_to_answer(by, formulation, course):
        raise Refused(reason)
    if not agrees and not words:
        raise Invalid(_("Write a few words about what does not fit."))
    said = None if agrees else words
    answer = FormulationAnswer(side=PERSON, agrees=agrees, words=said, by=by, at=at)
    return _kept(formulation, answer)


@transaction.atomic
def agree_formulation(
    *, formulation: Formulation, by: Member, at: datetime
) -> FormulationAnswer:
    """Keep that the therapist stands by a version.

    :raises Refused: if it was not shown, or the course has ended
    """
    lock_open(formulation.course)
    if formulation.shown_at is None:
        raise Refused(_("Show it to the person first."))
    answer = FormulationAnswer(side=THERAPIST, agrees=True, by=by, at=at)
    return _kept(formulation, answer)


@transaction.atomic
def note_spoken_agreement(
    *, formulation: Formulation, spoken_on: date, by: Member, at: datetime
) -> FormulationAnswer:
    """Write down that somebody without an account agreed in the session.

    :raises Refused: if they have an account, it was not shown, or the course has ended
    :raises Invalid: if that day lies before the one on which it was shown
    """
    course = formulation.course
    lock_open(course)
    if reason := access.refusal_to_note_answer(course):
        raise Refused(reason)
    if formulation.shown_at is None:
        raise Refused(_("Show it to the person first."))
    if reason := access.refusal_of_spoken(formulation, spoken_on):
        raise Invalid(reason)
    answer = FormulationAnswer(
        side=PERSON, agrees=True, spoken_on=spoken_on, by=by, at=at
    )
    return _kept(formulation, answer)


def _kept(formulation: Formulation, answer: FormulationAnswer) -> FormulationAnswer:
    """Keep an answer, unless that side's newest one says the same."""
    course = formulation.course
    before = FormulationAnswer.objects.filter(formulation=formulation, side=answer.side)
    newest = before.order_by("-at", "-pk").first()
    if newest is not None and _said(newest) == _said(answer):
        return newest
    answer.formulation = formulation
    answer.service_id, answer.person_id = course.service_id, course.person_id
    answer.save(force_insert=True)
    act = "agreed" if answer.agrees else "questioned"
    say(
        course,
        f"courses.formulation.{act}",
        by=answer.by,
        at=answer.at,
        reason=answer.side,
    )
    return answer


def _said(answer: FormulationAnswer) -> tuple[bool, str | None, date | None]:
    return answer.agrees, answer.words, answer.spoken_on
