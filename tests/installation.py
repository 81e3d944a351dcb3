"""An installation of its own in a folder: for tests that start and kill processes.

It stands on whatever database the run is on. The first one is migrated; the others are
copies of it.
"""

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

ROOT = Path(__file__).parent.parent
ON_POSTGRES = "DATABASE_URL" in os.environ
_TEMPLATE = "openipt_template_" + uuid.uuid4().hex[:8]


class Installation:
    """A data folder, a database, and processes that use them."""

    def __init__(
        self, folder: Path, *, empty: bool = False, like: "Installation | None" = None
    ) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "OPENIPT_DATA_DIR": str(folder),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "PYTHONWARNINGS": "error",
        }
        self.database = None
        folder.mkdir(mode=0o700, exist_ok=True, parents=True)
        if not empty:
            source = like.folder if like else _template()
            shutil.copytree(source, folder, dirs_exist_ok=True)
        if ON_POSTGRES:
            self.database = "openipt_" + uuid.uuid4().hex[:8]
            template = "template0" if empty else like.database if like else _TEMPLATE
            _administer(f"CREATE DATABASE {self.database} TEMPLATE {template}")
            self.environment["DATABASE_URL"] = _address_of(self.database)

    def start(self, *words: str) -> subprocess.Popen:
        """Start `python -m …` and return the process."""
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str, timeout: float = 120) -> str:
        """Run `python -m …` to its good end and return what it printed."""
        process = self.start(*words)
        printed, _ = process.communicate(timeout=timeout)
        assert process.returncode == 0, printed
        return printed

    def run_code(self, code: str) -> str:
        """Run a few lines and return what they printed."""
        return subprocess.run(
            [sys.executable, "-c", code],
            env=self.environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def remove(self) -> None:
        """Take the database away; the folder is the test's."""
        if self.database:
            _administer(f"DROP DATABASE {self.database} WITH (FORCE)")


@functools.cache
def _template() -> Path:
    """Migrate once; return the folder to copy."""
    folder = Path(
        tempfile.mkdtemp(prefix="template-", dir=os.environ["OPENIPT_DATA_DIR"])
    )
    environment = {
        **os.environ,
        "OPENIPT_DATA_DIR": str(folder),
        "PYTHONPATH": str(ROOT / "src"),
    }
    if ON_POSTGRES:
        _administer(f"CREATE DATABASE {_TEMPLATE}")
        atexit.register(_administer, f"DROP DATABASE {_TEMPLATE}")
        environment["DATABASE_URL"] = _address_of(_TEMPLATE)
    code = (
        "from openipt.cli.ready import load_django, migrate; load_django(); migrate()"
    )
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, check=True)
    return folder


def _address_of(name: str) -> str:
    from urllib.parse import urlsplit

    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _administer(statement: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement)
