"""A data folder of its own, made the way an operator makes one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DATABASE = "OPENIPT_BENCH_DATABASE"
"""The address of an empty PostgreSQL to measure on; SQLite unless it is set."""


@contextmanager
def folder_of_its_own(kept: Path | None) -> Iterator[Path]:
    """Point every setting at a folder, the one that is kept or one that goes away."""
    with tempfile.TemporaryDirectory(prefix="openipt-bench-") as thrown_away:
        folder = (kept or Path(thrown_away)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        for name in [name for name in os.environ if name.startswith("OPENIPT")]:
            if name != DATABASE:
                del os.environ[name]
        os.environ.pop("DATABASE_URL", None)
        if address := os.environ.get(DATABASE):
            os.environ["DATABASE_URL"] = address
        os.environ["OPENIPT_DATA_DIR"] = str(folder)
        os.environ["OPENIPT_PLAIN_HTTP"] = "1"
        # Nobody listens there: a mail server of this machine must hear nothing of it.
        os.environ["OPENIPT_SMTP_PORT"] = "9"
        yield folder
