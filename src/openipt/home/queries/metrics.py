"""Numbers for an outside monitor, in the text form that Prometheus reads.

Counts and ages only: no name, no id, no label that could stand for somebody.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from openipt.audit.models import AuditEvent
from openipt.keeping import queries as keeping
from openipt.outbox import queries as outbox
from openipt.outbox.models import Job
from openipt.safety.models import Alert

Metric = tuple[str, str, float | None]
"""Name, what it is, and the number; None where there is nothing to tell yet."""


def in_text(at: datetime) -> str:
    """Return every metric that has a number, one help line and one line of value each."""
    lines: list[str] = []
    for name, about, value in _all(at):
        if value is not None:
            lines += [
                f"# HELP openipt_{name} {about}",
                f"# TYPE openipt_{name} gauge",
                f"openipt_{name} {value:g}",
            ]
    return "\n".join(lines) + "\n"


def _all(at: datetime) -> Iterator[Metric]:
    yield from _work(at)
    yield from _alerts(at)
    yield from _kept(at)


def _work(at: datetime) -> Iterator[Metric]:
    health = outbox.health(at)
    queued = Job.objects.filter(state="queued").count()
    yield (
        "worker_silent_seconds",
        "Since a worker last said it is there.",
        health["worker_age"],
    )
    yield "jobs_queued", "Jobs that wait, due or not.", queued
    yield (
        "job_late_seconds",
        "How late the oldest due job is.",
        health["oldest_due_age"] or 0,
    )
    yield "jobs_failed", "Jobs that failed for good.", health["failed"]


def _alerts(at: datetime) -> Iterator[Metric]:
    waiting = Q(acknowledged_at__isnull=True)
    found = Alert.objects.filter(closed_at__isnull=True).aggregate(
        open=Count("pk"),
        waiting=Count("pk", filter=waiting),
        red=Count("pk", filter=waiting & Q(level="red")),
        oldest=Min("raised_at", filter=waiting),
    )
    yield "alerts_open", "Alerts that nobody has closed.", found["open"]
    yield "alerts_waiting", "Alerts that nobody has taken.", found["waiting"]
    yield "alerts_waiting_red", "Red alerts that nobody has taken.", found["red"]
    yield (
        "alert_waiting_seconds",
        "How long the oldest of them has waited.",
        _seconds(at - found["oldest"]) if found["oldest"] else 0,
    )


def _kept(at: datetime) -> Iterator[Metric]:
    unsealed = AuditEvent.objects.filter(seq=None).aggregate(
        n=Count("pk"), oldest=Min("at")
    )
    yield "copy_age_seconds", "Since the last copy.", _age("copy", at)
    yield "drill_age_seconds", "Since a copy was last tried.", _age("drill", at)
    yield "audit_unsealed", "Events of the trail not sealed yet.", unsealed["n"]
    yield (
        "audit_unsealed_seconds",
        "Age of the oldest of them.",
        _seconds(at - unsealed["oldest"]) if unsealed["oldest"] else 0,
    )


def _age(what: str, at: datetime) -> float | None:
    age = keeping.age_of_last(what, at)
    return None if age is None else _seconds(age)


def _seconds(age: timedelta) -> float:
    return max(0.0, age.total_seconds())
