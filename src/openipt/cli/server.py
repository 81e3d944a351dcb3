"""`openipt serve`."""

import os
import socket

from openipt.config.dangers import dangers
from openipt.config.lifetime import lock_folder
from openipt.core.errors import Refused

from . import front
from .forks import elsewhere
from .ready import collect_static, load_django, make_ready


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
        elsewhere(make_ready)
        if not port_is_free(host, port):
            raise Refused(f"Port {port} is taken. Choose another with --port.")
        elsewhere(collect_static)
        return front.run(front_of(host, port, workers))


def front_of(host: str, port: int, workers: int | None = None) -> front.Front:
    """Return how to serve: SQLite has one writer, so one process with a few threads."""
    from django.db import connection

    sqlite = connection.vendor == "sqlite"
    return front.Front(
        host=host,
        port=port,
        processes=workers or (1 if sqlite else os.cpu_count() or 1),
        threads=4 if sqlite else 2,
    )


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
