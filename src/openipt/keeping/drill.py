"""The drill: the newest copy is brought back in a place of its own, checked and removed."""

import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from openipt.core.errors import Refused
from openipt.vault import files as key_files

from . import manifest, operations
from .restoring import find_copy

_LONGEST = 60 * 60


def run_drill(place: Path, *, at: datetime) -> int:
    """Bring the newest copy back as if this machine were gone; return the seconds it took.

    A process of its own does it, by the command that an operator would use.

    :raises Refused: if there is no copy, or it could not be brought back
    """
    copy = find_copy(place)
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="openipt-drill-") as scratch,
        _address() as url,
    ):
        ended = subprocess.run(  # noqa: S603 -- ourselves, words of ours
            [sys.executable, "-m", "openipt", "restore", str(copy),
             "--keys", str(_key_files(Path(scratch)))],
            env=_surroundings(Path(scratch) / "data", url),
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


def _key_files(scratch: Path) -> Path:
    """Lay out the key files as an operator keeps them: in one folder, by their names."""
    place = scratch / "keys-kept"
    place.mkdir(mode=0o700)
    for path in [*key_files.kek_files().values(), *key_files.folder().glob("*.key")]:
        if not (place / path.name).exists():
            key_files.write(place / path.name, path.read_bytes())
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
    from django.db import ProgrammingError

    name = f"openipt_drill_{uuid.uuid4().hex[:8]}"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
    except ProgrammingError as refused:
        raise Refused(
            "The drill needs a database of its own. Let the account of DATABASE_URL "
            "create one (ALTER ROLE … CREATEDB)."
        ) from refused
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
