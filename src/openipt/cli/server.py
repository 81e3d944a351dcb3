"""`openipt serve` and `openipt worker`."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from openipt.config.dangers import dangers
from openipt.config.lifetime import end_with_parent, lock_folder
from openipt.config.memory import few_arenas
from openipt.core.errors import Refused

from .ready import collect_static, load_django, make_ready

PARENT = "OPENIPT_PARENT"


def serve_for_real(*, host: str, port: int, workers: int | None) -> int:
    """Serve until told to end.

    :raises Refused: if the database is of another version, the folder in use, the port
        taken or an open address unprotected
    """
    load_django()
    from django.conf import settings

    if host not in {"127.0.0.1", "::1", "localhost"} and not settings.OPENIPT_SECURE:
        raise Refused(
            "Without HTTPS this serves 127.0.0.1 only. Remove OPENIPT_PLAIN_HTTP, or "
            "leave out --host."
        )
    for name, said in dangers():
        raise Refused(f"{said} ({name})")
    with lock_folder(settings.OPENIPT_DATA_DIR):
        make_ready()
        if not port_is_free(host, port):
            raise Refused(f"Port {port} is taken. Choose another with --port.")
        collect_static()
        return run_server(host=host, port=port, workers=workers)


def run_server(
    *,
    host: str,
    port: int,
    workers: int | None,
    when_ready: Callable[[], None] | None = None,
) -> int:
    """Run web processes and the worker; all end together."""
    from django.db import connection, connections
    from granian import Granian
    from granian.constants import Interfaces

    few_arenas()
    sqlite = connection.vendor == "sqlite"
    processes = 1 if sqlite else workers or os.cpu_count() or 1
    connections.close_all()
    os.environ[PARENT] = str(os.getpid())
    job_process = subprocess.Popen([sys.executable, "-m", "openipt", "worker"])
    if when_ready:
        threading.Thread(
            target=_tell_when_ready, args=(host, port, when_ready), daemon=True
        ).start()
    try:
        Granian(
            "openipt.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=processes,
            blocking_threads=4 if sqlite else 2,
            log_enabled=False,
            websockets=False,
        ).serve()
    finally:
        job_process.terminate()
        with suppress(subprocess.TimeoutExpired):
            job_process.wait(timeout=10)
        job_process.kill()
    return 0


def run_worker() -> int:
    """Work through the outbox until told to end."""
    parent = os.environ.get(PARENT, "")
    if parent.isdigit():
        end_with_parent(int(parent))
    few_arenas()
    load_django()
    from openipt.outbox import worker

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker.run(stop, f"{socket.gethostname()}-{os.getpid()}")
    return 0


def port_is_free(host: str, port: int) -> bool:
    """Return True if nothing listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _tell_when_ready(host: str, port: int, tell: Callable[[], None]) -> None:
    address = f"http://{host}:{port}/help/"
    for _attempt in range(600):
        with suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
            if answer.status == HTTPStatus.OK:
                tell()
                return
        time.sleep(0.1)
