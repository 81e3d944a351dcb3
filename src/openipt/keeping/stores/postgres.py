"""PostgreSQL: a copy by its own pg_dump, in the snapshot in which the rows are counted."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from django.db import connection, transaction

from openipt.core.errors import Refused
from openipt.keeping import manifest

from . import KEPT_APART, LEFT_OUT, count_rows

_TABLES = """SELECT c.oid::regclass::text FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')"""
_FUNCTIONS = """SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE p.pronamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""
"""What extensions brought is not ours to drop."""


class Postgres:
    """The record in a database server."""

    FILE = "record.dump"

    def copy_to(self, place: Path) -> dict[str, int]:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            left_out = [
                f"--exclude-table-data={name}" for name in (*KEPT_APART, *LEFT_OUT)
            ]
            _run(
                "pg_dump",
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={snapshot}",
                f"--file={place}",
                *left_out,
            )
            counts = count_rows()
        place.chmod(0o600)
        manifest.flush(place)
        return counts | dict.fromkeys((*KEPT_APART, *LEFT_OUT), 0)

    def is_empty(self) -> bool:
        return not connection.introspection.table_names()

    def bring_back(self, place: Path) -> None:
        _run(
            "pg_restore",
            "--exit-on-error",
            "--single-transaction",
            "--no-owner",
            "--no-privileges",
            f"--dbname={connection.settings_dict['NAME']}",
            str(place),
        )

    def take_away(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_TABLES)
            tables = [row[0] for row in cursor.fetchall()]
            if tables:
                cursor.execute(f"DROP TABLE {', '.join(tables)} CASCADE")
            cursor.execute(_FUNCTIONS)
            for (function,) in cursor.fetchall():
                cursor.execute(f"DROP FUNCTION {function} CASCADE")

    def change_whole(self, change: Callable[[], None]) -> None:
        """Change everything in one transaction: this server's tables take part in it."""
        with transaction.atomic(durable=True):
            change()

    def faults(self) -> list[str]:
        """The server holds its constraints itself; nothing that pg_restore took breaks one."""
        return []


def _run(tool: str, *words: str) -> None:
    """Run one of the server's own tools on this database.

    :raises Refused: if it is not installed, or fails
    """
    folder = os.environ.get("OPENIPT_PG_BIN", "")
    found = shutil.which(tool, path=folder or None)
    if not found:
        raise Refused(
            f"{tool} is not here. Install the client tools of your PostgreSQL, or set "
            f"OPENIPT_PG_BIN to the folder where they are."
        )
    ended = subprocess.run(  # noqa: S603 -- the server's own tool, words of ours
        [found, *words],
        env=os.environ | _address(),
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        # Its words may quote a row, so only the first line is shown, which names the fault.
        said = (ended.stderr.strip().splitlines() or ["no reason given"])[0]
        hint = (
            " Set OPENIPT_PG_BIN to the folder of the tools of your server's version."
            if "version mismatch" in said
            else ""
        )
        raise Refused(f"{tool} failed: {said[:200]}.{hint}")


def _address() -> dict[str, str]:
    settings = connection.settings_dict
    known = {
        "PGDATABASE": settings["NAME"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGSSLMODE": settings["OPTIONS"].get("sslmode", ""),
    }
    return {name: str(value) for name, value in known.items() if value}
