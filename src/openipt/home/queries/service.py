"""How a service is doing, in counts: no name, no score of anybody, no word."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, OuterRef, Subquery
from django.utils import timezone

from openipt.calendar.models import Appointment
from openipt.core.charts import Bars, bars
from openipt.core.course import session_by
from openipt.core.protocols import phase_open, variant_if_there
from openipt.core.wall_time import instant
from openipt.courses.models import Contract, Course
from openipt.people.models import Invitation, Member, Service
from openipt.questionnaires import queries as questionnaires
from openipt.safety.models import Alert

WEEKS_SHOWN = 8
SORTS = (
    Appointment.State.ATTENDED,
    Appointment.State.LATE_CANCEL,
    Appointment.State.MISSED,
)
"""What became of a session, from the bottom of a bar up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenAlerts:
    """Open alerts of one level: how many, how many nobody has taken, since when."""

    level: str
    count: int
    waiting: int
    oldest_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """The sessions of one week, by what became of them."""

    monday: date
    attended: int
    late_cancel: int
    missed: int
    still_planned: int

    @property
    def counts(self) -> tuple[int, int, int]:
        return (self.attended, self.late_cancel, self.missed)


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceCounts:
    """Everything the page of a service shows. `weeks` are the oldest first."""

    persons: int
    courses: int
    phases: tuple[tuple[str, int], ...]
    overdue: int
    alerts: tuple[OpenAlerts, ...]
    invitations: int
    therapists: int
    weeks: tuple[Week, ...]
    drawing: Bars

    @property
    def this_week(self) -> Week:
        return self.weeks[-1]

    @property
    def is_new(self) -> bool:
        """Whether there is nothing yet to count."""
        return not self.courses and not self.invitations


def counts_of(member: Member, at: datetime) -> ServiceCounts:
    """Return the counts of this member's own service."""
    service = member.service
    courses = _open_courses(service)
    weeks = _weeks(service, at)
    return ServiceCounts(
        persons=len({row["person_id"] for row in courses}),
        courses=len(courses),
        phases=_phases(courses, timezone.localdate(at)),
        overdue=len(questionnaires.overdue([row["pk"] for row in courses], at)),
        alerts=_alerts(service),
        invitations=_invitations(service, at),
        therapists=len({row["therapist_id"] for row in courses}),
        weeks=weeks,
        drawing=bars([week.counts for week in weeks]),
    )


def _open_courses(service: Service) -> list[Any]:
    contract = Contract.objects.filter(course=OuterRef("pk")).order_by("-version")
    return list(
        Course.objects.filter(service=service, ended_at__isnull=True)
        .annotate(
            first_on=Subquery(contract.values("first_on")[:1]),
            sessions=Subquery(contract.values("sessions")[:1]),
            days_between=Subquery(contract.values("days_between")[:1]),
            turns=Subquery(contract.values("turns")[:1]),
        )
        .values(
            "pk",
            "person_id",
            "therapist_id",
            "variant_id",
            "variant_version",
            "first_on",
            "sessions",
            "days_between",
            "turns",
            "opened_phase",
        )
    )


def _phases(courses: Iterable[Any], today: date) -> tuple[tuple[str, int], ...]:
    """Return how many courses stand in each phase, in the order of the phases.

    Without those whose variant is not installed: `openipt doctor` names it.
    """
    counts: Counter[str] = Counter()
    order: dict[str, int] = {}
    for row in courses:
        variant = variant_if_there(row["variant_id"], row["variant_version"])
        if variant is None:
            continue
        reached = session_by(
            row["first_on"],
            today,
            row["sessions"],
            row["days_between"],
            row["turns"],
        )
        phase = phase_open(variant, reached or 1, row["sessions"], row["opened_phase"])
        counts[phase.name] += 1
        order[phase.name] = variant.phases.index(phase)
    return tuple(sorted(counts.items(), key=lambda item: (order[item[0]], item[0])))


def _weeks(service: Service, at: datetime) -> tuple[Week, ...]:
    zone = ZoneInfo(service.zone)
    today = at.astimezone(zone).date()
    this_monday = today - timedelta(days=today.weekday())
    mondays = [
        this_monday - timedelta(weeks=back) for back in reversed(range(WEEKS_SHOWN))
    ]
    counts: Counter[tuple[date, str]] = Counter()
    rows = (
        Appointment.objects.filter(
            service=service,
            starts_at__gte=instant(mondays[0], time.min, zone),
            starts_at__lt=instant(this_monday + timedelta(weeks=1), time.min, zone),
        )
        .values_list("on_date", "state")
        .annotate(count=Count("pk"))
    )
    for on, state, count in rows:
        counts[on - timedelta(days=on.weekday()), state] += count
    return tuple(
        Week(
            monday=monday,
            attended=counts[monday, Appointment.State.ATTENDED],
            late_cancel=counts[monday, Appointment.State.LATE_CANCEL],
            missed=counts[monday, Appointment.State.MISSED],
            still_planned=counts[monday, Appointment.State.PLANNED],
        )
        for monday in mondays
    )


def _alerts(service: Service) -> tuple[OpenAlerts, ...]:
    rows = (
        Alert.objects.filter(service=service, closed_at__isnull=True)
        .values("level")
        .annotate(
            count=Count("pk"),
            taken=Count("acknowledged_at"),
            oldest=Min("raised_at"),
        )
    )
    by_level = {row["level"]: row for row in rows}
    return tuple(
        OpenAlerts(
            level=level,
            count=by_level[level]["count"] if level in by_level else 0,
            waiting=(
                by_level[level]["count"] - by_level[level]["taken"]
                if level in by_level
                else 0
            ),
            oldest_at=by_level[level]["oldest"] if level in by_level else None,
        )
        for level in ("red", "amber")
    )


def _invitations(service: Service, at: datetime) -> int:
    """Return how many members were invited and can still join with their code."""
    return (
        Invitation.objects.filter(
            service=service,
            used_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=at,
            member__state=Member.State.INVITED,
        )
        .values("member")
        .distinct()
        .count()
    )
