"""Appointments stand where the clock on the wall says, and nobody is in two places."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from openipt.audit.models import AuditEvent
from openipt.calendar import operations, queries
from openipt.calendar.models import Appointment, Attendance
from openipt.core.course import appointments_on
from tests import people

BERLIN = ZoneInfo("Europe/Berlin")


def slots(first_on, at_time, count=16):
    return appointments_on(first_on, first_on.weekday(), at_time, BERLIN, count)


def lay(cast, first_on, at_time, *, count=16, minutes=50, member=None):
    member = member or cast.ines
    return operations.lay_series(
        person=cast.ana,
        member=member,
        slots=slots(first_on, at_time, count),
        minutes=minutes,
        by=member,
        at=people.NOW,
    )


@pytest.mark.parametrize(
    ("first_on", "before", "after"),
    [
        (date(2026, 10, 1), 15, 16),  # the clocks go back on 25 October 2026
        (date(2027, 3, 4), 16, 15),  # and forward on 28 March 2027
    ],
)
def test_series_stays_at_five_over_a_clock_change(cast, first_on, before, after):
    series = lay(cast, first_on, time(17, 0), count=8)

    rows = queries.appointments_of([series.pk])[series.pk]
    on_the_wall = {row.starts_at.astimezone(BERLIN).time() for row in rows}
    hours = [row.starts_at.hour for row in rows]
    assert on_the_wall == {time(17, 0)}
    assert (hours[0], hours[-1]) == (before, after)
    assert [row.on_date for row in rows] == [
        first_on + timedelta(weeks=n) for n in range(8)
    ]


def test_series_keeps_what_was_planned_and_leaves_a_trace(cast):
    series = lay(cast, date(2026, 12, 1), time(8, 30), minutes=45)

    assert (series.weekday, series.count, series.zone) == (1, 16, "Europe/Berlin")
    assert series.appointments.count() == 16
    event = AuditEvent.objects.get(object_id=series.pk)
    assert (event.action, event.count) == ("calendar.series.laid", 16)


@pytest.mark.parametrize("minutes_later", [-49, -10, 0, 10, 49])
def test_series_that_overlaps_another_is_refused_with_the_date(cast, minutes_later):
    lay(cast, date(2026, 12, 1), time(10, 0))
    before = Appointment.objects.count()
    start = time(10 + minutes_later // 60, minutes_later % 60)

    with pytest.raises(operations.SlotTaken) as refused:
        lay(cast, date(2026, 12, 8), start)

    assert "8 December 2026 at 10:00" in str(refused.value)
    assert Appointment.objects.count() == before


@pytest.mark.parametrize("start", [time(9, 10), time(10, 50)])
def test_series_may_touch_another(cast, start):
    lay(cast, date(2026, 12, 1), time(10, 0))

    assert lay(cast, date(2026, 12, 1), start).appointments.count() == 16


def test_series_of_another_professional_is_no_clash(cast):
    lay(cast, date(2026, 12, 1), time(10, 0))

    assert lay(cast, date(2026, 12, 1), time(10, 0), member=cast.tomas).pk


def test_only_the_later_session_may_clash(cast):
    """The sixteenth session falls on a day that is taken, though the first does not."""
    lay(cast, date(2027, 3, 16), time(10, 0), count=1)

    with pytest.raises(operations.SlotTaken, match="16 March 2027"):
        lay(cast, date(2026, 12, 1), time(10, 0), count=16)


def test_rest_of_a_series_is_taken_out_and_what_was_recorded_stays(cast):
    series = cast.extra["ana"].series
    rows = queries.appointments_of([series.pk])[series.pk]
    operations.record_attendance(
        appointment=rows[0],
        state="attended",
        version=1,
        by=cast.tomas,
        at=people.NOW,
    )

    taken = operations.cancel_rest(series=series, by=cast.tomas, at=people.NOW)

    states = [row.state for row in queries.appointments_of([series.pk])[series.pk]]
    assert taken == 10
    assert states == ["attended"] + ["planned"] * 5 + ["cancelled"] * 10
    assert Attendance.objects.filter(state="cancelled").count() == 10


def test_slot_that_was_taken_out_is_free_again(cast):
    series = lay(cast, date(2026, 12, 1), time(10, 0))
    operations.cancel_rest(series=series, by=cast.ines, at=people.NOW)

    assert lay(cast, date(2026, 12, 1), time(10, 0)).pk != series.pk
