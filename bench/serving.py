"""A real `openipt serve` on this machine: questionnaires through its door, its memory."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from .asking import TOKEN, timed

READY_WITHIN = 60.0
MEBIBYTE = 1024


@dataclass(frozen=True, slots=True)
class Sheet:
    """A questionnaire that was begun: whose session, where it is sent and what."""

    cookie: str
    path: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    process: subprocess.Popen[bytes]

    def memory(self) -> dict[str, int]:
        """Return the mebibytes of each process: shared pages count in equal parts."""
        found = {}
        for pid in _processes_of(self.process.pid):
            with suppress(OSError):
                found[f"{_name_of(pid)} {pid}"] = _share_of(pid) // MEBIBYTE
        return found


@contextmanager
def serving() -> Iterator[Server]:
    """Serve the folder of this process until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["serve", "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-m", "openipt", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(port, process)
        yield Server(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def one_after_the_other(server: Server, sheets: Sequence[Sheet]) -> float:
    """Send each; return the median in milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    return median(timed(partial(_send, connection, sheet)) for sheet in sheets)


def at_once(server: Server, sheets: Sequence[Sheet], clients: int) -> float:
    """Send all by so many clients; return how many went through in a second."""

    def work(mine: Sequence[Sheet]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        for sheet in mine:
            _send(connection, sheet)

    threads = [
        threading.Thread(target=work, args=(sheets[n::clients],))
        for n in range(clients)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(sheets) / (time.perf_counter() - began)


def _send(connection: http.client.HTTPConnection, sheet: Sheet) -> None:
    connection.request(
        "POST",
        sheet.path,
        urlencode({**sheet.fields, "csrfmiddlewaretoken": TOKEN}),
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": sheet.cookie,
            "Origin": f"http://127.0.0.1:{connection.port}",
        },
    )
    answer = connection.getresponse()
    answer.read()
    where = answer.headers.get("Location", "")
    if answer.status != http.HTTPStatus.FOUND or "/result/" not in where:
        raise AssertionError(f"a questionnaire was answered {answer.status} {where}")


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/help/")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        time.sleep(0.05)
    raise AssertionError("serve did not answer")


def _processes_of(session: int) -> list[int]:
    """Return every process of the session that the server leads."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if os.getsid(int(entry.name)) == session:
                    found.append(int(entry.name))
    return sorted(found)


def _name_of(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text("utf-8").strip()


def _share_of(pid: int) -> int:
    """Return the kibibytes of a process, shared ones divided by those who share them."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
