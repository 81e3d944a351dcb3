"""What is planned. Every function about one record starts from the member."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from openipt.core.course import Slot
from openipt.core.errors import Missing
from openipt.core.wall_time import instant
from openipt.people import queries as people
from openipt.people.models import Member
from openipt.sql.prepared import Prepared
from openipt.vault import keys

from .models import Appointment, Attendance

GONE = (Appointment.State.CANCELLED,)


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """One day of a week with what is planned on it, in order."""

    on: date
    appointments: tuple[Appointment, ...]


def appointment_for(member: Member, appointment_id: UUID, at: datetime) -> Appointment:
    """Return an appointment that is this person's own, or of somebody in the member's care.

    Care is asked here for the person as a whole; a part that knows courses asks again for
    the course.

    :raises Missing: also when it exists but is not theirs to see
    """
    found = _ONE.instances(appointment=appointment_id, service=member.service_id)
    if not found or not _may_see(member, found[0], at):
        raise Missing
    appointment: Appointment = found[0]
    return appointment


_ONE = Prepared(
    lambda appointment, service: Appointment.objects.filter(
        pk=appointment, service_id=service
    ).select_related("person__member", "member", "series"),
    appointment=UUID,
    service=UUID,
)


def appointments_of(series_ids: Iterable[UUID]) -> dict[UUID, list[Appointment]]:
    """Return every appointment of each series in order, cancelled ones too."""
    wanted = set(series_ids)
    if len(wanted) == 1:
        (series,) = wanted
        only = _OF_ONE.instances(series=series)
        return {series: only} if only else {}
    found: dict[UUID, list[Appointment]] = defaultdict(list)
    rows = Appointment.objects.filter(series_id__in=wanted)
    for row in rows.order_by("series_id", "number"):
        found[row.series_id].append(row)
    return dict(found)


_OF_ONE = Prepared(
    lambda series: Appointment.objects.filter(series_id=series).order_by("number"),
    series=UUID,
)
"""Most pages ask for one course alone, and each of them asks for this."""


def next_appointment(person_id: UUID, at: datetime) -> Appointment | None:
    """Return the person's next planned session that has not ended, with whom it is."""
    soon = (
        Appointment.objects.filter(
            person_id=person_id,
            state=Appointment.State.PLANNED,
            starts_at__gt=at - timedelta(hours=12),
        )
        .select_related("member", "series")
        .order_by("starts_at")[:4]
    )
    return next((row for row in soon if ends_at(row) > at), None)


def next_appointments(
    series_ids: Iterable[UUID], at: datetime
) -> dict[UUID, Appointment]:
    """Return for each series the next planned session that has not ended; one query."""
    rows = Appointment.objects.filter(
        series_id__in=set(series_ids),
        state=Appointment.State.PLANNED,
        starts_at__gt=at - timedelta(hours=12),
    ).order_by("-starts_at")
    return {row.series_id: row for row in rows if ends_at(row) > at}


def unrecorded(series_ids: Iterable[UUID], at: datetime) -> list[Appointment]:
    """Return the sessions that lie behind and of which nobody said what became of them."""
    begun = Appointment.objects.filter(
        series_id__in=set(series_ids),
        state=Appointment.State.PLANNED,
        starts_at__lte=at,
    )
    return list(begun.order_by("starts_at"))


def attendance_of(appointment: Appointment) -> list[Attendance]:
    """Return what was recorded about a session, the oldest first, with by whom."""
    return _ATTENDANCE.instances(appointment=appointment.pk)


_ATTENDANCE = Prepared(
    lambda appointment: (
        Attendance.objects.filter(appointment_id=appointment)
        .select_related("by")
        .order_by("at", "pk")
    ),
    appointment=UUID,
)


def day_of(member: Member, on: date) -> list[Appointment]:
    """Return what this professional has planned on a day of the service, in order."""
    return list(week_of(member, on, days=1)[0].appointments)


def week_of(member: Member, monday: date, *, days: int = 7) -> list[Day]:
    """Return this professional's days from `monday` on, in the service's zone.

    Persons and their keys come with them; cancelled sessions are left out.
    """
    zone = ZoneInfo(member.service.zone)
    rows = list(
        Appointment.objects.filter(
            member=member,
            service_id=member.service_id,
            starts_at__gte=instant(monday, time.min, zone),
            starts_at__lt=instant(monday + timedelta(days=days), time.min, zone),
        )
        .exclude(state__in=GONE)
        .select_related("person")
        .order_by("starts_at", "pk")
    )
    keys.prefetch(row.person_id for row in rows)
    by_day: dict[date, list[Appointment]] = defaultdict(list)
    for row in rows:
        by_day[row.starts_at.astimezone(zone).date()].append(row)
    wanted = [monday + timedelta(days=n) for n in range(days)]
    return [Day(on=on, appointments=tuple(by_day[on])) for on in wanted]


def persons_shown(member: Member, days: Iterable[Day], at: datetime) -> set[UUID]:
    """Return whose names this professional may still read among the appointments."""
    wanted = {row.person_id for day in days for row in day.appointments}
    return set(
        people.care_of(member, at)
        .filter(person_id__in=wanted)
        .values_list("person_id", flat=True)
    )


def clash_with(
    member_id: UUID,
    spans: Iterable[tuple[datetime, datetime]],
    *,
    but_not: UUID | None = None,
) -> Appointment | None:
    """Return the first planned session of this professional that overlaps one of the spans.

    A span is its first instant and the instant after its last; two sessions may touch.
    `but_not` is a series that is being laid anew.
    """
    wanted = sorted(spans)
    if not wanted:
        return None
    planned = Appointment.objects.filter(
        member_id=member_id,
        state=Appointment.State.PLANNED,
        starts_at__gt=wanted[0][0] - timedelta(hours=12),
        starts_at__lt=max(end for _start, end in wanted),
    ).order_by("starts_at")
    for row in planned.exclude(series_id=but_not) if but_not else planned:
        if any(start < ends_at(row) and row.starts_at < end for start, end in wanted):
            return row
    return None


def spans_of(slots: Iterable[Slot], minutes: int) -> list[tuple[datetime, datetime]]:
    """Return first instant and end of each slot."""
    length = timedelta(minutes=minutes)
    return [(slot.starts_at, slot.starts_at + length) for slot in slots]


def ends_at(appointment: Appointment) -> datetime:
    """Return the instant at which a session is over."""
    return appointment.starts_at.astimezone(UTC) + timedelta(
        minutes=appointment.minutes
    )


def _may_see(member: Member, found: Appointment, at: datetime) -> bool:
    if member.is_person and found.person.member_id == member.pk:
        return True
    return people.may_read(member, found.person_id, None, at)
