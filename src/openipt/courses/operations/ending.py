"""How a course ends: raised in time, looked back on, as agreed or earlier."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.calendar import operations as calendar
from openipt.core.course import load_early_reasons
from openipt.core.errors import Invalid, Missing, Refused, Stale
from openipt.courses import access, queries
from openipt.courses.models import (
    Course,
    CourseState,
    Ending,
    EndingVersion,
    Focus,
    Outreach,
)
from openipt.courses.queries import WORDS
from openipt.people import operations as people
from openipt.people.models import Member
from openipt.sql.locks import lock_row
from openipt.web.sent_again import check_same

from .trace import say


class Try(TypedDict):
    """One try to reach somebody; `way` is one of `core.course.OUTREACH_WAYS`."""

    way: str
    reached: bool
    note: str
    on_date: date


class Farewell(TypedDict):
    """How it ends. The reason is asked for only where it ends earlier than agreed."""

    afterwards: str
    early_reason: NotRequired[str]
    early_words: NotRequired[str]
    despite: NotRequired[str]
    """Why it ends as agreed though the rules still ask for something."""


class DespiteWanted(Invalid):
    """Something is open at the end as agreed, and nobody said why it ends all the same."""


@transaction.atomic
def raise_ending(*, course: Course, by: Member, at: datetime) -> Ending:
    """Note that the two have talked about the ending; the first time counts.

    :raises Refused: if the course has ended
    """
    ending = _open_ending(course)
    if ending.raised_at is None:
        ending.raised_at, ending.raised_by = at, by
        ending.save(update_fields=["raised_at", "raised_by"])
        say(course, "courses.ending.raised", by=by, at=at)
    return ending


@transaction.atomic
def keep_words(
    *,
    course: Course,
    words: Mapping[str, str],
    shared: bool,
    version: int,
    by: Member,
    at: datetime,
) -> Ending:
    """Keep what the person says when they look back, and who may read it.

    `words` gives a text for each of `WORDS`; `version` is the one that was read, 0 where
    nothing was written. The same words again change nothing. They can be changed after the
    course has ended: they are the person's.

    :raises Refused: if the words are somebody else's to write
    :raises Stale: if they were changed meanwhile
    """
    _lock(course)
    ending = queries.ending_of(course) or _new_ending(course)
    if reason := access.refusal_of_words(by, course):
        raise Refused(reason)
    wanted = {name: words[name].strip() or None for name in WORDS}
    if ending.shared == shared and all(
        getattr(ending, name) == text for name, text in wanted.items()
    ):
        return ending
    if ending.words_version != version:
        raise Stale(
            _("This page was changed meanwhile, perhaps in another window of yours.")
        )
    _keep_version(ending)
    for name, text in wanted.items():
        setattr(ending, name, text)
    ending.shared, ending.words_version = shared, version + 1
    ending.words_by, ending.words_at = by, at
    ending.save(
        update_fields=[*WORDS, "shared", "words_version", "words_by", "words_at"]
    )
    say(course, "courses.ending.words_kept", by=by, at=at)
    return ending


@transaction.atomic
def record_outreach(
    *,
    course: Course,
    submission_id: UUID,
    by: Member,
    at: datetime,
    **tried: Unpack[Try],
) -> Outreach:
    """Record a try to reach the person; the same form sent twice records one.

    :raises Refused: if the course has ended
    :raises SentBefore: if the form was sent before with other words
    """
    _lock(course)
    wanted = {
        "course_id": course.pk,
        "way": tried["way"],
        "reached": tried["reached"],
        "note": tried["note"] or None,
        "on_date": tried["on_date"],
    }
    already = Outreach.objects.filter(
        service_id=course.service_id, submission_id=submission_id
    ).first()
    if already is not None:
        check_same({name: getattr(already, name) for name in wanted}, wanted)
        return already
    if reason := access.refusal_of_ended(course):
        raise Refused(reason)
    outreach = Outreach.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        submission_id=submission_id,
        by=by,
        at=at,
        **wanted,
    )
    say(course, "courses.outreach.recorded", by=by, at=at, reason=tried["way"])
    return outreach


@transaction.atomic
def end_course(
    *, course: Course, by: Member, at: datetime, **how: Unpack[Farewell]
) -> Ending:
    """End a course: what is still planned leaves the calendar, the record stays.

    Before the last session and the last day of the contract it ends early, which is an
    ordinary way to end and has a reason. The care team can finish its notes for `access.CLOSING`, then the record
    closes to it. Ending what has ended changes nothing.

    :raises Refused: with the reason of `access.refusal_to_end`
    :raises DespiteWanted: without a reason where it ends as agreed and P14, R01 or R02
        still ask for something
    :raises Invalid: without a reason where one is needed, or before anybody tried to reach
        somebody who stays away
    """
    _lock(course)
    ending = queries.ending_of(course) or _new_ending(course)
    if ending.ended_at is not None:
        return ending
    if reason := access.refusal_to_end(course, at):
        raise Refused(reason)
    early = queries.ends_early(course, at)
    reason = how.get("early_reason", "") if early else ""
    if early:
        _check_reason(course, reason)
    else:
        _check_despite(course, how.get("despite", ""), at)
    ending.afterwards = how["afterwards"] or None
    ending.early_reason = reason
    # Kept whichever it became meanwhile: somebody wrote them.
    ending.early_words = how.get("early_words") or None
    ending.despite = how.get("despite") or None
    ending.ended_by, ending.ended_at = by, at
    ending.save(
        update_fields=[
            "afterwards", "early_reason", "early_words", "despite", "ended_by", "ended_at",
        ]
    )  # fmt: skip
    _close(course, "ended_early" if early else "ended", by=by, at=at)
    return ending


def _keep_version(ending: Ending) -> None:
    if ending.words_at is None:
        return
    EndingVersion.objects.create(
        service_id=ending.service_id,
        person_id=ending.person_id,
        ending=ending,
        number=ending.words_version,
        words={name: getattr(ending, name) or "" for name in WORDS},
        written_at=ending.words_at,
    )


def _close(course: Course, state: str, *, by: Member, at: datetime) -> None:
    calendar.cancel_rest(series=course.series, by=by, at=at)
    Focus.objects.filter(course=course, ended_at__isnull=True).update(ended_at=at)
    CourseState.objects.create(
        service_id=course.service_id, course=course, state=state, by=by, at=at
    )
    course.ended_at = at
    course.version += 1
    course.save(update_fields=["ended_at", "version"])
    people.let_care_run_out(
        person_id=course.person_id,
        course_id=course.pk,
        ends_at=at + access.CLOSING,
        by=by,
        at=at,
    )
    if course.person.member is not None:
        people.send_pointer(
            member=course.person.member,
            kind="course_ended",
            dedupe_key=f"course-ended:{course.pk}",
            at=at,
        )
    say(course, f"courses.course.{state}", by=by, at=at)


def _check_reason(course: Course, key: str) -> None:
    reason = load_early_reasons().get(key)
    if reason is None:
        raise Invalid(
            _("It ends earlier than agreed, which has a reason. Choose the reason.")
        )
    if reason.outreach and not Outreach.objects.filter(course=course).exists():
        raise Invalid(
            _(
                "Nobody has recorded a try to reach this person. Try once more, record it "
                "here, and then end the course."
            )
        )


def _check_despite(course: Course, said: str, at: datetime) -> None:
    """Refuse to end what is still open without a reason."""
    wanted = access.reason_wanted(queries.open_at_the_end(course, at))
    if wanted and not said.strip():
        raise DespiteWanted(wanted)


def _open_ending(course: Course) -> Ending:
    """Return the ending of a course that has not ended, locked.

    :raises Refused: if it has
    """
    _lock(course)
    if reason := access.refusal_of_ended(course):
        raise Refused(reason)
    return queries.ending_of(course) or _new_ending(course)


def _new_ending(course: Course) -> Ending:
    ending: Ending = Ending.objects.create(
        service_id=course.service_id, person_id=course.person_id, course=course
    )
    return ending


def _lock(course: Course) -> None:
    """Let one change of a course's ending happen at a time, on what is there now.

    :raises Missing: if it is not there any more
    """
    now = lock_row(Course, course.pk, "ended_at", "version")
    if now is None:
        raise Missing
    course.ended_at, course.version = now
