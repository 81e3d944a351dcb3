"""The worker: does what is due, marks it afterwards, and goes on whatever happens."""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import structlog
from django.db import DatabaseError, connection

from openipt import outbox
from openipt.outbox import claims, clock, queries, recurring, schedule, worker
from openipt.outbox.models import Heartbeat, Job, Periodic
from openipt.outbox.pulse import Pulse
from tests.outbox import work
from tests.outbox.work import effects, fail, fail_until, note

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_only_what_is_due_is_done(db):
    outbox.enqueue(note, due_at=AT, word="now")
    outbox.enqueue(note, due_at=AT + timedelta(seconds=1), word="later")

    assert worker.run_due(AT) == 1
    assert effects() == ["now"]
    assert worker.run_due(AT) == 0
    assert worker.run_due(AT + timedelta(seconds=1)) == 1


def test_no_more_is_done_than_was_asked_for(db):
    for number in range(3):
        outbox.enqueue(note, due_at=AT, word=str(number))

    assert worker.run_due(AT, limit=2) == 2


def test_a_failure_keeps_its_class_but_not_its_words(db):
    job_id = outbox.enqueue(fail, due_at=AT, word="tried")

    with structlog.testing.capture_logs() as logs:
        assert worker.run_due(AT) == 0

    job = Job.objects.get(pk=job_id)
    assert (job.state, job.last_error, job.attempts) == ("queued", "LookupError", 1)
    assert logs == [
        {
            "event": "job failed",
            "log_level": "warning",
            "job": str(job_id),
            "kind": fail.module_path,
            "attempts": 1,
            "error": "LookupError",
        }
    ]


def test_a_failed_job_is_tried_again_and_may_go_well(db, folder):
    outbox.enqueue(fail_until, due_at=AT, word="try", marker="ready")
    assert worker.run_due(AT) == 0

    (folder / "ready").touch()

    assert worker.run_due(AT + timedelta(seconds=5)) == 1
    assert effects() == ["try", "try"]


def test_after_eight_failures_staff_see_it(db):
    outbox.enqueue(fail, due_at=AT, word="tried")
    at = AT
    for _try in range(10):
        worker.run_due(at)
        at += timedelta(minutes=15)

    assert len(effects()) == 8
    assert [job.kind for job in queries.failed(None)] == [fail.module_path]
    assert queries.health(at)["failed"] == 1


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("tests.outbox.work.gone", "ImportError"),
        ("no.such.module", "ModuleNotFoundError"),
        ("tests.outbox.work.not_a_task", "NotATask"),
        ("os.getcwd", "NotATask"),
    ],
)
def test_only_tasks_are_called(db, kind, error):
    outbox.enqueue(kind, due_at=AT)

    assert worker.run_due(AT) == 0
    assert Job.objects.get().last_error == error


def test_a_job_that_fails_does_not_keep_the_next_waiting(db):
    outbox.enqueue(fail, due_at=AT - timedelta(seconds=1), word="bad")
    outbox.enqueue(note, due_at=AT, word="good")

    assert worker.run_due(AT) == 1
    assert effects() == ["bad", "good"]


def test_a_job_lost_while_it_ran_is_not_marked(db, monkeypatch):
    outbox.enqueue(note, due_at=AT, word="slow")

    def somebody_else_took_it(word):
        claims.take("b", AT + claims.LEASE)

    monkeypatch.setattr(work, "_write", somebody_else_took_it)
    with structlog.testing.capture_logs() as logs:
        worker.run_due(AT, limit=1)

    assert Job.objects.get().leased_by == "b"
    assert [entry["event"] for entry in logs] == ["job was done twice"]


entered = []


@contextmanager
def outer():
    entered.append("outer in")
    yield
    entered.append("outer out")


@contextmanager
def inner():
    entered.append("inner in")
    yield
    entered.append("inner out")


def test_each_job_runs_in_the_scopes_of_the_settings(db, settings):
    settings.OPENIPT_JOB_SCOPES = [f"{__name__}.outer", f"{__name__}.inner"]
    outbox.enqueue(note, due_at=AT, word="x")
    entered.clear()

    assert worker.run_due(AT) == 1
    assert entered == ["outer in", "inner in", "inner out", "outer out"]


class Counted(threading.Event):
    """Stops the worker once there are so many effects."""

    def __init__(self, until):
        super().__init__()
        self.until = until
        self.looks = 0

    def is_set(self):
        self.looks += 1
        return self.until() or self.looks > 400


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(worker, "IDLE", 0.01)
    monkeypatch.setattr(worker, "DATABASE_AWAY", 0.01)


@pytest.mark.django_db(transaction=True)
def test_a_worker_works_until_it_is_told_to_stop(quick):
    at = clock.now()
    outbox.enqueue(note, due_at=at, word="one")
    outbox.enqueue(note, due_at=at, word="two")
    outbox.enqueue(note, due_at=at + timedelta(seconds=0.3), word="three")

    worker.run(Counted(lambda: len(effects()) == 3), "w")

    assert sorted(effects()) == ["one", "three", "two"]
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert Heartbeat.objects.get().worker == "w"


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_told_to_stop_before_it_begins_does_nothing(quick):
    outbox.enqueue(note, due_at=clock.now(), word="one")
    stop = threading.Event()
    stop.set()

    worker.run(stop, "w")

    assert effects() == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_outlives_a_database_that_is_away(quick, monkeypatch):
    outbox.enqueue(note, due_at=clock.now(), word="after")
    take, troubles = claims.take, iter(range(3))

    def away(name, at):
        if next(troubles, None) is not None:
            raise DatabaseError("row of Ana Ruiz")
        return take(name, at)

    monkeypatch.setattr(claims, "take", away)
    with structlog.testing.capture_logs() as logs:
        worker.run(Counted(effects), "w")

    assert effects() == ["after"]
    away_logs = [entry for entry in logs if entry["event"] == "database away"]
    assert len(away_logs) >= 3
    assert "Ana" not in str(logs)


@pytest.mark.django_db(transaction=True)
def test_a_worker_runs_what_recurs(quick):
    ran = []
    outbox.periodic("tests.tick", every=3600)(lambda: ran.append("tick"))

    worker.run(Counted(lambda: bool(ran)), "w")

    assert ran == ["tick"]
    assert Periodic.objects.get(pk="tests.tick").leased_by == ""


@pytest.mark.django_db(transaction=True)
def test_a_turn_says_whether_there_was_anything_to_do():
    with Pulse("w") as pulse:
        assert not worker.turn("w", pulse)
        outbox.enqueue(note, due_at=clock.now(), word="x")
        assert worker.turn("w", pulse)
        assert not worker.turn("w", pulse)
        outbox.periodic("tests.tick", every=3600)(lambda: None)
        schedule.keep_rows(clock.now())
        assert worker.turn("w", pulse)
        assert not worker.turn("w", pulse)
    assert recurring.run_due("w", clock.now) == []
    connection.close()
