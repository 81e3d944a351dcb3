"""The clock of an alert: every step, each actor silent, nobody there, a dead worker."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from openipt.core.ids import new_id
from openipt.people import operations as people
from openipt.people.models import Absence, MailPointer, Member, Service, Supervision
from openipt.safety import jobs, operations
from openipt.safety.models import AlertEvent
from tests.people import NOW
from tests.safety.conftest import MONDAY, NIGHT, states, told

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

TOMAS, INES = "Dr Tomas Lind", "Dr Ines Roth"
SOFIA, MAX = "Dr Sofia Berg", "Max Vogel"


def sweep(at):
    with time_machine.travel(at, tick=False):
        jobs.sweep()


def names(alert):
    return [name for name, _role in told(alert)]


def away(member, deputy, by, *, day=MONDAY):
    Absence.objects.create(
        service=member.service,
        member=member,
        deputy=deputy,
        from_on=day.date(),
        until_on=day.date() + timedelta(days=7),
        created_by=by,
        created_at=NOW,
    )


def test_red_goes_to_deputy_supervisor_and_manager_while_nobody_takes_it(cast, raised):
    alert = raised()

    for minutes, expected in (
        (14, [TOMAS]),
        (15, [TOMAS, INES]),
        (29, [TOMAS, INES]),
        (30, [TOMAS, INES, SOFIA]),
        (59, [TOMAS, INES, SOFIA]),
        (60, [TOMAS, INES, SOFIA, MAX]),
    ):
        sweep(MONDAY + minutes * MINUTE)
        assert names(alert) == expected, minutes

    alert.refresh_from_db()
    assert alert.escalations == 3
    assert dict(told(alert)) == {
        TOMAS: "therapist",
        INES: "deputy",
        SOFIA: "supervisor",
        MAX: "manager",
    }


def test_the_manager_is_told_every_30_minutes_until_somebody_takes_it(cast, raised):
    alert = raised()
    for minutes in (15, 30, 60, 90, 119, 120):
        sweep(MONDAY + minutes * MINUTE)
    assert MailPointer.objects.filter(member=cast.max).count() == 3

    operations.acknowledge(alert=alert, by=cast.ines, at=MONDAY + 121 * MINUTE)
    sweep(MONDAY + 150 * MINUTE)
    sweep(MONDAY + 180 * MINUTE)
    assert MailPointer.objects.filter(member=cast.max).count() == 3


@pytest.mark.parametrize(
    ("taken_at", "never_told"),
    [(5, {INES, SOFIA, MAX}), (20, {SOFIA, MAX}), (45, {MAX})],
)
def test_taking_it_stops_the_clock(cast, raised, taken_at, never_told):
    alert = raised()
    for minutes in range(5, taken_at + 1, 5):
        sweep(MONDAY + minutes * MINUTE)
    operations.acknowledge(alert=alert, by=cast.tomas, at=MONDAY + taken_at * MINUTE)

    for minutes in (taken_at + 15, 75, 100):
        sweep(MONDAY + minutes * MINUTE)

    assert not never_told & set(names(alert))


def test_red_runs_at_night_as_well(cast, raised):
    alert = raised(at=NIGHT)
    sweep(NIGHT + 15 * MINUTE)

    assert names(alert) == [TOMAS, INES]


def test_amber_waits_four_working_hours_for_the_deputy(cast, raised):
    alert = raised(level="amber")
    sweep(MONDAY + 4 * HOUR - MINUTE)
    assert names(alert) == [TOMAS]
    sweep(MONDAY + 4 * HOUR)
    assert names(alert) == [TOMAS, INES]

    alert.refresh_from_db()
    assert alert.tell_at is None


def test_amber_at_night_goes_to_the_deputy_the_next_working_morning(cast, raised):
    alert = raised(level="amber", at=NIGHT)

    # Tuesday 09:30 in Berlin is 08:30 UTC in winter.
    assert alert.tell_at == datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


def test_amber_before_the_clocks_change_waits_by_the_wall(cast, raised):
    # Friday 26 March 2027, 20:00 in Berlin; the clocks go forward on Sunday.
    alert = raised(level="amber", at=datetime(2027, 3, 26, 19, 0, tzinfo=UTC))

    assert alert.tell_at == datetime(2027, 3, 29, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 10, 25, 0, 50, tzinfo=UTC),  # 02:50, shown twice that night
        datetime(2027, 3, 28, 0, 50, tzinfo=UTC),  # 01:50, ten minutes before the jump
    ],
)
def test_red_counts_elapsed_minutes_across_a_clock_change(cast, raised, at):
    alert = raised(at=at)
    sweep(at + 14 * MINUTE)
    assert names(alert) == [TOMAS]
    sweep(at + 15 * MINUTE)
    assert names(alert) == [TOMAS, INES]


def test_a_service_without_hours_tells_sooner_rather_than_later(cast, raised):
    cast.service.hours = {}
    cast.service.save(update_fields=["hours"])
    alert = raised(level="amber", at=NIGHT)

    assert alert.tell_at == NIGHT + 4 * HOUR


def test_hours_that_cannot_be_read_count_as_always_open(cast, raised):
    Service.objects.update(hours={"0": [["17:00", "09:00"]], "x": "?"})
    alert = raised()
    sweep(MONDAY + 15 * MINUTE)

    assert names(alert) == [TOMAS, INES]


def test_a_clock_that_is_set_back_starts_the_waiting_anew(cast, raised):
    alert = raised(at=MONDAY + timedelta(days=30))
    sweep(MONDAY)
    sweep(MONDAY + 14 * MINUTE)
    assert names(alert) == [TOMAS]
    sweep(MONDAY + 15 * MINUTE)
    assert set(names(alert)) == {TOMAS, INES}
    sweep(MONDAY + 60 * MINUTE)
    assert MAX in names(alert)


def test_a_clock_that_is_set_back_keeps_the_outcome_owed(cast, raised):
    alert = raised(at=MONDAY)
    ahead = MONDAY + timedelta(days=30)
    operations.acknowledge(alert=alert, by=cast.tomas, at=ahead)
    sweep(MONDAY + HOUR)
    sweep(MONDAY + 3 * HOUR)

    assert SOFIA in names(alert)
    alert.refresh_from_db()
    assert alert.state == "acknowledged"


def test_a_dead_worker_delays_and_never_loses(cast, raised):
    alert = raised()

    sweep(MONDAY + 5 * HOUR)

    assert set(names(alert)) == {TOMAS, INES, SOFIA, MAX}
    # Of the manager's missed repetitions only the last is made up for.
    assert MailPointer.objects.filter(member=cast.max).count() == 1
    alert.refresh_from_db()
    assert alert.tell_at == MONDAY + 5 * HOUR + 30 * MINUTE


def test_the_sweep_twice_is_as_good_as_once(cast, raised):
    raised()
    sweep(MONDAY + 31 * MINUTE)
    events, pointers = AlertEvent.objects.count(), MailPointer.objects.count()
    sweep(MONDAY + 31 * MINUTE)

    assert (AlertEvent.objects.count(), MailPointer.objects.count()) == (
        events,
        pointers,
    )


def test_a_worker_killed_before_its_commit_is_made_up_for(cast, raised):
    alert = raised()
    alert_id = alert.pk
    # Its clock says that the step is due, although it was done: it is not done again.
    operations.escalate(alert_id=alert_id, at=MONDAY + 15 * MINUTE)
    alert.tell_at = MONDAY + 15 * MINUTE
    alert.save(update_fields=["tell_at"])
    sweep(MONDAY + 16 * MINUTE)

    assert MailPointer.objects.filter(member=cast.ines).count() == 1
    alert.refresh_from_db()
    assert alert.tell_at == MONDAY + 30 * MINUTE


def test_an_absent_therapist_has_the_deputy_told_at_once(cast, raised):
    away(cast.tomas, cast.ines, cast.ada)
    alert = raised()

    assert told(alert) == [(TOMAS, "therapist"), (INES, "deputy")]


def test_a_suspended_therapist_has_the_deputy_told_at_once(cast, raised):
    Member.objects.filter(pk=cast.tomas.pk).update(state="suspended")
    alert = raised()

    assert told(alert) == [(INES, "deputy")]
    assert not MailPointer.objects.filter(member=cast.tomas).exists()


def test_without_a_deputy_the_supervisor_is_told_at_the_deputys_time(cast, raised):
    Member.objects.filter(pk=cast.tomas.pk).update(deputy=None)
    alert = raised()
    sweep(MONDAY + 15 * MINUTE)

    assert names(alert) == [TOMAS, SOFIA]
    assert sorted(states(alert)) == ["nobody", "raised", "told", "told"]


def test_without_deputy_and_supervisor_the_manager_is_told(cast, raised):
    Member.objects.filter(pk=cast.tomas.pk).update(deputy=None)
    Supervision.objects.all().delete()
    alert = raised()
    sweep(MONDAY + 15 * MINUTE)
    assert names(alert) == [TOMAS, MAX]

    sweep(MONDAY + 30 * MINUTE)
    assert states(alert).count("nobody") == 2


def test_without_a_manager_the_administrator_is_told(cast, raised):
    Member.objects.filter(pk=cast.tomas.pk).update(deputy=None)
    Supervision.objects.all().delete()
    Member.objects.filter(pk=cast.max.pk).update(state="suspended")
    alert = raised()
    for minutes in (60, 90):
        sweep(MONDAY + minutes * MINUTE)

    assert told(alert) == [(TOMAS, "therapist"), (cast.ada.name, "manager")]
    assert MailPointer.objects.filter(member=cast.ada).count() >= 2


def test_without_anybody_the_steps_are_logged_and_the_clock_goes_on(cast, raised):
    Member.objects.filter(pk=cast.tomas.pk).update(deputy=None)
    Supervision.objects.all().delete()
    Member.objects.filter(pk__in=[cast.max.pk, cast.ada.pk]).update(state="suspended")
    alert = raised()
    for minutes in (15, 30, 60, 90, 120):
        sweep(MONDAY + minutes * MINUTE)

    assert names(alert) == [TOMAS]
    assert states(alert).count("nobody") == 3
    alert.refresh_from_db()
    assert alert.tell_at == MONDAY + 150 * MINUTE


def test_a_supervisor_who_is_away_is_told_through_their_deputy(cast, raised):
    away(cast.sofia, cast.ines, cast.ada)
    Member.objects.filter(pk=cast.tomas.pk).update(deputy=None)
    alert = raised()
    sweep(MONDAY + 30 * MINUTE)

    assert SOFIA not in names(alert)
    assert dict(told(alert))[INES] == "supervisor"


def test_managers_who_are_all_away_are_told_all_the_same(cast, raised):
    away(cast.max, cast.ines, cast.ada)
    alert = raised()
    sweep(MONDAY + 60 * MINUTE)

    assert MAX in names(alert)


def test_a_therapist_who_takes_over_is_told_and_answers_for_it(cast, raised):
    alert = raised()
    people.hand_over_care(
        care=cast.extra[cast.ana.pk],
        to=cast.ines,
        reason="Tomas has left.",
        by=cast.ada,
        at=MONDAY + 2 * MINUTE,
    )
    sweep(MONDAY + 3 * MINUTE)

    alert.refresh_from_db()
    assert alert.owner == cast.ines
    assert told(alert) == [(TOMAS, "therapist"), (INES, "therapist")]

    sweep(MONDAY + 4 * MINUTE)
    assert MailPointer.objects.filter(member=cast.ines).count() == 1


def test_taking_it_settles_whom_a_hand_over_has_to_tell(cast, raised):
    alert = raised()
    operations.acknowledge(alert=alert, by=cast.tomas, at=MONDAY + MINUTE)
    operations.tell_new_therapists(alert_id=alert.pk, at=MONDAY + 2 * MINUTE)

    assert names(alert) == [TOMAS]


def test_no_outcome_two_hours_after_a_red_alert_was_taken_goes_to_the_supervisor(
    cast, raised
):
    alert = raised()
    operations.acknowledge(alert=alert, by=cast.tomas, at=MONDAY + MINUTE)
    sweep(MONDAY + MINUTE + 2 * HOUR - MINUTE)
    assert names(alert) == [TOMAS]
    sweep(MONDAY + MINUTE + 2 * HOUR)
    assert names(alert) == [TOMAS, SOFIA]


def test_no_outcome_of_an_amber_alert_goes_on_at_the_end_of_the_next_working_day(
    cast, raised
):
    alert = raised(level="amber")
    alert = operations.acknowledge(alert=alert, by=cast.tomas, at=MONDAY + MINUTE)

    assert alert.tell_at == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


def test_an_assessment_stops_the_clock_of_the_outcome(cast, raised):
    alert = raised()
    operations.acknowledge(alert=alert, by=cast.tomas, at=MONDAY + MINUTE)
    operations.record_contact(
        alert=alert, reached=True, note="", by=cast.tomas, at=MONDAY + 5 * MINUTE
    )
    alert = operations.assess(
        alert=alert, note="We spoke.", by=cast.tomas, at=MONDAY + 9 * MINUTE
    )
    assert alert.tell_at is None
    sweep(MONDAY + 5 * HOUR)

    assert names(alert) == [TOMAS]


def test_an_alert_is_notified_once_a_mail_has_really_gone_out(cast, raised):
    alert = raised()
    sweep(MONDAY + MINUTE)
    alert.refresh_from_db()
    assert alert.state == "raised"

    MailPointer.objects.update(sent_at=MONDAY + MINUTE)
    sweep(MONDAY + 2 * MINUTE)
    sweep(MONDAY + 3 * MINUTE)
    alert.refresh_from_db()
    assert alert.state == "notified"
    assert states(alert).count("notified") == 1

    operations.note_sent(alert_id=alert.pk, at=MONDAY + 4 * MINUTE)
    assert states(alert).count("notified") == 1


def test_one_alert_that_fails_keeps_no_other_waiting(cast, raised):
    broken = raised(person=cast.eva)
    fine = raised(at=MONDAY + MINUTE)
    services = type(cast.service).objects.filter(pk=cast.other_service.pk)
    services.update(zone="Nowhere/Town")

    with pytest.raises(ExceptionGroup) as failed:
        sweep(MONDAY + 20 * MINUTE)

    assert len(failed.value.exceptions) == 1
    assert names(fine) == [TOMAS, INES]
    services.update(zone="Europe/Berlin")
    sweep(MONDAY + 21 * MINUTE)
    assert names(broken) == ["Dr Omar Falk", "Mia Horn"]


def test_an_owner_from_the_office_is_told_where_nobody_treats_the_person(cast, raised):
    people.end_care(
        care=cast.extra[cast.ana.pk], reason="Ended.", by=cast.ada, at=MONDAY - HOUR
    )
    alert = raised()

    assert alert.owner == cast.max
    assert told(alert) == [(MAX, "manager")]


def test_a_therapist_whose_care_is_paused_comes_before_the_office(cast, raised):
    people.pause_care(
        care=cast.extra[cast.ana.pk], reason="Paused.", by=cast.ada, at=MONDAY - HOUR
    )
    alert = raised()

    assert told(alert) == [(TOMAS, "therapist")]


def test_an_owner_who_was_suspended_is_not_told_again(cast, raised):
    alert = raised(level="amber")
    Member.objects.filter(pk=cast.tomas.pk).update(state="suspended")
    alert = raised(level="red", at=MONDAY + MINUTE)

    assert MailPointer.objects.filter(member=cast.tomas).count() == 1
    assert dict(told(alert))[INES] == "deputy"


def test_a_supervisor_who_took_it_is_told_again_when_it_waits_again(cast, raised):
    alert = raised()
    sweep(MONDAY + 30 * MINUTE)
    operations.acknowledge(alert=alert, by=cast.sofia, at=MONDAY + 31 * MINUTE)
    before = MailPointer.objects.filter(member=cast.sofia).count()
    operations.not_safe(person=cast.ana, by=cast.ana.member, at=MONDAY + 40 * MINUTE)

    assert MailPointer.objects.filter(member=cast.sofia).count() == before + 1


def test_the_sweep_has_nothing_to_do_without_open_alerts(cast, raised):
    from openipt.outbox.schedule import registered

    (turn,) = [each for each in registered() if each.kind == "safety.sweep"]
    assert turn.every_seconds <= 60
    with time_machine.travel(MONDAY, tick=False):
        assert not turn.when()
        raised()
        assert turn.when()


def test_a_second_therapist_is_told_and_the_first_goes_on_answering(cast, raised):
    alert = raised()
    people.open_care(
        person=cast.ana,
        member=cast.ines,
        course_id=new_id(),
        by=cast.ada,
        at=MONDAY + MINUTE,
    )
    sweep(MONDAY + 2 * MINUTE)

    alert.refresh_from_db()
    assert alert.owner == cast.tomas
    assert set(names(alert)) == {TOMAS, INES}
