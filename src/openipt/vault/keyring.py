"""The keyring as a file of its own: the wrapped data keys, for a copy kept apart.

Whoever has it can open nothing without the key files. A key that was destroyed is in it
as destroyed: brought back with a newer keyring, an older record stays unreadable there.
"""

import json
from base64 import b64decode, b64encode
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from .models import DataKey

_ROWS_AT_ONCE = 500


def lines() -> list[str]:
    """Return every data key as a line of JSON, in the order of subjects."""
    rows = DataKey.objects.order_by("pk").iterator(chunk_size=_ROWS_AT_ONCE)
    return [json.dumps(_facts(row), sort_keys=True) for row in rows]


def key_files_named() -> list[str]:
    """Return the ids of the key files that wrap a data key."""
    used = DataKey.objects.filter(destroyed_at=None).values_list("kek_id", flat=True)
    return sorted(set(used))


def bring_back(place: Path) -> int:
    """Put the data keys of a file into an empty keyring; return how many there are.

    :raises ValueError: if the file is no keyring
    """
    rows = []
    with place.open(encoding="utf-8") as file:
        for line in file:
            try:
                rows.append(_row(json.loads(line)))
            except (KeyError, TypeError) as wrong:
                raise ValueError(f"{place.name} is no keyring.") from wrong
    DataKey.objects.bulk_create(rows, batch_size=_ROWS_AT_ONCE)
    return len(rows)


def _facts(row: DataKey) -> dict[str, Any]:
    return {
        "subject": str(row.subject),
        "service_id": str(row.service_id) if row.service_id else None,
        "kind": row.kind,
        "kek_id": row.kek_id,
        "wrapped": b64encode(bytes(row.wrapped)).decode("ascii"),
        "created_at": row.created_at.isoformat(),
        "destroyed_at": row.destroyed_at.isoformat() if row.destroyed_at else None,
    }


def _row(facts: dict[str, Any]) -> DataKey:
    destroyed = facts["destroyed_at"]
    return DataKey(
        subject=UUID(facts["subject"]),
        service_id=UUID(facts["service_id"]) if facts["service_id"] else None,
        kind=facts["kind"],
        kek_id=facts["kek_id"],
        wrapped=b64decode(facts["wrapped"], validate=True),
        created_at=datetime.fromisoformat(facts["created_at"]),
        destroyed_at=datetime.fromisoformat(destroyed) if destroyed else None,
    )
