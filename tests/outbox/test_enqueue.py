"""A job is written with the change that asks for it, and carries ids only."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django_tasks import task, task_backends
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import InvalidTaskError

from openipt import outbox
from openipt.core.ids import new_id
from openipt.outbox import operations
from openipt.outbox.models import Job
from openipt.outbox.payload import of_ids
from openipt.outbox.worker import run_due
from tests.outbox.work import effects, note

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@time_machine.travel(AT, tick=False)
def test_a_job_is_a_row_with_ids(db):
    service, word = new_id(), new_id()

    job_id = outbox.enqueue(note, due_at=AT + MINUTE, service_id=service, word=word)

    job = Job.objects.get(pk=job_id)
    assert job.kind == "tests.outbox.work.note"
    assert job.payload == {"args": [], "kwargs": {"word": str(word)}}
    assert (job.service_id, job.due_at, job.created_at) == (service, AT + MINUTE, AT)
    assert (job.state, job.attempts, job.dedupe_key) == ("queued", 0, None)
    assert str(job) == f"job {job_id} tests.outbox.work.note"


def test_a_task_may_be_named_by_a_part_below_it(db):
    outbox.enqueue("tests.outbox.work.note", due_at=AT, word="named")

    assert run_due(AT) == 1
    assert effects() == ["named"]


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_change_that_was_rolled_back_is_not_there():
    with transaction.atomic():
        outbox.enqueue(note, due_at=AT, word="undone")
        outbox.enqueue(note, due_at=AT, word="undone", dedupe_key="once")
        note.enqueue("undone")
        transaction.set_rollback(True)

    assert not Job.objects.exists()
    assert run_due(AT) == 0


def test_a_job_with_a_known_key_is_not_written_again(db):
    first = outbox.enqueue(note, due_at=AT, dedupe_key="alert:1", word="first")
    second = outbox.enqueue(note, due_at=AT, dedupe_key="alert:1", word="second")
    other = outbox.enqueue(note, due_at=AT, dedupe_key="alert:2", word="other")

    assert first == second != other
    assert run_due(AT) == 2
    assert outbox.enqueue(note, due_at=AT, dedupe_key="alert:1", word="third") == first
    assert run_due(AT) == 0
    assert effects() == ["first", "other"]


@pytest.mark.parametrize(
    "value",
    [
        "Ana Ruiz",
        "ana@example.org",
        "",
        "x" * 65,
        "two\nlines",
        1.5,
        b"bytes",
        {"a": 1},
        ["fine", "not fine"],
        datetime(2026, 11, 22, tzinfo=UTC),
    ],
)
def test_what_could_be_text_of_a_person_is_refused_and_not_repeated(db, value):
    with pytest.raises(ValueError, match="ids and codes only") as fault:
        outbox.enqueue(note, due_at=AT, word=value)
    with pytest.raises(ValueError, match="ids and codes only"):
        note.enqueue(value)

    assert "Ana" not in str(fault.value)
    assert not Job.objects.exists()


def test_ids_codes_numbers_and_lists_are_carried():
    one = new_id()

    assert of_ids([one, "phq9@2026.1".replace("@", ":"), 7, True, None, (1, "a")]) == [
        str(one),
        "phq9:2026.1",
        7,
        True,
        None,
        [1, "a"],
    ]


def test_a_key_is_a_code_too(db):
    with pytest.raises(ValueError, match="ids and codes only"):
        outbox.enqueue(note, due_at=AT, dedupe_key="mail to Ana", word="x")


def test_a_job_is_due_at_an_instant(db):
    with pytest.raises(ValueError, match="not at a wall time"):
        outbox.enqueue(note, due_at=datetime(2026, 11, 22, 9), word="x")


def test_a_job_can_be_taken_back_and_its_key_is_free_again(db):
    outbox.enqueue(note, due_at=AT, dedupe_key="reminder:1", word="old")

    assert outbox.cancel(dedupe_key="reminder:1", at=AT)
    assert not outbox.cancel(dedupe_key="reminder:1", at=AT)

    outbox.enqueue(note, due_at=AT, dedupe_key="reminder:1", word="new")
    assert run_due(AT) == 1
    assert effects() == ["new"]


def test_a_job_that_somebody_is_at_cannot_be_taken_back(db):
    outbox.enqueue(note, due_at=AT, dedupe_key="reminder:1", word="x")
    Job.objects.update(leased_by="a", lease_until=AT + MINUTE, attempts=1)

    assert not outbox.cancel(dedupe_key="reminder:1", at=AT)
    assert outbox.cancel(dedupe_key="reminder:1", at=AT + MINUTE)


def test_a_job_that_rests_after_a_failure_can_be_taken_back(db):
    outbox.enqueue(note, due_at=AT, dedupe_key="reminder:1", word="x")
    Job.objects.update(leased_by="", lease_until=AT + MINUTE, attempts=1)

    assert outbox.cancel(dedupe_key="reminder:1", at=AT)


@pytest.mark.parametrize("state", ["done", "failed"])
def test_what_is_over_is_not_taken_back(db, state):
    outbox.enqueue(note, due_at=AT, dedupe_key="reminder:1", word="x")
    Job.objects.update(state=state, done_at=AT if state == "done" else None)

    assert not outbox.cancel(dedupe_key="reminder:1", at=AT)


def test_a_job_that_failed_for_good_can_be_tried_again(db):
    job_id = outbox.enqueue(note, due_at=AT, word="again")
    assert not operations.try_again(job_id=job_id, at=AT)
    Job.objects.update(state="failed", attempts=8)

    assert operations.try_again(job_id=job_id, at=AT + MINUTE)

    assert run_due(AT) == 0
    assert run_due(AT + MINUTE) == 1


def test_done_jobs_are_forgotten_after_thirty_days(db):
    outbox.enqueue(note, due_at=AT, word="done")
    run_due(AT)
    waiting = outbox.enqueue(note, due_at=AT, word="waiting")

    assert operations.forget_done(at=AT + timedelta(days=30, seconds=-1)) == 0
    assert operations.forget_done(at=AT + timedelta(days=30)) == 1
    assert Job.objects.get().pk == waiting


def test_a_done_job_has_its_instant(db):
    outbox.enqueue(note, due_at=AT, word="x")

    with pytest.raises(IntegrityError):
        Job.objects.update(state="done")


@time_machine.travel(AT, tick=False)
def test_the_task_api_writes_a_job_due_now(db):
    result = note.enqueue("now", times=2)

    assert (result.status, result.enqueued_at) == (TaskResultStatus.READY, AT)
    assert (result.args, result.kwargs) == (["now"], {"times": 2})
    assert str(Job.objects.get().pk) == result.id
    assert run_due(AT) == 1
    assert effects() == ["now", "now"]


@time_machine.travel(AT, tick=False)
def test_the_task_api_can_put_off(db):
    note.using(run_after=AT + MINUTE).enqueue("later")

    assert run_due(AT) == 0
    assert run_due(AT + MINUTE) == 1


def wants_context(context):
    """Want more than ids."""


async def wants_a_loop():
    """Want a loop."""


@pytest.mark.parametrize(
    "make",
    [
        lambda: task(takes_context=True)(wants_context),
        lambda: task()(wants_a_loop),
        lambda: task(priority=5)(not_quite),
        lambda: note.using(run_after=datetime(2026, 11, 22, 9)),
    ],
    ids=["context", "async", "priority", "wall time"],
)
def test_what_the_outbox_cannot_promise_is_refused(make):
    with pytest.raises(InvalidTaskError):
        make()


def not_quite():
    """Be more urgent than others."""


def test_the_backend_is_the_outbox():
    assert type(task_backends["default"]).__name__ == "OutboxBackend"
    assert SimpleNamespace(module_path=note.module_path).module_path == note.module_path
