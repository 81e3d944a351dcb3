"""Makes a copy: the record in one folder, the keyring in another."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

import openipt
from openipt import audit
from openipt.audit import anchors
from openipt.core.errors import Refused
from openipt.vault import files as key_files
from openipt.vault import keyring

from . import manifest, operations
from .manifest import Manifest
from .stores import store

KEYRINGS = "keyrings"
"""The folder of keyrings, beside the copies: give it a place of its own."""
KEYRINGS_KEPT_FOR = timedelta(days=30)
"""A destroyed key is gone everywhere once the last keyring that still had it is."""
COPIES_KEPT = 14
"""By the copies that are made by themselves, one each night."""
_OTHER_KEYS = ("blind.key", "audit.key")
_STAMP = "openipt-%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, kw_only=True)
class Copy:
    """Where a copy lies and what it says of itself."""

    folder: Path
    keyring: Path
    manifest: Manifest


def make_copy(place: Path, *, at: datetime, noted: bool = True) -> Copy:
    """Copy the record and its keyring into `place` while everybody goes on working.

    `noted` is False where the record is of an older version and may have no place for it.

    :raises Refused: if the place cannot be written, or holds a copy of this second
    """
    name = at.astimezone(UTC).strftime(_STAMP)
    folder, partial = place / name, place / f".{name}.part"
    ring = place / KEYRINGS / f"{name}.jsonl"
    if folder.exists():
        raise Refused(f"{folder} is there already. Try again in a second.")
    try:
        for new in (partial, ring.parent):
            new.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = _fill(partial, at)
        manifest.write_through(ring, "".join(f"{line}\n" for line in keyring.lines()))
        partial.rename(folder)
        manifest.flush(place)
    except OSError as problem:
        raise Refused(
            f"The copy cannot be written to {place}: {problem.strerror}."
        ) from problem
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    if noted:
        operations.note(kind="copy", went_well=True, at=at)
    return Copy(folder=folder, keyring=ring, manifest=facts)


def copies_in(place: Path) -> list[Path]:
    """Return the folders of whole copies in a place, the oldest first."""
    return sorted(found.parent for found in place.glob(f"openipt-*/{manifest.NAME}"))


def forget_old_keyrings(place: Path, *, at: datetime) -> int:
    """Remove keyrings older than 30 days, though never the newest; return how many."""
    rings = sorted((place / KEYRINGS).glob("openipt-*.jsonl"))
    until = (at - KEYRINGS_KEPT_FOR).astimezone(UTC).strftime(_STAMP)
    old = [ring for ring in rings[:-1] if ring.stem < until]
    for ring in old:
        ring.unlink()
    return len(old)


def forget_old_copies(place: Path, *, keep: int, at: datetime) -> int:
    """Remove all but the newest copies, and what a killed one has left; return how many.

    :param keep: how many copies stay, 1 or more
    """
    old = copies_in(place)[:-keep]
    yesterday = (at - timedelta(days=1)).astimezone(UTC).strftime(f".{_STAMP}")
    old += [left for left in place.glob(".openipt-*.part") if left.name < yesterday]
    for folder in old:
        shutil.rmtree(folder)
    return len(old)


def key_files_needed() -> dict[str, Path]:
    """Return all key files without which a copy cannot be read, by name."""
    here = {path.name: path for path in key_files.kek_files().values()}
    here |= {path.name: path for path in key_files.folder().glob("*.key")}
    keks = [f"kek-{kek}.key" for kek in keyring.key_files_named()]
    return {name: here[name] for name in (*keks, *_OTHER_KEYS) if name in here}


def copy_key_files(place: Path) -> list[Path]:
    """Copy the key files to a place of their own; return where they now are.

    :raises Refused: if one is there already and differs, or cannot be written
    """
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    for name, source in key_files_needed().items():
        target = place / name
        if not target.exists():
            key_files.write(target, source.read_bytes())
        elif target.read_bytes() != source.read_bytes():
            raise Refused(f"{target} is another key. Choose an empty place.")
        made.append(target)
    return made


def _fill(folder: Path, at: datetime) -> Manifest:
    """Write the record and what is said of it; the manifest comes last."""
    database = store()
    # Anchors and head first: what is sealed meanwhile is then in the record, not in them.
    if anchors.path().exists():
        shutil.copyfile(anchors.path(), folder / "anchors")
        (folder / "anchors").chmod(0o600)
        manifest.flush(folder / "anchors")
    head = audit.head()
    rows = database.copy_to(folder / database.FILE)
    facts = Manifest(
        made_at=at,
        version=openipt.__version__,
        database=connection.vendor,
        migrations=migrations_here(),
        rows=rows,
        audit_seq=head[0],
        audit_hash=head[1],
        key_files={
            name: manifest.sum_of(place) for name, place in key_files_needed().items()
        },
        files={
            found.name: manifest.sum_of(found)
            for found in sorted(folder.iterdir())
            if found.name != manifest.NAME
        },
    )
    facts.write(folder)
    manifest.flush(folder)
    return facts


def migrations_here() -> tuple[str, ...]:
    """Return every migration that the connected database has."""
    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{part}.{name}" for part, name in applied))
