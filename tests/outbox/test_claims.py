"""Leases: who is at a job, for how long, and what becomes of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from openipt import outbox
from openipt.outbox import claims, operations
from openipt.outbox.models import Job
from tests.outbox.work import note

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def write(*words, due_at=AT):
    return [outbox.enqueue(note, due_at=due_at, word=word) for word in words]


def test_the_job_that_was_due_first_is_taken_first(db):
    write("second", due_at=AT - SECOND)
    write("third", due_at=AT)
    write("first", due_at=AT - 2 * SECOND)
    write("later", due_at=AT + SECOND)

    taken = []
    while claim := claims.take("a", AT):
        taken.append(claim.payload["kwargs"]["word"])

    assert taken == ["first", "second", "third"]


def test_a_taken_job_belongs_to_one_until_its_lease_ends(db):
    write("x")
    claim = claims.take("a", AT)
    assert (claim.worker, claim.attempt, claim.kind) == ("a", 1, note.module_path)

    assert claims.take("b", AT + claims.LEASE - SECOND) is None
    again = claims.take("b", AT + claims.LEASE)

    assert (again.job_id, again.worker, again.attempt) == (claim.job_id, "b", 2)


def test_a_lease_can_be_kept(db):
    write("x")
    claim = claims.take("a", AT)

    assert claims.renew(claim, AT + 50 * SECOND)

    assert claims.take("b", AT + 109 * SECOND) is None
    assert claims.take("b", AT + 110 * SECOND) is not None


def test_whoever_lost_a_job_can_neither_keep_nor_end_it(db):
    write("x")
    late = claims.take("a", AT)
    claims.take("b", AT + claims.LEASE)
    before = Job.objects.values().get()

    assert not claims.renew(late, AT)
    assert not claims.finish(late, AT)
    assert not claims.give_back(late, LookupError, AT)
    assert Job.objects.values().get() == before


def test_the_same_worker_does_not_end_a_later_hold_of_its_own(db):
    write("x")
    first = claims.take("a", AT)
    claims.take("a", AT + claims.LEASE)

    assert not claims.finish(first, AT)


def test_a_hold_from_before_a_job_was_tried_anew_ends_nothing(db):
    [job_id] = write("x")
    stale = claims.take("a", AT)
    Job.objects.update(state="failed")
    operations.try_again(job_id=job_id, at=AT)
    again = claims.take("b", AT)
    assert again.attempt == stale.attempt

    assert not claims.finish(stale, AT)
    assert claims.finish(again, AT)


def test_a_finished_job_is_not_taken_again(db):
    write("x")
    claim = claims.take("a", AT)

    assert claims.finish(claim, AT + SECOND)

    job = Job.objects.get()
    assert (job.state, job.done_at, job.leased_by) == ("done", AT + SECOND, "")
    assert claims.take("a", AT + timedelta(days=1)) is None
    assert not claims.finish(claim, AT)


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(1, 5), (2, 15), (3, 45), (4, 135), (5, 405), (6, 900), (7, 900), (10**9, 900)],
)
def test_rest_grows_from_five_seconds_to_fifteen_minutes(attempts, seconds):
    assert claims.wait_after(attempts) == timedelta(seconds=seconds)


def test_a_job_that_failed_rests_and_keeps_when_it_was_due(db):
    write("x")
    claim = claims.take("a", AT)

    assert claims.give_back(claim, LookupError, AT)

    job = Job.objects.get()
    assert (job.state, job.last_error, job.due_at) == ("queued", "LookupError", AT)
    assert claims.take("a", AT + 4 * SECOND) is None
    assert claims.take("a", AT + 5 * SECOND).attempt == 2


def test_a_job_is_tried_eight_times_and_then_failed_for_good(db):
    write("x")
    at = AT
    for attempt in range(1, 9):
        claim = claims.take("a", at)
        assert claim.attempt == attempt
        assert claims.give_back(claim, LookupError, at)
        at += timedelta(minutes=15)

    job = Job.objects.get()
    assert (job.state, job.attempts, job.last_error) == ("failed", 8, "LookupError")
    assert claims.take("a", at + timedelta(days=9)) is None


def test_a_job_that_kills_its_worker_eight_times_is_failed_and_the_next_is_taken(db):
    [killer] = write("killer", due_at=AT - SECOND)
    write("next")
    at = AT
    for _attempt in range(8):
        assert claims.take("a", at).job_id == killer
        at += claims.LEASE

    claim = claims.take("a", at)

    assert claim.payload["kwargs"]["word"] == "next"
    job = Job.objects.get(pk=killer)
    assert (job.state, job.last_error, job.leased_by) == ("failed", "WorkerLost", "")


def test_idling_only_reads(db, django_assert_num_queries):
    write("later", due_at=AT + SECOND)

    with django_assert_num_queries(1) as seen:
        assert claims.take("a", AT) is None
    assert seen.captured_queries[0]["sql"].startswith("SELECT")


def test_a_job_that_somebody_took_in_between_is_left_alone(db, monkeypatch):
    write("x")
    lease = claims._lease

    def too_late(worker, at):
        lease("somebody", at)
        return lease(worker, at)

    monkeypatch.setattr(claims, "_lease", too_late)

    assert claims.take("a", AT) is None
    assert Job.objects.get().leased_by == "somebody"


def test_a_lease_from_a_clock_that_ran_ahead_holds_nothing(db):
    write("x")
    Job.objects.update(lease_until=AT + timedelta(days=365), leased_by="gone")

    assert claims.take("a", AT) is not None


def test_rest_after_a_failure_is_no_lease_from_ahead(db):
    write("x")
    claim = claims.take("a", AT)
    Job.objects.update(attempts=7)
    claims.give_back(replace(claim, attempt=7), LookupError, AT)

    assert claims.take("b", AT + claims.LEASE) is None
