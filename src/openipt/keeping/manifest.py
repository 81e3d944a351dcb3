"""What a copy says of itself: when, of what, how much, and how to see that it is whole."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from openipt.core.errors import Refused

NAME = "manifest.json"
FORMAT = 1
_CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The facts of one copy. `rows` counts each table; `files` has SHA-256 sums."""

    made_at: datetime
    version: str
    """Of the program that made it."""
    database: str
    """`sqlite` or `postgresql`."""
    migrations: tuple[str, ...]
    """Every migration the record has, as `part.name`."""
    rows: dict[str, int]
    audit_seq: int
    """The last sealed number of the audit trail, 0 if none is sealed yet."""
    audit_hash: str
    key_files: dict[str, str]
    """The key files without which nothing in the copy can be read, by name, each with the
    SHA-256 of its 32 random bytes: a wrong one is known before anything is touched."""
    files: dict[str, str]
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write it into a copy's folder."""
        facts = asdict(self) | {"made_at": self.made_at.isoformat()}
        write_through(folder / NAME, json.dumps(facts, indent=2, sort_keys=True))


def read(folder: Path) -> Manifest:
    """Return what a copy says of itself.

    :raises Refused: if it is no copy, damaged, or of a newer kind
    """
    try:
        facts: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if facts["format"] > FORMAT:
            raise Refused(
                f"{folder} was made by a newer OpenIPT ({facts['version']}). "
                f"Install that version first."
            )
        facts["made_at"] = datetime.fromisoformat(facts["made_at"])
        facts["migrations"] = tuple(facts["migrations"])
        for name in (*facts["files"], *facts["key_files"]):
            _check_name(name)
        return Manifest(**facts)
    except FileNotFoundError:
        raise Refused(f"{folder} is no copy: it has no {NAME}.") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise Refused(f"{folder / NAME} is damaged. Take another copy.") from None


def _check_name(name: str) -> None:
    """Hold that a name stays in the folder it is looked for and written in.

    :raises ValueError: if it leads elsewhere
    """
    if Path(name).name != name or name == "..":
        raise ValueError(f"{name} is no name of a file.")


def check_files(folder: Path, manifest: Manifest, *, needed: str) -> None:
    """Hold that every file of a copy is as it was written.

    :param needed: the file without which it is no copy
    :raises Refused: if one is missing or was changed
    """
    if needed not in manifest.files:
        raise Refused(f"{folder / NAME} is damaged. Take another copy.")
    for name, wanted in manifest.files.items():
        place = folder / name
        if not place.is_file():
            raise Refused(f"{place} is missing. Take another copy.")
        if sum_of(place) != wanted:
            raise Refused(f"{place} is damaged. Take another copy.")


def sum_of(place: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    found = hashlib.sha256()
    with place.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def write_through(place: Path, text: str) -> None:
    """Write a file that only its owner can read; it is on the disk when this returns."""
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)


def flush(place: Path) -> None:
    """Have a file or folder written through to the disk."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
