"""What is known of how a course ends."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from openipt.calendar import queries as calendar
from openipt.calendar.models import Appointment
from openipt.core.course import ending_is_near, load_early_reasons
from openipt.core.errors import Missing
from openipt.core.protocols.rules import Finding
from openipt.courses import access
from openipt.courses.access import CLOSING, refusal_of_words, refusal_to_end
from openipt.courses.models import (
    Contract,
    Course,
    Ending,
    LetterVersion,
    Outreach,
    Paper,
)
from openipt.people import queries as people
from openipt.people.models import Member
from openipt.sql.prepared import Prepared

from . import courses

RAISED = "P14"
"""The rule that the ending is spoken about in time."""

WORDS = ("better", "helped", "unfinished", "signs")
"""What the person writes when they look back, in the order of the page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Farewell:
    """What the ending page of a course shows those who treat the person."""

    ending: Ending | None
    session: int | None
    """The session that the calendar has reached; None before the first."""
    sessions: int
    last_on: date
    is_near: bool
    left: int
    """Sessions that are still planned: they leave the calendar when it ends."""
    is_early: bool
    """Ended now, it would end earlier than agreed."""
    reason: str
    """In words, why it ended early; empty where it did not."""
    tries: tuple[Outreach, ...]
    closes_at: datetime | None
    """When the record closes to the care team; None while the course is open."""
    refusal_to_end: str
    writes_words: bool
    """The person has no account, so the therapist writes down what they say."""
    still_open: tuple[Finding, ...]
    """What P14, R01 and R02 ask for now; nothing before the ending comes into view."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedPaper:
    """A page that was asked for; `made_at` is None while it is being made."""

    made_at: datetime | None


def ending_of(course: Course) -> Ending | None:
    """Return what is known of the ending of a course, if anything is."""
    found: list[Ending] = _ENDING.instances(course=course.pk)
    return found[0] if found else None


_ENDING = Prepared(
    lambda course: (
        Ending.objects.filter(course_id=course)
        .select_related("ended_by")
        .order_by("pk")[:1]
    ),
    course=UUID,
)


def farewell_of(
    member: Member, course: Course, contract: Contract, *, at: datetime, today: date
) -> Farewell:
    """Return the ending of a course that was reached by this professional."""
    ending = ending_of(course)
    session = courses.session_on(contract, today)
    early = load_early_reasons().get(ending.early_reason) if ending else None
    tries = Outreach.objects.filter(course=course).select_related("by")
    is_near = ending_is_near(session, contract.sessions)
    return Farewell(
        ending=ending,
        session=session,
        sessions=contract.sessions,
        last_on=contract.last_on,
        is_near=is_near,
        left=sessions_left(course, at),
        is_early=ends_early(course, at),
        reason=early.label if early else "",
        tries=tuple(tries.order_by("on_date", "at")),
        closes_at=course.ended_at + CLOSING if course.ended_at else None,
        refusal_to_end=refusal_to_end(course, at),
        writes_words=not refusal_of_words(member, course),
        still_open=_still_open(course, at, is_near=is_near),
    )


def open_at_the_end(course: Course, at: datetime) -> tuple[Finding, ...]:
    """Return what the rules still ask for before a course ends as agreed."""
    contract, variant = courses.latest_contract(course), courses.variant_of(course)
    today = at.astimezone(ZoneInfo(course.person.service.zone)).date()
    return access.open_at_the_end(
        course,
        variant,
        session=courses.session_on(contract, today),
        sessions=contract.sessions,
    )


def _still_open(course: Course, at: datetime, *, is_near: bool) -> tuple[Finding, ...]:
    """Return what is open; before the ending is near, only that it should be raised."""
    if course.ended_at is not None:
        return ()
    found = open_at_the_end(course, at)
    return found if is_near else tuple(one for one in found if one.rule == RAISED)


def sessions_left(course: Course, at: datetime) -> int:
    """Return how many sessions of a course are planned after this instant."""
    planned = calendar.appointments_of([course.series_id]).get(course.series_id, [])
    return sum(
        row.state == Appointment.State.PLANNED and row.starts_at > at for row in planned
    )


def ends_early(course: Course, at: datetime) -> bool:
    """Return whether a course that ends now ends earlier than agreed.

    Until the last day of the contract, and while a session lies ahead; a late cancel is
    one too. Only what was taken out of the calendar is none.
    """
    today = at.astimezone(ZoneInfo(course.person.service.zone)).date()
    if courses.latest_contract(course).last_on > today:
        return True
    rows = calendar.appointments_of([course.series_id]).get(course.series_id, [])
    return any(
        row.starts_at > at and row.state != Appointment.State.CANCELLED for row in rows
    )


def own_course(member: Member, course_id: UUID) -> Course:
    """Return a course of the person this member is, open or ended.

    :raises Missing: also when it exists but is somebody else's
    """
    found = courses.rows().filter(
        pk=course_id, service_id=member.service_id, person__member=member
    )
    course = found.first()
    if course is None:
        raise Missing
    return course


def own_ending(member: Member, course_id: UUID) -> tuple[Contract, Ending | None]:
    """Return what holds now in one's own course, and what is known of its ending.

    One query, and the course and its person come along; so does whether a letter was
    given, and how far the page is that this member asked for (`asked_paper`).

    :raises Missing: also when it exists but is somebody else's
    """
    found: list[Contract] = _OWN_ENDING.instances(
        course=course_id, member=member.pk, service=member.service_id
    )
    if not found:
        raise Missing
    return found[0], getattr(found[0].course, "ending", None)


def _own_ending(
    course: UUID, member: UUID, service: UUID
) -> QuerySet[Contract, Contract]:
    found = Contract.objects.filter(
        course_id=course,
        service_id=service,
        course__person__member_id=member,
    ).select_related("course__person__member", "course__ending")
    papers = Paper.objects.filter(course=OuterRef("course"), asked_by_id=member)
    letters = LetterVersion.objects.filter(
        letter__course=OuterRef("course"), given_at__isnull=False
    )
    return found.annotate(
        paper_asked_at=Subquery(papers.values("asked_at")[:1]),
        paper_made_at=Subquery(papers.values("made_at")[:1]),
        has_letter=Exists(letters),
    ).order_by("-version")[:1]


_OWN_ENDING = Prepared(_own_ending, course=UUID, member=UUID, service=UUID)


def asked_paper(contract: Contract) -> AskedPaper | None:
    """Return how far the page is, of a contract that came from `own_ending`."""
    if contract.paper_asked_at is None:  # type: ignore[attr-defined]  # annotated there
        return None
    return AskedPaper(made_at=contract.paper_made_at)  # type: ignore[attr-defined]  # as above


def paper_of(member: Member, course: Course) -> Paper | None:
    """Return the page that this member had typeset of a course, if they had.

    None also where the person has since taken back what may stand on it.
    """
    found = Paper.objects.filter(course=course, asked_by=member).defer("content")
    paper = found.first()
    if paper and access.holds_what_was_taken_back(member, paper, course):
        return None
    return paper


def paper_to_make(paper_id: UUID) -> Paper | None:
    """Return a page that waits to be typeset, with its course and reader; or None."""
    return (
        Paper.objects.filter(pk=paper_id, made_at__isnull=True)
        .select_related(
            "asked_by", "service", "course__person__member", "course__therapist"
        )
        .first()
    )


def may_have_paper(paper: Paper, at: datetime) -> bool:
    """Return whether who asked for a page may still read its course."""
    reader, course = paper.asked_by, paper.course
    if course.person.member_id == reader.pk:
        return True
    return people.may_read(reader, course.person_id, course.pk, at)


def typeset(member: Member, course: Course) -> str:
    """Return the PDF in base64 that this member asked for.

    :raises Missing: if they did not, it is still being made, or the person has since
        taken back what may stand on it
    """
    found = Paper.objects.filter(
        course=course, asked_by=member, made_at__isnull=False
    ).first()
    if found is None or not found.content:
        raise Missing
    if access.holds_what_was_taken_back(member, found, course):
        raise Missing
    return found.content
