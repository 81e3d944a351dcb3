"""The drill: the newest copy is brought back in a place of its own, checked and removed."""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import ProgrammingError, connection

from openipt.core.errors import Refused

from . import manifest, operations
from .copying import copy_key_files
from .restoring import find_copy

_LONGEST = 60 * 60


def run_drill(place: Path, *, at: datetime) -> int:
    """Bring the newest copy back as if this machine were gone; return the seconds it took.

    A process of its own does it, by the command that an operator would use. What it
    needs lies in the data folder, beside the keys themselves, and goes afterwards; what
    a drill that was killed has left goes first.

    :raises Refused: if there is no copy, it could not be brought back, or a drill runs
    """
    copy = find_copy(place)
    began = time.monotonic()
    with _scratch() as scratch, _address() as url:
        ended = subprocess.run(  # noqa: S603 -- ourselves, words of ours
            [sys.executable, "-m", "openipt", "restore", str(copy),
             "--keys", str(_key_files(scratch))],
            env=_surroundings(scratch / "data", url),
            capture_output=True, text=True, check=False, timeout=_LONGEST,
        )  # fmt: skip
    seconds = round(time.monotonic() - began)
    went_well = ended.returncode == 0
    operations.note(
        kind="drill",
        went_well=went_well,
        at=at,
        seconds=seconds,
        copied_at=manifest.read(copy).made_at,
    )
    if not went_well:
        raise Refused(ended.stderr.strip()[:500] or "The drill failed.")
    return seconds


@contextmanager
def _scratch() -> Iterator[Path]:
    """Give an empty folder that only this drill uses.

    :raises Refused: if another drill has it
    """
    folder = Path(settings.OPENIPT_DATA_DIR) / "drill"
    with (folder.with_suffix(".lock")).open("a", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                "Another drill is running. Wait until it has ended."
            ) from None
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _key_files(scratch: Path) -> Path:
    """Lay out the key files as an operator keeps them: in one folder, by their names."""
    place = scratch / "keys-kept"
    copy_key_files(place)
    return place


def _surroundings(folder: Path, url: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k != "OPENIPT_KEK_FILES"}
    kept |= {"OPENIPT_DATA_DIR": str(folder), "DATABASE_URL": url}
    return kept


@contextmanager
def _address() -> Iterator[str]:
    """Give the address of an empty database: on PostgreSQL one that is dropped again.

    :raises Refused: if this account may not make one
    """
    if connection.vendor != "postgresql":
        yield ""
        return
    name = f"{connection.settings_dict['NAME']}_drill"
    quoted = connection.ops.quote_name(name)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {quoted}")
    except ProgrammingError as refused:
        raise Refused(
            "The drill needs a database of its own. Let the account of DATABASE_URL "
            "create one (ALTER ROLE … CREATEDB)."
        ) from refused
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")
