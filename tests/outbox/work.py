"""Tasks for these tests; their effects are lines in a file, so that kills leave them.

Run as a module it is a worker, or whatever else the tests start beside themselves.
"""

import os
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openipt.config.settings")
    django.setup()

from django.conf import settings
from django_tasks import task

from openipt.outbox import claims, clock, operations, pulse, worker
from openipt.people.models import Service


def effects():
    """Return the lines that were written, in order."""
    path = Path(settings.OPENIPT_DATA_DIR) / "effects"
    return path.read_text().split() if path.exists() else []


def _write(line):
    with (Path(settings.OPENIPT_DATA_DIR) / "effects").open("a") as file:
        file.write(f"{line}\n")


@task()
def note(word, *, times=1):
    """Write a word down."""
    for _time in range(times):
        _write(word)


@task()
def fail(word):
    """Begin and then fail, with a message that quotes a person."""
    _write(word)
    raise LookupError("Ana Ruiz is not there")


@task()
def fail_until(word, marker):
    """Fail as long as there is no file of that name."""
    _write(word)
    if not (Path(settings.OPENIPT_DATA_DIR) / marker).exists():
        raise LookupError


@task()
def linger(word, milliseconds):
    """Write when it begins and when it ends."""
    _write(f"{word}-begins")
    time.sleep(milliseconds / 1000)
    _write(f"{word}-ends")


@task()
def break_the_database():
    """Do what the database refuses."""
    Service.objects.create(pk=None, name=None)


def not_a_task():
    """Stand here without the decorator."""


def main(act, name, seconds="60"):
    """Write jobs, or be a worker whose leases last so many seconds."""
    if act == "write":
        now = clock.now()
        for number in range(int(seconds)):
            operations.enqueue(note, due_at=now, word=f"{name}{number}")
        return
    if act == "write_long":
        operations.enqueue(
            linger, due_at=clock.now(), word=name, milliseconds=int(seconds)
        )
        return
    claims.LEASE = timedelta(seconds=float(seconds))
    pulse.EVERY = float(seconds) / 4
    worker.IDLE = 0.05
    if act == "work_but_never_mark":
        claims.finish = lambda *_claim: time.sleep(600)
    worker.run(threading.Event(), name)


if __name__ == "__main__":
    main(*sys.argv[1:])
