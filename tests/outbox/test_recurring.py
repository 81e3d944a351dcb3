"""What happens again and again: when it is due, when there is need, once for all workers."""

from datetime import UTC, datetime, timedelta

import pytest
import structlog

from openipt import outbox
from openipt.outbox import claims, queries, recurring, schedule
from openipt.outbox.models import Periodic
from openipt.outbox.pulse import Pulse

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def ticks(db):
    """Register something every 15 seconds; return when it ran."""
    ran = []
    outbox.periodic("tests.tick", every=15)(lambda: ran.append("tick"))
    schedule.keep_rows(AT)
    return ran


def run(at, worker="a"):
    return recurring.run_due(worker, lambda: at)


def test_it_runs_at_once_and_then_every_so_often(ticks):
    assert run(AT) == ["tests.tick"]
    assert run(AT + 14 * SECOND) == []
    assert run(AT + 15 * SECOND) == ["tests.tick"]
    assert len(ticks) == 2


def test_turns_missed_while_nobody_worked_are_one_turn(ticks):
    run(AT)

    assert run(AT + timedelta(days=1)) == ["tests.tick"]
    assert run(AT + timedelta(days=1)) == []


def test_without_need_nothing_is_written(db, django_assert_num_queries):
    needed = []
    outbox.periodic("tests.tick", every=15, when=lambda: bool(needed))(lambda: None)
    schedule.keep_rows(AT)

    with django_assert_num_queries(1):
        assert run(AT) == []
    needed.append("now")
    assert run(AT) == ["tests.tick"]


def test_if_need_cannot_be_told_it_runs(db):
    outbox.periodic("tests.tick", every=15, when=lambda: 1 / 0)(lambda: None)
    schedule.keep_rows(AT)

    assert run(AT) == ["tests.tick"]


def test_a_failure_is_kept_by_class_and_tried_again_soon(db, folder):
    def fail():
        raise LookupError("Ana Ruiz")

    outbox.periodic("tests.tick", every=3600)(fail)
    schedule.keep_rows(AT)
    with structlog.testing.capture_logs() as logs:
        assert run(AT) == ["tests.tick"]

    row = Periodic.objects.get()
    assert (row.attempts, row.last_error) == (1, "LookupError")
    assert "Ana" not in str(logs)
    assert run(AT + 4 * SECOND) == []
    assert run(AT + 5 * SECOND) == ["tests.tick"]


def test_it_never_rests_longer_than_its_period_and_is_never_given_up(db):
    outbox.periodic("tests.tick", every=20)(lambda: 1 / 0)
    schedule.keep_rows(AT)
    at = AT
    for _failure in range(12):
        assert run(at) == ["tests.tick"]
        at += 20 * SECOND

    assert Periodic.objects.get().attempts == 12
    assert queries.health(at)["failed"] == 1


def test_going_well_clears_what_went_wrong(db):
    troubles = iter([True])
    outbox.periodic("tests.tick", every=15)(
        lambda: 1 / 0 if next(troubles, 0) else None
    )
    schedule.keep_rows(AT)
    run(AT)

    assert run(AT + 5 * SECOND) == ["tests.tick"]

    row = Periodic.objects.get()
    assert (row.attempts, row.last_error, row.lease_until) == (0, "", None)
    assert row.next_at == AT + 20 * SECOND


def test_one_worker_at_a_time_is_at_it(ticks):
    Periodic.objects.update(lease_until=AT + claims.LEASE, leased_by="b")

    assert run(AT) == []
    assert run(AT + claims.LEASE) == ["tests.tick"]


def test_who_comes_second_leaves_it(db):
    def taken_meanwhile():
        Periodic.objects.update(lease_until=AT + claims.LEASE, leased_by="b")
        return True

    ran = []
    outbox.periodic("tests.tick", every=15, when=taken_meanwhile)(lambda: ran.append(1))
    schedule.keep_rows(AT)

    assert run(AT) == []
    assert ran == []


def test_a_long_one_keeps_its_lease(db):
    pulse = Pulse("a")
    leases = []

    def long():
        pulse._renew(AT + 50 * SECOND)
        leases.append(Periodic.objects.get().lease_until)

    outbox.periodic("tests.tick", every=15)(long)
    schedule.keep_rows(AT)

    recurring.run_due("a", lambda: AT, pulse)

    assert leases == [AT + 50 * SECOND + claims.LEASE]
    assert pulse._renew is None


def test_what_no_part_registers_any_more_is_left_alone(db):
    Periodic.objects.create(kind="tests.gone", every_seconds=1, next_at=AT)

    assert run(AT) == []


def test_rows_follow_what_is_registered(ticks, monkeypatch):
    run(AT)
    schedule.keep_rows(AT + SECOND)
    assert Periodic.objects.get().next_at == AT + 15 * SECOND
    monkeypatch.setattr(schedule, "_recurring", {})
    outbox.periodic("tests.tick", every=2)(lambda: None)

    schedule.keep_rows(AT + SECOND)

    row = Periodic.objects.get()
    assert (row.every_seconds, row.next_at) == (2, AT + SECOND)
    assert str(row) == "every 2 s tests.tick"


def test_registering_twice_is_fine_for_the_same_and_refused_for_another():
    def work():
        """Do nothing."""

    assert outbox.periodic("tests.tick", every=1)(work) is work
    outbox.periodic("tests.tick", every=1)(work)

    with pytest.raises(ValueError, match="happens already"):
        outbox.periodic("tests.tick", every=1)(lambda: None)


def test_more_often_than_every_second_is_refused():
    with pytest.raises(ValueError, match="cannot happen every 0 s"):
        outbox.periodic("tests.tick", every=0)(lambda: None)
    assert schedule.find("tests.tick") is None
    assert schedule.always()


def test_a_clock_that_is_set_back_keeps_nothing_waiting(ticks):
    ahead = AT + timedelta(days=365)
    run(ahead)

    assert run(AT) == ["tests.tick"]
    assert run(AT + 14 * SECOND) == []


def test_a_lease_from_a_clock_that_ran_ahead_holds_nothing(ticks):
    ahead = AT + timedelta(days=365)
    Periodic.objects.update(lease_until=ahead, leased_by="gone")

    assert run(AT) == ["tests.tick"]
