"""Connections that were opened while the disk could not be written.

SQLite opens a database for reading where it cannot write, and a thread keeps its
connection: the disk heals, the thread never does. So for a while after the record could
not be reached no connection outlives its request.
"""

import time
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import connections

FOR = 60.0
"""Seconds. Each further trouble begins them anew."""

_until = float("-inf")


def begin() -> None:
    """Note that the record could not be reached just now."""
    global _until  # noqa: PLW0603 -- one disk for all threads of the process
    _until = time.monotonic() + FOR


def watch() -> None:
    """Look at the beginning and at the end of every request."""
    request_started.connect(_renew, dispatch_uid="openipt.sql.renewing.started")
    request_finished.connect(_renew, dispatch_uid="openipt.sql.renewing.finished")


def _renew(**_signal: Any) -> None:
    if time.monotonic() < _until:
        for connection in connections.all(initialized_only=True):
            if not connection.in_atomic_block:
                connection.close()
