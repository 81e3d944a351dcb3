"""What became of a session: recorded, corrected, never overwritten."""

from datetime import timedelta

import pytest

from openipt.calendar import operations, queries
from openipt.calendar.models import Appointment, Attendance
from openipt.core.errors import Refused, Stale
from tests import people


@pytest.fixture
def held(cast):
    """Ana's last session, on Thursday."""
    return Appointment.objects.get(person=cast.ana, number=6)


def record(appointment, state, by, *, version=None, at=people.NOW):
    return operations.record_attendance(
        appointment=appointment,
        state=state,
        version=appointment.version if version is None else version,
        by=by,
        at=at,
    )


def test_correction_is_a_new_row(cast, held):
    record(held, "missed", cast.tomas)
    record(held, "attended", cast.tomas, at=people.NOW + timedelta(minutes=1))

    held.refresh_from_db()
    assert held.state == "attended"
    assert [row.state for row in queries.attendance_of(held)] == ["missed", "attended"]


def test_wrong_click_can_be_taken_back(cast, held):
    record(held, "missed", cast.tomas)
    record(held, "planned", cast.tomas)

    held.refresh_from_db()
    assert held.state == "planned"
    assert Attendance.objects.count() == 2


def test_second_click_records_once(cast, held):
    first = record(held, "attended", cast.tomas, version=1)

    assert record(held, "attended", cast.tomas, version=1) == first
    assert Attendance.objects.count() == 1


def test_somebody_elses_record_is_not_overwritten(cast, held):
    record(held, "missed", cast.ines, version=1)

    with pytest.raises(Stale, match="Somebody else recorded"):
        record(held, "attended", cast.tomas, version=1)

    held.refresh_from_db()
    assert held.state == "missed"


@pytest.mark.parametrize("state", ["attended", "missed"])
def test_session_to_come_was_neither_kept_nor_missed(cast, state):
    to_come = Appointment.objects.get(person=cast.ana, number=7)

    with pytest.raises(Refused, match="not begun"):
        record(to_come, state, cast.tomas)

    assert not Attendance.objects.exists()


def test_session_counts_from_its_first_minute(cast):
    to_come = Appointment.objects.get(person=cast.ana, number=7)

    assert record(to_come, "attended", cast.tomas, at=to_come.starts_at).pk


def test_session_to_come_can_be_cancelled_late(cast):
    to_come = Appointment.objects.get(person=cast.ana, number=7)

    record(to_come, "late_cancel", cast.tomas)

    assert queries.next_appointment(cast.ana.pk, people.NOW).number == 8


@pytest.mark.parametrize("state", ["cancelled", "", "away"])
def test_other_states_are_refused(cast, held, state):
    with pytest.raises(Refused, match="attended, late cancel or missed"):
        record(held, state, cast.tomas)


def test_session_that_was_taken_out_stays_out(cast):
    operations.cancel_rest(
        series=cast.extra["ana"].series, by=cast.tomas, at=people.NOW
    )
    taken_out = Appointment.objects.get(person=cast.ana, number=7)

    with pytest.raises(Refused, match="taken out"):
        record(taken_out, "late_cancel", cast.tomas)


def test_slot_that_was_given_away_is_not_planned_again(cast, held):
    """Late cancel frees the slot; somebody else sits there now."""
    record(held, "late_cancel", cast.tomas)
    Appointment.objects.filter(person=cast.bea, number=1).update(
        starts_at=held.starts_at + timedelta(minutes=10)
    )

    with pytest.raises(operations.SlotTaken):
        record(held, "planned", cast.tomas)


def test_next_session_is_the_one_that_has_not_ended(cast):
    soon = Appointment.objects.get(person=cast.ana, number=7)
    during = soon.starts_at + timedelta(minutes=49)
    after = soon.starts_at + timedelta(minutes=50)
    series = [soon.series_id]

    assert queries.next_appointment(cast.ana.pk, during).number == 7
    assert queries.next_appointment(cast.ana.pk, after).number == 8
    assert queries.next_appointments(series, during)[soon.series_id].number == 7
    assert queries.next_appointments(series, after)[soon.series_id].number == 8
