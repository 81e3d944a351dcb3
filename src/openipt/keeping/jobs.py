"""Every night a copy, every week a drill, where the operator has named a place.

Each runs as a process of its own, by the operator's command: the worker sends alerts and
must not wait for a disk. How it ended stands in the record, and `doctor` sees its age.
"""

import subprocess
import sys
from pathlib import Path

from django.conf import settings

from openipt.outbox import periodic

from . import copying

DAY = 24 * 60 * 60
_running: dict[str, "subprocess.Popen[bytes]"] = {}


def _place() -> Path | None:
    return Path(settings.OPENIPT_BACKUP_DIR) if settings.OPENIPT_BACKUP_DIR else None


def _has_place() -> bool:
    return _place() is not None


def _has_copies() -> bool:
    place = _place()
    return place is not None and bool(copying.copies_in(place))


@periodic("keeping.copy", every=DAY, when=_has_place)
def copy() -> None:
    """Begin tonight's copy; keyrings older than 30 days and copies beyond 14 go."""
    _begin("backup", str(_place()), "--keep", str(copying.COPIES_KEPT))


@periodic("keeping.drill", every=7 * DAY, when=_has_copies)
def weekly_drill() -> None:
    """Begin to try the newest copy."""
    _begin("drill", str(_place()))


def _begin(*words: str) -> None:
    """Start one of our commands unless the last of its kind still runs."""
    last = _running.get(words[0])
    if last is None or last.poll() is not None:
        # What it says goes where the worker's log goes; a refusal is one sentence.
        _running[words[0]] = subprocess.Popen(  # noqa: S603 -- ourselves, words of ours
            [sys.executable, "-m", "openipt", *words], stdout=subprocess.DEVNULL
        )
