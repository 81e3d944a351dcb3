"""`openipt serve` and `openipt worker`."""

import os
import signal
import socket
import threading
from typing import NoReturn

from openipt.config.dangers import dangers
from openipt.config.lifetime import end_with_parent, lock_folder
from openipt.config.memory import few_arenas
from openipt.core.errors import Refused

from . import front
from .ready import collect_static, load_django, make_ready, refuse_half_restored


def serve_for_real(*, host: str, port: int, workers: int | None) -> NoReturn:
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
    with lock_folder(settings.OPENIPT_DATA_DIR) as lock:
        make_ready()
        if not port_is_free(host, port):
            raise Refused(f"Port {port} is taken. Choose another with --port.")
        collect_static()
        front.become(front_of(host, port, workers), lock)


def front_of(host: str, port: int, workers: int | None) -> front.Front:
    """Return how to serve: SQLite has one writer, so one process with a few threads."""
    from django.db import connection, connections

    sqlite = connection.vendor == "sqlite"
    connections.close_all()
    return front.Front(
        host=host,
        port=port,
        processes=1 if sqlite else workers or os.cpu_count() or 1,
        threads=4 if sqlite else 2,
    )


def run_worker() -> int:
    """Work through the outbox until told to end.

    :raises Refused: if the record is half brought back
    """
    parent = os.environ.get(front.PARENT, "")
    if parent.isdigit():
        end_with_parent(int(parent))
    few_arenas()
    load_django()
    refuse_half_restored()
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
