"""SQLite: a copy by VACUUM INTO, which readers and the writer do not wait for."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.db import connection

from openipt.keeping import manifest

from . import KEPT_APART, LEFT_OUT


class Sqlite:
    """The record in one file."""

    FILE = "record.sqlite3"

    def copy_to(self, place: Path) -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(place)])
        with closing(sqlite3.connect(place, isolation_level=None)) as copy:
            # What is deleted is overwritten: the keys must not linger in a free page.
            copy.execute("PRAGMA secure_delete=ON")
            for table in (*KEPT_APART, *LEFT_OUT):
                copy.execute(f"DELETE FROM {table}")  # noqa: S608 -- names of ours
            counts = _counts(copy)
        place.chmod(0o600)
        manifest.flush(place)
        return counts

    def is_empty(self) -> bool:
        if "people_service" not in connection.introspection.table_names():
            return True
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM people_service")
            return not cursor.fetchone()[0]

    def bring_back(self, place: Path) -> None:
        self.take_away()
        target = Path(connection.settings_dict["NAME"])
        with place.open("rb") as source, target.open("wb") as into:
            while chunk := source.read(1 << 20):
                into.write(chunk)
        target.chmod(0o600)
        manifest.flush(target)
        manifest.flush(target.parent)

    def take_away(self) -> None:
        connection.close()
        _remove(Path(connection.settings_dict["NAME"]))

    def change_whole(self, change: Callable[[], None]) -> None:
        """Change a copy beside the record, then let it take the record's name."""
        target = Path(connection.settings_dict["NAME"])
        beside = target.with_name(target.name + ".changing")
        _remove(beside)
        with connection.cursor() as cursor:
            # What waits in the log goes into the file: a log without its file is lost.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("VACUUM INTO %s", [str(beside)])
        beside.chmod(0o600)
        connection.close()
        connection.settings_dict["NAME"] = str(beside)
        try:
            change()
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            manifest.flush(beside)
            beside.replace(target)
            manifest.flush(target.parent)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = str(target)
            _remove(beside)

    def faults(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
            cursor.execute("PRAGMA foreign_key_check")
            found += [
                f"a row of {row[0]} hangs on nothing" for row in cursor.fetchall()
            ]
        return found


def _remove(place: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        place.with_name(place.name + ending).unlink(missing_ok=True)


def _counts(copy: sqlite3.Connection) -> dict[str, int]:
    tables = copy.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 -- a name from the file's own catalogue
        for (name,) in sorted(tables)
    }
