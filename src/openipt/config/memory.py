"""How much memory the processes take from the machine."""

import ctypes
import sys

M_ARENA_MAX = -8
ENOUGH = 2


def few_arenas() -> None:
    """Let all threads of this process share two pools of memory, where the C library can.

    glibc gives each thread a pool of its own that never shrinks; Python runs one thread at
    a time, so they would mostly hold what nobody uses. Processes forked later inherit it.
    """
    if sys.platform == "linux":
        set_option = getattr(ctypes.CDLL(None), "mallopt", None)
        if set_option is not None:
            set_option(M_ARENA_MAX, ENOUGH)
