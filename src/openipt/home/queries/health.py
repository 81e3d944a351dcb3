"""Checks for `/healthz`; each says whether it is well and a number or two, never a name."""

from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection

from openipt.outbox import queries as outbox

WORKER_SILENT_AFTER = timedelta(seconds=90)
JOB_LATE_AFTER = timedelta(seconds=120)


def checks(at: datetime) -> dict[str, dict[str, Any]]:
    """Return the checks by name; a database that is away fails them all."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        health = outbox.health(at)
    except DatabaseError:
        return {"database": {"ok": False}}
    worker_age, oldest = health["worker_age"], health["oldest_due_age"]
    return {
        "database": {"ok": True},
        "worker": {
            "ok": worker_age is not None
            and worker_age <= WORKER_SILENT_AFTER.total_seconds(),
            "seconds_since_sign_of_life": worker_age,
        },
        "outbox": {
            "ok": oldest is None or oldest <= JOB_LATE_AFTER.total_seconds(),
            "seconds_oldest_job_is_late": oldest,
            "failed_jobs": health["failed"],
        },
    }
