"""From a clean clone to the first page: what somebody does who only wants to look."""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent


def seconds_to_first_page() -> float:
    """Clone, `make demo`, wait for its line; the package cache is as warm as it is."""
    with tempfile.TemporaryDirectory(prefix="openipt-clone-") as place:
        began = time.perf_counter()
        clone = Path(place) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        demo = subprocess.Popen(
            ["make", "demo"],
            cwd=clone,
            env=_of_a_newcomer(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        try:
            for line in demo.stdout or ():
                if line.startswith("OpenIPT demo:"):
                    return time.perf_counter() - began
            raise AssertionError("make demo ended without a page")
        finally:
            os.killpg(demo.pid, signal.SIGTERM)
            demo.wait(timeout=30)


def _of_a_newcomer() -> dict[str, str]:
    """Return the environment without our settings and what `make bench` was asked for."""
    ours = ("OPENIPT", "DJANGO_", "MAKE", "MFLAGS", "ARGS")
    return {k: v for k, v in os.environ.items() if not k.startswith(ours)}
