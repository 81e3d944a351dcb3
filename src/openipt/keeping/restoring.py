"""Brings a copy back into an empty place, and holds that it is whole before it is used."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from openipt import audit
from openipt.audit import anchors
from openipt.core.errors import Refused
from openipt.vault import VaultError, keys, trial
from openipt.vault import files as key_files
from openipt.vault import keyring as keyrings

from . import manifest
from .copying import KEYRINGS, copies_in
from .manifest import Manifest
from .stores import KEPT_APART, Store, count_rows, store

_TRIED_OF_EACH = 200
"""Rows of each sealed table that are opened to see that their keys fit."""


@dataclass(frozen=True, kw_only=True)
class Lost:
    """What the anchors on this machine tell of the time after the copy."""

    events: int
    until: datetime | None


def find_copy(place: Path) -> Path:
    """Return the copy at a place, or the newest of several in it.

    :raises Refused: if there is none
    """
    if (place / manifest.NAME).exists():
        return place
    if not place.is_dir():
        raise Refused(f"{place} is not there.")
    found = copies_in(place)
    if not found:
        raise Refused(f"{place} holds no copy of a record.")
    return found[-1]


def find_keyring(copy: Path, named: Path | None) -> Path:
    """Return the keyring to use: the one named, else the newest beside the copy.

    A newer keyring than the copy is right: a key destroyed since then stays destroyed.

    :raises Refused: if there is none
    """
    if named is not None:
        if not named.is_file():
            raise Refused(f"{named} is not there.")
        return named
    rings = sorted((copy.parent / KEYRINGS).glob("openipt-*.jsonl"))
    if not rings:
        raise Refused(
            f"There is no keyring beside {copy}. Name the file with --keyring; without "
            f"it nothing in the copy can be read."
        )
    return rings[-1]


def restore(
    copy: Path,
    *,
    ring: Path,
    keys_from: Path | None,
    migrate: Callable[[], None],
    afterwards: Callable[[Manifest, Lost | None], None],
    at: datetime,
) -> tuple[Manifest, Lost | None]:
    """Bring a copy back and leave the record in recovery mode.

    `migrate` brings the record to this version, `afterwards` does what other parts do
    after a loss. If anything fails or a check finds something, the place is empty again.

    :raises Refused: if the copy, its keyring or a key file is missing or damaged, or if
        a record is here already
    """
    facts = manifest.read(copy)
    database = store()
    manifest.check_files(copy, facts, needed=database.FILE)
    if is_half_done():
        database.take_away()
    _check_place(facts, database)
    _take_key_files(facts, keys_from)
    manifest.write_through(_mark(), "")
    try:
        database.bring_back(copy / database.FILE)
        _check_rows(facts, database)
        _take_keyring(ring)
        migrate()
        check_readable(copy, facts)
        lost = _lost_since(facts)
        afterwards(facts, lost)
        _write_down(lost, at)
        _swap_anchors(copy, at)
    except BaseException:
        database.take_away()
        _mark().unlink()
        raise
    _mark().unlink()
    manifest.flush(settings.OPENIPT_DATA_DIR)
    return facts, lost


def is_half_done() -> bool:
    """Tell whether a restore was killed here: what it brought back is not to be used.

    Nobody has checked it, no alert was opened again, and nothing says that it is a copy.
    """
    return _mark().exists()


def _mark() -> Path:
    """Return the file that stands in the data folder while a restore goes on."""
    return Path(settings.OPENIPT_DATA_DIR) / "restoring"


def check_readable(copy: Path, facts: Manifest) -> None:
    """Hold that what was brought back can be read, and that nobody touched its trail.

    :raises Refused: with the first thing that is not so
    """
    if faults := keys.verify():
        raise Refused(faults[0])
    try:
        trial.open_some(_TRIED_OF_EACH)
    except VaultError as fault:
        raise Refused(str(fault)) from fault
    verdict = audit.verify(at=facts.made_at, anchors_at=copy / "anchors")
    whole = verdict.ok or verdict.reason == "no_anchors"
    if not whole or verdict.checked < facts.audit_seq:
        raise Refused(
            f"The audit trail of the copy is whole up to number {verdict.checked} only. "
            f"Take another copy."
        )


def _check_rows(facts: Manifest, database: Store) -> None:
    if faults := database.faults():
        raise Refused(f"The database is damaged: {faults[0]}. Take another copy.")
    counted = count_rows()
    for table, wanted in facts.rows.items():
        if table not in KEPT_APART and counted.get(table, 0) != wanted:
            raise Refused(
                f"{table} has {counted.get(table, 0)} rows and should have {wanted}. "
                f"Take another copy."
            )


def _check_place(facts: Manifest, database: Store) -> None:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    newer = set(facts.migrations) - {f"{part}.{name}" for part, name in known}
    if newer:
        raise Refused(
            f"The copy is of a newer OpenIPT ({facts.version}). Install that first."
        )
    if facts.database != connection.vendor:
        raise Refused(
            f"The copy is of {facts.database} and this place is {connection.vendor}. "
            f"Set DATABASE_URL accordingly."
        )
    if not database.is_empty():
        raise Refused(
            "There is a record here already, and it is left alone. Set OPENIPT_DATA_DIR "
            "(and DATABASE_URL) to an empty place."
        )


def _take_key_files(facts: Manifest, keys_from: Path | None) -> None:
    """Put the key files where they are looked for; nothing is written if one lacks.

    :raises Refused: if one is missing, or is another key than the copy was made with
    """
    folder = key_files.folder()
    found = _find_key_files(facts, keys_from or folder)
    if missing := ", ".join(sorted(set(facts.key_files) - set(found))):
        raise Refused(
            f"Key files are missing: {missing}. Put them into {folder}, or name the "
            f"folder where you keep them with --keys. Without them nothing can be read."
        )
    for name, source in found.items():
        if manifest.sum_of(source) != facts.key_files[name]:
            raise Refused(
                f"{source} is another key than the copy was made with. Nothing was "
                f"changed; look for the right {name}."
            )
    named = {path.name for path in key_files.kek_files().values()}
    for name, source in found.items():
        if source.parent != folder and name not in named:
            key_files.write(folder / name, key_files.read(source))


def _find_key_files(facts: Manifest, kept_in: Path) -> dict[str, Path]:
    """Find each key file: by the settings, in the data folder, where they are kept."""
    found = {name: kept_in / name for name in facts.key_files}
    found |= {path.name: path for path in key_files.folder().glob("*.key")}
    found |= {path.name: path for path in key_files.kek_files().values()}
    return {n: p for n, p in found.items() if n in facts.key_files and p.is_file()}


def _take_keyring(ring: Path) -> None:
    try:
        keyrings.bring_back(ring)
    except (ValueError, OSError) as wrong:
        raise Refused(f"{ring} is damaged or no keyring. Name another one.") from wrong


def _lost_since(facts: Manifest) -> Lost | None:
    """Return what the anchors of this machine tell, None if they know of no later time."""
    here = anchors.path()
    newest = anchors.last_of(here) if here.exists() else None
    if newest is None or newest[0] <= facts.audit_seq:
        return None
    return Lost(events=newest[0] - facts.audit_seq, until=newest[1])


def _swap_anchors(copy: Path, at: datetime) -> None:
    """Put the copy's anchors in place; keep those of this machine beside them.

    Last of all: until then a restore that fails can be tried again and knows as much.
    """
    here = anchors.path()
    if here.exists():
        here.rename(here.with_name(f"anchors-before-{at:%Y%m%dT%H%M%SZ}"))
    if (copy / "anchors").exists():
        shutil.copyfile(copy / "anchors", here)
        here.chmod(0o600)
        manifest.flush(here)
    manifest.flush(settings.OPENIPT_DATA_DIR)


def _write_down(lost: Lost | None, at: datetime) -> None:
    with transaction.atomic():
        audit.record(
            action="keeping.record.restored",
            resource="record",
            at=at,
            by=None,
            count=lost.events if lost else None,
        )
