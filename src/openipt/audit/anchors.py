"""The heads of the chain in a file beside the database: one line `seq hash at` each.

Whoever cuts the newest events off the table would have to cut this file as well; keep a
copy of it elsewhere and even that shows.
"""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

_LINE = re.compile(r"([1-9]\d{0,17}) ([0-9a-f]{64}) \S+\n?")
_CONTRADICTED = ""
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchors:
    """What a file of anchors says: the hash at each anchored number."""

    hashes: dict[int, str]
    last: int

    def contradict(self, seq: int, hash_of_event: str) -> bool:
        """Tell whether an anchor gives this number another hash."""
        return self.hashes.get(seq, hash_of_event) != hash_of_event


def path() -> Path:
    """Return where this installation keeps its anchors."""
    folder: Path = settings.OPENIPT_DATA_DIR
    return folder / "anchors"


def append(seq: int, head: str, at: datetime) -> None:
    """Add the head of the chain; it is on the disk when this returns."""
    place = path()
    line = f"{seq} {head} {at.astimezone(UTC).isoformat(timespec='seconds')}\n"
    descriptor = os.open(place, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if _is_torn(descriptor):
            line = "\n" + line
        os.write(descriptor, line.encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(place: Path) -> Anchors:
    """Return what a file of anchors says; no file is no anchors.

    A line torn by a crash is left out. A number with two hashes fits neither.
    """
    hashes: dict[int, str] = {}
    if place.exists():
        with place.open(encoding="ascii", errors="replace") as lines:
            for line in lines:
                if match := _LINE.fullmatch(line):
                    seq, head = int(match[1]), match[2]
                    if hashes.setdefault(seq, head) != head:
                        hashes[seq] = _CONTRADICTED
    return Anchors(hashes=hashes, last=max(hashes, default=0))


def last_of(place: Path) -> tuple[int, datetime] | None:
    """Return number and instant of the newest anchor in a file, None if it has none."""
    newest = None
    with place.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if _LINE.fullmatch(line):
                seq, _hash, at = line.split()
                with suppress(ValueError):
                    newest = max(
                        newest or (0, _NEVER), (int(seq), datetime.fromisoformat(at))
                    )
    return newest


def _is_torn(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return bool(size) and os.pread(descriptor, 1, size - 1) != b"\n"
