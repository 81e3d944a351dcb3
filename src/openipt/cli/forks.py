"""Work done in processes of its own, whose memory is gone with them.

The process in front stays small and the other core is used: what fills a database or
copies files leaves nothing behind in the process that serves for months.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from openipt.config.lifetime import end_with_parent


@contextmanager
def meanwhile(*works: Callable[[], None]) -> Iterator[None]:
    """Do these at the same time, each in a fork of this process; leave when all are done.

    Django is loaded by then. Meanwhile this process may do what opens no database.

    :raises: what any of them raised
    """
    from django.db import connections

    # A connection that two processes hold harms the database, at least SQLite's.
    connections.close_all()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(
        len(works), context, initializer=_begin, initargs=(os.getpid(),)
    ) as forks:
        begun = [forks.submit(work) for work in works]
        yield
        for one in begun:
            one.result()


def _begin(parent: int) -> None:
    """End with the parent, and on Ctrl-C without a word: the parent says what there is."""
    end_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def elsewhere(work: Callable[[], None]) -> None:
    """Do this in a fork and wait for it.

    :raises: what it raised
    """
    with meanwhile(work):
        pass
