"""Seals events into a chain, each bound to the one before.

The hash covers the event, its number and the hash before it, under a key that is not in
the database: HMAC-SHA-256. Events are written unsealed, so that no request waits for
another; the sealer gives them number and hash soon after.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from . import anchors, chain_key

GENESIS = "0" * 64
"""What stands before the first event."""

COVERED = (
    "id", "service_id", "at", "actor_id", "account_id", "role", "on_behalf_of", "action",
    "resource", "object_id", "subject_ids", "decision", "reason_code", "fields", "count",
    "request_id", "ip_prefix", "app_version",
)  # fmt: skip
"""Every column but number and hash."""

_ROWS_AT_ONCE = 1000
_LOCK = 0x4F495054
"""One number for all sealers of a database."""
_TAKE_LOCK = {
    "postgresql": "SELECT pg_advisory_xact_lock(%s)",
    # Its transaction has begun with the write lock already (transaction_mode IMMEDIATE).
    "sqlite": "SELECT %s",
}


def something_waits() -> bool:
    """Tell whether an event is not sealed yet; one indexed read."""
    from .models import AuditEvent

    return AuditEvent.objects.filter(seq=None).exists()


def seal_pending(at: datetime) -> int:
    """Seal every event that waits, in the order of their ids, and return how many.

    One sealer works at a time; a second one waits and then finds nothing to do. The
    anchor is written after the commit: a crash between the two costs an anchor and
    never raises a false alarm.
    """
    done = 0
    while something_waits():
        with transaction.atomic(durable=True):
            _one_at_a_time()
            sealed, seq, newest = _seal_some()
        if sealed:
            anchors.append(seq, newest, at)
        done += sealed
    return done


def head() -> tuple[int, str]:
    """Return number and hash of the last sealed event; 0 and `GENESIS` before the first."""
    from .models import AuditEvent

    sealed = AuditEvent.objects.filter(seq__isnull=False).order_by("-seq")
    newest = sealed.values_list("seq", "hash").first() or (0, GENESIS)
    return int(newest[0] or 0), str(newest[1])


def link(key: bytes, before: str, seq: int, event: dict[str, Any]) -> str:
    """Return the hash of an event at its place in the chain, as 64 hex digits."""
    said = _CANONICAL.encode({name: event[name] for name in COVERED} | {"seq": seq})
    return hmac.digest(key, f"{before}|{said}".encode(), hashlib.sha256).hex()


def _seal_some() -> tuple[int, int, str]:
    """Seal one batch; return how many, and number and hash of the head."""
    from .models import AuditEvent

    key = chain_key.for_sealing()
    seq, newest = head()
    waiting = AuditEvent.objects.filter(seq=None).order_by("id").values(*COVERED)
    sealed = []
    for event in waiting[:_ROWS_AT_ONCE]:
        seq, newest = seq + 1, link(key, newest, seq + 1, event)
        sealed.append((seq, newest, event["id"]))
    if sealed:
        _write(sealed)
    return len(sealed), seq, newest


def _write(sealed: Iterable[tuple[int, str, UUID]]) -> None:
    """Give each event its number and hash.

    In plain SQL: there are two events for every answer somebody sends, and the sealer
    works beside those who wait for their page.
    """
    from .models import AuditEvent

    as_stored = AuditEvent._meta.pk.get_db_prep_value
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE audit_auditevent SET seq = %s, hash = %s WHERE id = %s",
            [(seq, said, as_stored(pk, connection)) for seq, said, pk in sealed],
        )


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_LOCK[connection.vendor], [_LOCK])


def _as_text(value: UUID | datetime) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_as_text)
