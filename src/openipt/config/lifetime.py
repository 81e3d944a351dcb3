"""Processes that end together, and a folder that only one server may use."""

import ctypes
import fcntl
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import IO

from openipt.core.errors import Refused

PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15


def end_with_parent(parent: int) -> None:
    """End this process when `parent` is gone: by the kernel on Linux, else by watching.

    A server's worker would otherwise outlive a killed parent and keep the port.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def call_itself(name: str) -> None:
    """Give this process a name of its own in the system's lists, on Linux.

    A fork is otherwise called what the process in front was called by. `name` has at most
    15 letters, as the kernel keeps no more.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode("ascii"))


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def lock_folder(folder: Path) -> IO[str]:
    """Take the exclusive lock of a data folder; it is held while the file stays open.

    :raises Refused: if another server has it
    """
    file = (folder / "serve.lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        file.close()
        raise Refused(
            f"Another OpenIPT already serves {folder}. End it first, or set "
            f"OPENIPT_DATA_DIR to another folder."
        ) from held
    return file
