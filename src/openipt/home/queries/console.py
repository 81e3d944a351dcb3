"""What an administrator sees first: what is missing before the service can work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openipt.people import queries as people
from openipt.people.models import Member, Notice
from openipt.people.queries import MemberLine
from openipt.safety import queries as safety
from openipt.web.dates import short_day


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One thing the service needs: whether it is there, and where it is set."""

    title: str
    note: str
    url: str
    is_done: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """The first page of the console."""

    checks: list[Check]
    staff: list[MemberLine]
    away: list[MemberLine]
    waiting: list[MemberLine]
    """Those who were invited and have not joined."""

    @property
    def missing(self) -> int:
        """How many checks are open."""
        return sum(not check.is_done for check in self.checks)


def overview_of(member: Member, at: datetime, on: date) -> Overview:
    """Return what this administrator sees first."""
    staff = people.staff_of_service(member, at, on)
    active = [line for line in staff if line.member.state == Member.State.ACTIVE]
    therapists = _with_role(active, "therapist")
    return Overview(
        checks=[
            _numbers(member, on),
            _settings(member),
            _notice(people.newest_notice(member)),
            _deputies(therapists),
            _told_last(active),
        ],
        staff=active,
        away=[line for line in active if line.absence],
        waiting=[line for line in staff if line.member.state == Member.State.INVITED],
    )


def _numbers(member: Member, on: date) -> Check:
    is_live = safety.emergency_is_live(member.service_id, member.service.country, on)
    return Check(
        title=_("Help numbers"),
        note=_("An emergency number is checked.")
        if is_live
        else _("Nobody can be invited until an emergency number is checked."),
        url=reverse("safety:help-numbers"),
        is_done=is_live,
    )


def _settings(member: Member) -> Check:
    is_done = bool(member.service.contact)
    return Check(
        title=_("Hours and contact"),
        note=_("People see how to reach you; alerts know when somebody reads.")
        if is_done
        else _("Look at the hours we began with, and write how people reach you."),
        url=reverse("people:service-settings"),
        is_done=is_done,
    )


def _notice(newest: Notice | None) -> Check:
    if newest is None:
        note = _("Write what people should know before they agree.")
    elif newest.published_by_id is None:
        note = _("The text that ships is in force. Read it, and make it yours.")
    else:
        note = _("Version %(n)s, published on %(day)s.") % {
            "n": newest.version,
            "day": short_day(newest.published_at),
        }
    return Check(
        title=_("Notice"),
        note=note,
        url=reverse("people:notice"),
        is_done=newest is not None,
    )


def _deputies(therapists: list[MemberLine]) -> Check:
    without = [line for line in therapists if not _has_deputy(line)]
    if not therapists:
        note = _("Invite a therapist, and a second one to stand in.")
    elif without:
        note = ngettext(
            "%(names)s has no deputy: the question about self-harm is not asked there.",
            "%(names)s have no deputy: the question about self-harm is not asked there.",
            len(without),
        ) % {"names": ", ".join(line.member.name for line in without)}
    else:
        note = _("Every therapist has somebody who stands in.")
    return Check(
        title=_("A therapist with a deputy"),
        note=note,
        url=reverse("people:members")
        if therapists
        else reverse("people:invite-member"),
        is_done=bool(therapists) and not without,
    )


def _told_last(active: list[MemberLine]) -> Check:
    is_done = bool(_with_role(active, "supervisor") and _with_role(active, "manager"))
    return Check(
        title=_("A supervisor and a manager"),
        note=_("Both are told of an alert that nobody takes.")
        if is_done
        else _("They are told of an alert that neither therapist nor deputy takes."),
        url=reverse("people:members" if is_done else "people:invite-member"),
        is_done=is_done,
    )


def _with_role(lines: Iterable[MemberLine], role: str) -> list[MemberLine]:
    return [line for line in lines if role in line.member.role_set]


def _has_deputy(line: MemberLine) -> bool:
    return line.deputy is not None and line.deputy.state == Member.State.ACTIVE
