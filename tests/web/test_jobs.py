"""Housekeeping: a worker seals the trail and forgets work done long ago."""

from datetime import timedelta

from openipt import audit, outbox
from openipt.audit.chain import something_waits
from openipt.outbox import recurring, schedule
from openipt.outbox.models import Job
from openipt.web import jobs
from openipt.web.clock import now


def test_the_trail_is_sealed_when_something_waits(db, settings, tmp_path):
    settings.OPENIPT_DATA_DIR = tmp_path
    at = now()
    schedule.keep_rows(at)
    assert "audit.seal" not in recurring.run_due("w", lambda: at)
    audit.record_read(action="a.b.read", resource="a", by=None, at=at)
    assert something_waits()

    assert "audit.seal" in recurring.run_due("w", lambda: at + timedelta(seconds=2))

    assert not something_waits()
    assert audit.verify(at=at).checked == 1


def test_jobs_done_long_ago_are_forgotten(db):
    at = now()
    for days in (31, 29):
        done_at = at - timedelta(days=days)
        job_id = outbox.enqueue("tests.outbox.work.note", due_at=done_at, word="x")
        Job.objects.filter(pk=job_id).update(state="done", done_at=done_at)

    jobs.forget_done_jobs()

    assert Job.objects.count() == 1
