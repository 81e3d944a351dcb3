"""The process in front: web processes and the worker are forked from it, and end with it.

It loads the product once. Whatever is forked afterwards shares that memory for as long as
nobody writes to it, so a second web process costs little, and another worker is there at
once. It opens no database and no key itself.
"""

import gc
import multiprocessing
import os
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from openipt.config.lifetime import call_itself, end_with_parent
from openipt.config.memory import few_arenas
from openipt.core.errors import Refused

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

_FORK = multiprocessing.get_context("fork")

_LOOK_EVERY = 0.5
"""Seconds between two looks whether the worker is there."""
_WITHOUT_WORKER = 2.0
"""Seconds until another one starts: one that cannot start must not keep a core busy."""
_TO_END = 10.0
"""Seconds that the worker has to finish what it is doing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Front:
    """Where to listen, by how many web processes of how many threads."""

    host: str
    port: int
    processes: int
    threads: int


def load_pages() -> None:
    """Load every page of the product, which takes most of the time of its first answer."""
    from django.urls import get_resolver

    get_resolver().reverse_dict  # noqa: B018 -- asking for it is what loads them


def run(front: Front, *, when_ready: Callable[[], None] | None = None) -> int:
    """Serve until told to end; static files are in their place by now."""
    from granian import Granian
    from granian.constants import Interfaces

    few_arenas()
    application = _load()
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
            respawn_failed_workers=True,
            log_enabled=False,
            websockets=False,
        ).serve(
            target_loader=partial(_be_web, application, os.getpid()), wrap_loader=False
        )
    finally:
        ended.set()
        working.join()
    return 0


def _load() -> Any:
    """Return the product, loaded whole: what is loaded here no fork holds for itself.

    Nothing is collected first: a fork would write into the holes that this leaves.
    """
    from django.db import connections
    from django.utils.module_loading import autodiscover_modules

    from openipt.config.wsgi import application
    from openipt.outbox import worker  # noqa: F401 -- for the worker

    load_pages()
    autodiscover_modules("jobs")
    connections.close_all()
    gc.freeze()
    return application


def _be_web(application: Any, parent: int) -> Any:
    """Go on as a web process: it must not outlive the one in front and keep the port."""
    call_itself("openipt-web")
    end_with_parent(parent)
    return application


def _begin_worker() -> "ForkProcess":
    worker = _FORK.Process(target=_be_worker, args=(os.getpid(),))
    worker.start()
    return worker


def _be_worker(parent: int) -> None:
    from .worker import work

    end_with_parent(parent)
    try:
        work()
    except Refused as refused:
        sys.exit(str(refused))


def _keep_working(worker: "ForkProcess", ended: threading.Event) -> None:
    """Begin another worker where one is gone; told to end, end the one that is there.

    It passes alerts on: what the system killed for want of memory must not stay away
    until somebody looks.
    """
    while not ended.wait(_LOOK_EVERY):
        if not worker.is_alive() and not ended.wait(_WITHOUT_WORKER):
            worker = _begin_worker()
    worker.terminate()
    worker.join(_TO_END)
    worker.kill()


def _tell_when_ready(front: Front, tell: Callable[[], None]) -> None:
    address = f"http://{front.host}:{front.port}/help/"
    for _attempt in range(600):
        with suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
            if answer.status == HTTPStatus.OK:
                tell()
                return
        time.sleep(0.1)
