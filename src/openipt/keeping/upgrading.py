"""Brings a record to this version: a copy first, then everything or nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from openipt import audit
from openipt.core.errors import Refused
from openipt.outbox import queries as outbox
from openipt.vault import VaultError, keys, trial

from . import operations
from .copying import Copy, make_copy
from .stores import Store, count_rows, store

ALIVE = timedelta(seconds=40)
"""A worker that said so within this time is running."""
_TRIED_OF_EACH = 200
_MAY_SHRINK = frozenset({"django_session", "cache", "outbox_heartbeat"})


def upgrade(*, copy_to: Path, migrate: Callable[[], None], at: datetime) -> Copy:
    """Copy the record, migrate it and check it; if anything fails it stays as it was.

    Nobody may be using the record meanwhile: the caller holds the lock of its folder.

    :raises Refused: if somebody is, the copy cannot be made, or a check finds something
    """
    _nobody_works(at)
    copy = make_copy(copy_to, at=at, noted=False)
    database = store()
    before = count_rows()

    def change() -> None:
        migrate()
        _check(before, database, at)

    try:
        database.change_whole(change)
    except Refused:
        raise
    except Exception as fault:
        raise Refused(
            f"The upgrade failed ({type(fault).__name__}) and changed nothing: the "
            f"record is as it was. A copy of it is in {copy.folder}."
        ) from fault
    operations.note(kind="upgrade", went_well=True, at=at)
    return copy


def _nobody_works(at: datetime) -> None:
    if "outbox_heartbeat" not in connection.introspection.table_names():
        return
    age = outbox.health(at)["worker_age"]
    if age is not None and age < ALIVE.total_seconds():
        raise Refused(
            "A worker is running, or ran until a moment ago. End it, wait a minute and "
            "try again."
        )


def _check(before: dict[str, int], database: Store, at: datetime) -> None:
    """Hold that no row is gone, that everything opens and that the trail is whole.

    :raises Refused: with the first thing that is not so
    """
    after = count_rows()
    for table, rows in before.items():
        if table in after and after[table] < rows and table not in _MAY_SHRINK:
            raise Refused(
                f"The upgrade would have lost rows of {table}; nothing was changed."
            )
    if faults := database.faults() + keys.verify():
        raise Refused(f"Nothing was changed: {faults[0]}")
    try:
        trial.open_some(_TRIED_OF_EACH)
    except VaultError as fault:
        raise Refused(f"Nothing was changed: {fault}") from fault
    verdict = audit.verify(at=at)
    if not verdict.ok and verdict.reason != "no_anchors":
        raise Refused(
            "Nothing was changed: the audit trail is not whole. Run `openipt audit "
            "verify`."
        )
