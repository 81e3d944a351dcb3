"""How the outbox is doing."""

from datetime import UTC, datetime, timedelta

from openipt import outbox
from openipt.core.ids import new_id
from openipt.outbox import queries
from openipt.outbox.models import Heartbeat, Job
from openipt.outbox.worker import run_due
from tests.outbox.work import fail, note

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_before_anything_happened(db):
    assert queries.health(AT) == {
        "worker_age": None,
        "oldest_due_age": None,
        "failed": 0,
    }


def test_the_newest_sign_of_life_counts(db):
    Heartbeat.objects.create(worker="old", at=AT - 60 * MINUTE)
    Heartbeat.objects.create(worker="new", at=AT - MINUTE)

    assert queries.health(AT)["worker_age"] == 60


def test_a_clock_that_went_back_is_no_age(db):
    Heartbeat.objects.create(worker="w", at=AT + MINUTE)

    assert queries.health(AT)["worker_age"] == 0


def test_a_dead_worker_does_not_live_on_in_a_clock_that_ran_ahead(db):
    Heartbeat.objects.create(worker="dead", at=AT + timedelta(days=365))
    assert queries.health(AT)["worker_age"] is None

    Heartbeat.objects.create(worker="w", at=AT - 2 * MINUTE)
    assert queries.health(AT)["worker_age"] == 120


def test_the_oldest_job_that_is_due_counts(db):
    outbox.enqueue(note, due_at=AT - 3 * MINUTE, word="oldest")
    outbox.enqueue(note, due_at=AT - MINUTE, word="younger")
    outbox.enqueue(note, due_at=AT + MINUTE, word="later")

    assert queries.health(AT)["oldest_due_age"] == 180
    run_due(AT)
    assert queries.health(AT)["oldest_due_age"] is None


def test_a_job_that_fails_and_rests_is_still_late(db):
    outbox.enqueue(fail, due_at=AT - 3 * MINUTE, word="x")
    run_due(AT)

    assert queries.health(AT)["oldest_due_age"] == 180


def test_a_service_sees_its_own_failures_the_oldest_first(db):
    ours, theirs = new_id(), new_id()
    for service, minute in ((ours, 2), (theirs, 1), (ours, 1)):
        outbox.enqueue(fail, due_at=AT - minute * MINUTE, service_id=service, word="x")
    Job.objects.update(state="failed")
    outbox.enqueue(note, due_at=AT, service_id=ours, word="waits")

    seen = queries.failed(ours)

    assert [(AT - job.due_at) // MINUTE for job in seen] == [2, 1]
    assert {job.service_id for job in seen} == {ours}
    assert queries.failed(None) == []
    assert queries.health(AT)["failed"] == 3
