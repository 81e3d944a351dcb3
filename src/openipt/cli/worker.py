"""`openipt worker`, and the worker that `openipt serve` has beside it."""

import os
import signal
import socket
import threading

from openipt.config.lifetime import call_itself
from openipt.config.memory import few_arenas

from .ready import load_django, refuse_half_restored


def run_worker() -> int:
    """Work through the outbox until told to end.

    :raises Refused: if the record is half brought back
    """
    few_arenas()
    load_django()
    work()
    return 0


def work() -> None:
    """Be a worker until told to end; Django is loaded.

    :raises Refused: if the record is half brought back
    """
    call_itself("openipt-worker")
    refuse_half_restored()
    from openipt.outbox import worker

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker.run(stop, f"{socket.gethostname()}-{os.getpid()}")
