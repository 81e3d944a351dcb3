"""`openipt doctor`: everything that must be right for people to be safe here."""

import json as json_format
import shutil
import smtplib
import stat
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from .ready import load_django, unapplied_migrations

GIGABYTE = 1 << 30
CLOCK_MAY_BE_OFF = timedelta(minutes=2)
MAIL_PATIENCE = 5
"""Seconds until a mail server that does not answer counts as away."""

Tone = Literal["ok", "gold", "red"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: red must be mended, gold should be."""

    id: str
    tone: Tone
    said: str


def print_findings(*, as_json: bool) -> int:
    """Print what was found, the worst first; 1 if something is red."""
    load_django()
    from openipt.web.clock import now

    found = sorted(
        examine(now()), key=lambda one: ("red", "gold", "ok").index(one.tone)
    )
    if as_json:
        print(json_format.dumps([asdict(one) for one in found]))  # noqa: T201 -- the command's answer
    else:
        for one in found:
            print(f"{one.id} {one.tone} {one.said}")  # noqa: T201 -- as above
    return int(any(one.tone == "red" for one in found))


def examine(at: datetime) -> list[Finding]:
    """Look at everything; where the record cannot be read, at what is left."""
    from django.db import DatabaseError

    found = [*_settings(), *_files(), *_disk()]
    try:
        missing = unapplied_migrations()
    except DatabaseError as problem:
        said = f"The database does not answer ({type(problem).__name__})."
        return [*found, Finding("database", "red", said)]
    if missing:
        said = "The record is of another version, or there is none: `openipt upgrade`."
        return [*found, Finding("database", "red", said)]
    for look in _LOOKS:
        found += look(at)
    return found


def _settings() -> Iterator[Finding]:
    from openipt.config.dangers import dangers

    named = list(dangers())
    yield from (Finding(name, "red", said) for name, said in named)
    if not named:
        yield Finding("settings", "ok", "No dangerous setting.")


def _files() -> Iterator[Finding]:
    from django.conf import settings

    from openipt.vault import VaultError, keys

    folder = Path(settings.OPENIPT_DATA_DIR)
    others = stat.S_IRWXG | stat.S_IRWXO
    places = [folder / name for name in ("openipt.sqlite3", "anchors", "keys")]
    open_ones = [p.name for p in places if p.exists() and p.stat().st_mode & others]
    if open_ones and folder.stat().st_mode & others:
        said = f"Other accounts of this machine can read {', '.join(open_ones)}."
        yield Finding("files", "red", f"{said} Set mode 0700 on {folder}.")
    else:
        yield Finding("files", "ok", "Nobody else on this machine can read the record.")
    try:
        faults = keys.verify()
    except VaultError as fault:
        faults = [str(fault)]
    except Exception as problem:  # noqa: BLE001 -- the database says it itself below
        faults = [f"The keyring cannot be read ({type(problem).__name__})."]
    yield from (Finding("keys", "red", fault) for fault in faults)
    if not faults:
        yield Finding("keys", "ok", "Every data key opens.")


def _disk() -> Iterator[Finding]:
    from django.conf import settings

    free = shutil.disk_usage(settings.OPENIPT_DATA_DIR).free
    tone: Tone = "red" if free < GIGABYTE else "ok"
    yield Finding("disk", tone, f"{free / GIGABYTE:.1f} GB are free.")


def _database(at: datetime) -> Iterator[Finding]:
    from django.db import connection

    if connection.vendor == "postgresql":
        wanted = {"fsync": "on", "full_page_writes": "on"}
        with connection.cursor() as cursor:
            for name, value in wanted.items():
                cursor.execute(f"SHOW {name}")
                if cursor.fetchone()[0] != value:
                    said = f"{name} is off: an answer can be lost when power fails."
                    yield Finding("database", "red", said)
            cursor.execute("SHOW synchronous_commit")
            if cursor.fetchone()[0] in {"off", "local"}:
                said = "synchronous_commit is off: an answer can be lost."
                yield Finding("database", "red", said)
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            if cursor.fetchone()[0] < 2:
                said = "synchronous is not FULL: an answer can be lost."
                yield Finding("database", "red", said)
    yield Finding("database", "ok", f"{connection.vendor} answers.")


def _worker(at: datetime) -> Iterator[Finding]:
    from openipt.outbox import queries

    health = queries.health(at)
    age, late = health["worker_age"], health["oldest_due_age"]
    if age is None or age > 90:
        said = "No worker has said that it is alive: alerts are not sent."
        yield Finding("worker", "red", f"{said} Start `openipt serve` or `worker`.")
    else:
        yield Finding("worker", "ok", f"It was alive {age:.0f} s ago.")
    if late is not None and late > 120:
        yield Finding("outbox", "red", f"The oldest job is {late:.0f} s late.")
    if health["failed"]:
        said = f"{health['failed']} jobs failed for good or keep failing."
        yield Finding("outbox", "red", said)


def _clock(at: datetime) -> Iterator[Finding]:
    """A clock that went back shows in what was written later than now."""
    from openipt.audit.models import AuditEvent

    newest = AuditEvent.objects.order_by("-at").values_list("at", flat=True).first()
    if newest and newest > at + CLOCK_MAY_BE_OFF:
        said = f"The clock is {(newest - at).total_seconds():.0f} s behind the record."
        yield Finding("clock", "red", f"{said} Alerts wait for it: set it right.")
    else:
        yield Finding("clock", "ok", "It is not behind what is written.")


def _trail(at: datetime) -> Iterator[Finding]:
    from django.db import connection

    from openipt.audit import guards

    if not guards.stand(connection):
        said = "The guards against changing the audit trail are down."
        yield Finding("audit", "red", f"{said} Run `openipt audit verify`.")


def keeping_of(at: datetime) -> Iterator[Finding]:
    """Look at copies, drills and recovery."""
    from django.conf import settings

    from openipt.keeping import queries
    from openipt.people.queries import is_any_recovering

    yield _aged(
        "backup", queries.age_of_last("copy", at), queries.COPY_OLD_AFTER,
        "No copy of the record was ever made: `openipt backup`, or OPENIPT_BACKUP_DIR "
        "for one each night.",
        "The last copy",
    )  # fmt: skip
    yield _aged(
        "drill", queries.age_of_last("drill", at), queries.DRILL_OLD_AFTER,
        "No copy was ever tried. Set OPENIPT_BACKUP_DIR and the worker tries one a week.",
        "The last drill that went well",
    )  # fmt: skip
    if not settings.OPENIPT_BACKUP_DIR:
        said = "OPENIPT_BACKUP_DIR is not set: copies are made by hand only."
        yield Finding("backup-place", "gold", said)
    if is_any_recovering():
        said = "The record was brought back and nobody has ended recovery mode yet."
        yield Finding("recovery", "red", said)


def _aged(
    name: str, age: timedelta | None, most: timedelta, never: str, what: str
) -> Finding:
    if age is None:
        return Finding(name, "red", never)
    said = f"{what} was {age.days} days and {age.seconds // 3600} hours ago."
    return Finding(name, "red" if age > most else "ok", said)


def _help_numbers(at: datetime) -> Iterator[Finding]:
    from openipt.people.queries import every_service
    from openipt.safety import queries

    for service in every_service():
        faults = queries.faults_of_numbers(service, at.date())
        for said, tone in faults:
            yield Finding("help-numbers", tone, f"{said} (service {service.pk})")
        if not faults:
            said = f"All are checked (service {service.pk})."
            yield Finding("help-numbers", "ok", said)


def _mail(at: datetime) -> Iterator[Finding]:
    from django.conf import settings

    if "smtp" not in settings.EMAIL_BACKEND:
        yield Finding("mail", "ok", "No mail leaves here.")
        return
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    try:
        with smtplib.SMTP(host, port, timeout=MAIL_PATIENCE) as server:
            server.noop()
    except OSError as problem:
        said = f"{host}:{port} does not take mail ({type(problem).__name__})."
        yield Finding("mail", "red", f"{said} Alerts stand on the screen only.")
    else:
        yield Finding("mail", "ok", f"{host}:{port} takes mail.")


def _protocols(_at: datetime) -> Iterator[Finding]:
    from openipt.core.errors import DataProblem
    from openipt.core.protocols import find_variant, load_variants
    from openipt.courses.queries import variants_in_use

    try:
        load_variants()
        for variant_id, version in variants_in_use():
            find_variant(variant_id, version)
    except DataProblem as problem:
        yield Finding("protocols", "red", f"{problem}. Courses that follow it stop.")
    else:
        yield Finding("protocols", "ok", "Every variant that a course follows is here.")


_LOOKS: tuple[Callable[[datetime], Any], ...] = (
    _database, _worker, _clock, _trail, keeping_of, _help_numbers, _mail,
    _protocols,
)  # fmt: skip
