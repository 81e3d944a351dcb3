"""A served installation that is shot at, and people who go on sending."""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from openipt.core.ids import new_id
from tests import people
from tests.cli.processes import Visitor, children_of, free_port, wait_until
from tests.installation import Installation

FILL = """
from openipt.cli.ready import load_django
load_django()
from tests import people
people.gather_with_courses.__wrapped__()
"""
REPORT = """
import json
from openipt.cli.ready import load_django
load_django()
from django.db import connection
from openipt.practice.models import Entry
from openipt.vault import keys
with keys.scope():
    kept = [str(row.submission_id) for row in Entry.objects.all() if row.content["moments"]]
sound = "ok"
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        sound = cursor.fetchone()[0]
print(json.dumps({"kept": kept, "sound": sound}))
"""


class Server:
    """`openipt serve` of an installation; it can be killed and started again."""

    def __init__(self, where: Installation) -> None:
        self.where = where
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self) -> None:
        with (self.where.folder.parent / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "openipt", "serve", "--port", str(self.port)],
                env={**self.where.environment, "OPENIPT_PLAIN_HTTP": "1"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        assert wait_until(self.answers, 60), "serve did not begin to answer"

    def answers(self) -> bool:
        return status_of(self.address) == 200

    def kill(self, whom: str, dice: random.Random) -> None:
        """Kill the parent, one of its children, or all of them at once, with -9."""
        leader = self.process.pid
        family = sorted(children_of(leader))
        children = [pid for pid in family if pid != leader]
        victims = {
            "parent": [leader],
            "worker": [dice.choice(children)] if children else [leader],
            "group": family,
        }[whom]
        for victim in victims:
            os.kill(victim, signal.SIGKILL)

    def stop(self) -> None:
        """End whatever is left of it, and wait until nothing is."""
        for pid in children_of(self.process.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait(timeout=30)
        assert wait_until(lambda: not children_of(self.process.pid), 20)


def status_of(address: str, path: str = "/help/") -> int:
    try:
        return Visitor(address).get(path)[0]
    except (OSError, http.client.HTTPException):
        return 0


class Sender(threading.Thread):
    """Ana, who writes one hard moment after another until she is told to stop."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address = address
        self.tried: list[str] = []
        self.acknowledged: list[str] = []
        self.seen: set[int] = set()
        self.pages: list[str] = []
        self._stop_now = threading.Event()

    def run(self) -> None:
        visitor = None
        while not self._stop_now.is_set():
            try:
                visitor = visitor or self._signed_in()
                self.send(visitor, str(new_id()))
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
            except AttributeError:  # no form where it should be: signed out
                visitor = None
                time.sleep(0.5)

    def send(self, visitor: Visitor, submission: str) -> int:
        """Send one moment; whatever was answered 2xx or 3xx counts as acknowledged."""
        self.tried.append(submission)
        status, _url, page = visitor.post(
            "/week/new/",
            submission_id=submission,
            version="0",
            what_happened="It was said at last.",
            with_whom="Tomas",
            did="said_it",
            try_next="Say it again.",
        )
        self.seen.add(status)
        if status == 200:
            self.acknowledged.append(submission)
        else:
            self.pages.append(page)
        return status

    def _signed_in(self) -> Visitor:
        visitor = Visitor(self.address)
        status, url, _page = visitor.sign_in("ana@test.example", people.PASSWORD)
        if status != 200 or "login" in url:
            raise OSError("not signed in yet")
        return visitor

    def stop(self) -> None:
        self._stop_now.set()
        self.join(timeout=60)


def note(what: str, *, tried: int, acknowledged: int, lost: int) -> None:
    """Print the figures of a run; keep them in the file $OPENIPT_FIGURES names, if any."""
    line = f"{time.strftime('%Y-%m-%d')} | {what} | {tried} | {acknowledged} | {lost}"
    print(line)
    if kept_in := os.environ.get("OPENIPT_FIGURES"):
        with Path(kept_in).open("a") as file:
            file.write(line + "\n")
