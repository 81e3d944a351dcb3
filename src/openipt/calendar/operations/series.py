"""What changes in the calendar."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.calendar import access, queries
from openipt.calendar.models import Appointment, Attendance, Series
from openipt.core.course import Slot
from openipt.core.errors import Refused, Stale
from openipt.people import operations as people
from openipt.people.models import Member, Person

from .clashes import (
    SlotTaken,
    clash_in_words,
    clashes_in_words,
    one_at_a_time,
    refuse_a_clash,
    refuse_to_plan_twice,
)


@transaction.atomic
def lay_series(
    *,
    person: Person,
    member: Member,
    slots: Sequence[Slot],
    minutes: int,
    by: Member,
    at: datetime,
) -> Series:
    """Lay weekly sessions into the calendar and return their series.

    `slots` come from `core.course.appointments_on`, so the clock on the wall stays the
    same over a clock change. All of them are laid, or none.

    :raises SlotTaken: if one overlaps another planned session of this professional
    """
    one_at_a_time(member)
    refuse_a_clash(member, slots, minutes)
    first = slots[0]
    series = Series.objects.create(
        service_id=person.service_id,
        person=person,
        member=member,
        starts_on=first.on_date,
        weekday=first.on_date.weekday(),
        wall_time=first.wall_time,
        zone=first.zone.key,
        minutes=minutes,
        count=len(slots),
        created_at=at,
    )
    Appointment.objects.bulk_create(_planned(series, slot) for slot in slots)
    audit.record(
        action="calendar.series.laid",
        resource="series",
        object_id=series.pk,
        subjects=[person.pk],
        service_id=person.service_id,
        count=len(slots),
        by=by,
        at=at,
    )
    people.touch([member.pk, person.member_id])
    return series


@transaction.atomic
def record_attendance(
    *, appointment: Appointment, state: str, version: int, by: Member, at: datetime
) -> Attendance:
    """Record what became of a session; a correction is a new row, nothing is overwritten.

    The same state recorded again by the same member returns the row that is there.

    :raises Refused: with the reason of `access.refusal_to_record`
    :raises Stale: if somebody recorded something else meanwhile
    """
    if reason := access.refusal_to_record(appointment, state, at):
        raise Refused(reason)
    if state == Appointment.State.PLANNED:
        one_at_a_time(appointment.member)
        refuse_to_plan_twice(appointment)
    changed = Appointment.objects.filter(pk=appointment.pk, version=version).update(
        state=state, version=version + 1
    )
    if not changed:
        return _already(appointment, state, by)
    appointment.state, appointment.version = state, version + 1
    audit.record(
        action="calendar.attendance.recorded",
        resource="appointment",
        object_id=appointment.pk,
        subjects=[appointment.person_id],
        reason=state,
        by=by,
        at=at,
    )
    people.touch([appointment.member_id, appointment.person.member_id])
    return Attendance.objects.create(
        service_id=appointment.service_id,
        appointment=appointment,
        state=state,
        by=by,
        at=at,
    )


@transaction.atomic
def cancel_rest(*, series: Series, by: Member, at: datetime) -> int:
    """Take what is planned after this instant out of the calendar; return how many.

    What was recorded stays as it is.
    """
    rest = list(
        Appointment.objects.select_for_update()
        .filter(series=series, state=Appointment.State.PLANNED, starts_at__gt=at)
        .order_by("number")
    )
    _take_out(rest, by=by, at=at)
    audit.record(
        action="calendar.series.cancelled",
        resource="series",
        object_id=series.pk,
        subjects=[series.person_id],
        count=len(rest),
        by=by,
        at=at,
    )
    people.touch([series.member_id, series.person.member_id])
    return len(rest)


@transaction.atomic
def lay_again(
    *,
    series: Series,
    slots: Sequence[Slot],
    last: int,
    minutes: int,
    by: Member,
    at: datetime,
) -> None:
    """Lay what is to come of a series anew; what lies behind or was recorded stays.

    `slots` say for each number when that session is now; planned ones beyond number `last`
    leave the calendar. All of it happens, or nothing.

    :raises SlotTaken: if one overlaps another planned session of this professional
    """
    one_at_a_time(series.member)
    spans = queries.spans_of(slots, minutes)
    if taken := queries.clash_with(series.member_id, spans, but_not=series.pk):
        raise SlotTaken(clash_in_words(taken))
    there = {
        row.number: row
        for row in Appointment.objects.select_for_update().filter(series=series)
    }
    beyond = [row for row in there.values() if _waits(row, at) and row.number > last]
    _take_out(sorted(beyond, key=lambda row: row.number), by=by, at=at)
    series.minutes, series.count = minutes, last
    if slots:
        first = slots[0]
        series.weekday, series.wall_time = first.on_date.weekday(), first.wall_time
    _move(series, there, slots, by=by, at=at)
    series.save(update_fields=["minutes", "count", "weekday", "wall_time"])
    audit.record(
        action="calendar.series.laid_again",
        resource="series",
        object_id=series.pk,
        subjects=[series.person_id],
        count=len(slots),
        by=by,
        at=at,
    )
    people.touch([series.member_id, series.person.member_id])


@transaction.atomic
def give_series(
    *, series: Series, to: Member, cancel_clashing: bool, by: Member, at: datetime
) -> int:
    """Give what is still planned of a series to another professional; return how many.

    Sessions that took place stay with whoever held them. With `cancel_clashing`, those
    that overlap another session of the new professional leave the calendar.

    :raises SlotTaken: if some overlap and may not be cancelled; the message names them
    """
    one_at_a_time(to)
    rest = list(
        Appointment.objects.select_for_update()
        .filter(series=series, state=Appointment.State.PLANNED, starts_at__gt=at)
        .order_by("number")
    )
    clashing = [
        row
        for row in rest
        if queries.clash_with(to.pk, [(row.starts_at, queries.ends_at(row))])
    ]
    if clashing and not cancel_clashing:
        raise SlotTaken(clashes_in_words(clashing))
    _take_out(clashing, by=by, at=at)
    kept = Appointment.objects.filter(
        pk__in={row.pk for row in rest} - {row.pk for row in clashing}
    ).update(member=to)
    before = series.member_id
    series.member = to
    series.save(update_fields=["member"])
    audit.record(
        action="calendar.series.given",
        resource="series",
        object_id=series.pk,
        subjects=[series.person_id],
        count=kept,
        by=by,
        at=at,
    )
    people.touch([before, to.pk, series.person.member_id])
    return kept


def _take_out(rows: Sequence[Appointment], *, by: Member, at: datetime) -> None:
    for row in rows:
        row.state = Appointment.State.CANCELLED
        row.version += 1
    Appointment.objects.bulk_update(rows, ["state", "version"])
    Attendance.objects.bulk_create(
        Attendance(
            service_id=row.service_id, appointment=row, state=row.state, by=by, at=at
        )
        for row in rows
    )


def _waits(row: Appointment, at: datetime) -> bool:
    return row.state == Appointment.State.PLANNED and row.starts_at > at


def _move(
    series: Series,
    there: dict[int, Appointment],
    slots: Sequence[Slot],
    *,
    by: Member,
    at: datetime,
) -> None:
    """Give the sessions their new times; those that had left the calendar come back."""
    gone = Appointment.State.CANCELLED
    moved, back = [], []
    for slot in slots:
        row = there.get(slot.number)
        if row is None or not (_waits(row, at) or row.state == gone):
            continue
        if row.state == gone:
            back.append(row)
        row.on_date, row.wall_time = slot.on_date, slot.wall_time
        row.starts_at, row.minutes = slot.starts_at, series.minutes
        row.member_id, row.version = series.member_id, row.version + 1
        moved.append(row)
    # None of them may stand in the way of another while they move one by one.
    Appointment.objects.filter(pk__in=[row.pk for row in moved]).update(state=gone)
    for row in moved:
        row.state = Appointment.State.PLANNED
    Appointment.objects.bulk_update(
        moved,
        ["on_date", "wall_time", "starts_at", "minutes", "member", "version", "state"],
    )
    Attendance.objects.bulk_create(
        Attendance(
            service_id=row.service_id, appointment=row, state=row.state, by=by, at=at
        )
        for row in back
    )
    Appointment.objects.bulk_create(
        _planned(series, slot) for slot in slots if slot.number not in there
    )


def _planned(series: Series, slot: Slot) -> Appointment:
    return Appointment(
        service_id=series.service_id,
        series=series,
        person_id=series.person_id,
        member_id=series.member_id,
        number=slot.number,
        on_date=slot.on_date,
        wall_time=slot.wall_time,
        zone=series.zone,
        starts_at=slot.starts_at,
        minutes=series.minutes,
    )


def _already(appointment: Appointment, state: str, by: Member) -> Attendance:
    """Return the newest row if it says the same by the same member: a second click."""
    newest = appointment.attendance.order_by("-at", "-pk").first()
    if newest is not None and (newest.state, newest.by_id) == (state, by.pk):
        return newest
    raise Stale(
        _(
            "Somebody else recorded this session meanwhile. Look at what it says now, and "
            "change it again if you need to."
        )
    )
