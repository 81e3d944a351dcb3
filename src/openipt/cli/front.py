"""The process in front: it starts the web processes and the worker, and ends with them.

It loads nothing of the product: it lives as long as the service, and would hold forty
mebibytes that only the others need.
"""

import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import IO, NoReturn

from openipt.config.memory import few_arenas

PARENT = "OPENIPT_PARENT"

_LOOK_EVERY = 0.5
"""Seconds between two looks whether the worker is there."""
_WITHOUT_WORKER = 2.0
"""Seconds until another one starts: one that cannot start must not keep a core busy."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Front:
    """Where to listen, by how many web processes of how many threads."""

    host: str
    port: int
    processes: int
    threads: int


def become(front: Front, lock: IO[str]) -> NoReturn:
    """Go on as the process in front and nothing else; the folder stays locked."""
    os.set_inheritable(lock.fileno(), True)
    words = [str(value) for value in asdict(front).values()]
    os.execv(sys.executable, [sys.executable, "-m", __name__, *words])  # noqa: S606 -- ourselves


def run(front: Front, *, when_ready: Callable[[], None] | None = None) -> int:
    """Serve until told to end."""
    from granian import Granian
    from granian.constants import Interfaces

    few_arenas()
    os.environ[PARENT] = str(os.getpid())
    ended = threading.Event()
    # Here and not in the thread: beside the fork of a web process it would never begin.
    first = _begin_worker()
    working = threading.Thread(target=_keep_working, args=(first, ended))
    working.start()
    if when_ready:
        threading.Thread(
            target=_tell_when_ready, args=(front, when_ready), daemon=True
        ).start()
    try:
        Granian(
            "openipt.config.wsgi:application",
            address=front.host,
            port=front.port,
            interface=Interfaces.WSGI,
            workers=front.processes,
            blocking_threads=front.threads,
            log_enabled=False,
            websockets=False,
        ).serve()
    finally:
        ended.set()
        working.join()
    return 0


def _begin_worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "openipt", "worker"])


def _keep_working(worker: "subprocess.Popen[bytes]", ended: threading.Event) -> None:
    """Begin another worker where one is gone; told to end, end the one that is there.

    It passes alerts on: what the system killed for want of memory must not stay away
    until somebody looks.
    """
    while not ended.wait(_LOOK_EVERY):
        if worker.poll() is not None and not ended.wait(_WITHOUT_WORKER):
            worker = _begin_worker()
    worker.terminate()
    with suppress(subprocess.TimeoutExpired):
        worker.wait(timeout=10)
    worker.kill()


def _tell_when_ready(front: Front, tell: Callable[[], None]) -> None:
    address = f"http://{front.host}:{front.port}/help/"
    for _attempt in range(600):
        with suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
            if answer.status == HTTPStatus.OK:
                tell()
                return
        time.sleep(0.1)


if __name__ == "__main__":
    host, *numbers = sys.argv[1:]
    port, processes, threads = map(int, numbers)
    sys.exit(run(Front(host=host, port=port, processes=processes, threads=threads)))
