"""Checks for `/healthz`; each says whether it is well and a number or two, never a name."""

from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from openipt.outbox import queries as outbox
from openipt.safety.queries import StaffWarning
from openipt.web.dates import moment

WORKER_SILENT_AFTER = timedelta(seconds=90)
JOB_LATE_AFTER = timedelta(seconds=120)


def checks(at: datetime) -> dict[str, dict[str, Any]]:
    """Return the checks by name; a database that is away fails them all."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        health = outbox.health(at)
    except DatabaseError:
        return {"database": {"ok": False}, "disk": {"ok": _can_write()}}
    worker_age, oldest = health["worker_age"], health["oldest_due_age"]
    return {
        "database": {"ok": True},
        "disk": {"ok": _can_write()},
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


def _can_write() -> bool:
    """Return whether a file can be written in the data folder: not full, not read-only."""
    try:
        with TemporaryFile(dir=settings.OPENIPT_DATA_DIR) as probe:
            probe.write(b"1")
    except OSError:
        return False
    return True


def silence_warnings(at: datetime) -> list[StaffWarning]:
    """Return what staff must see while no worker runs: red, on every page.

    What is on the screen comes from the record itself; only what is sent and done in time
    waits. An installation whose worker never ran is told by the console and by doctor.
    """
    last = outbox.last_sign_of_life(at)
    if last is None or at - last <= WORKER_SILENT_AFTER:
        return []
    sentence = _(
        "No mail goes out and no alert is passed on since %(moment)s: the worker is "
        "silent. Look at open alerts yourself, and tell whoever runs the server."
    ) % {"moment": moment(last)}
    return [StaffWarning(sentence, "", "red")]
