"""The press: words come in, a page goes out, and the process ends.

A process of its own, because typst needs 46 MB that nothing gives back, and because a page
that hangs or breaks must not take the worker along. The words come by a pipe: nothing of
them stands in a file or in the list of processes.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import as_file, files
from typing import Any

SECONDS = 60
"""How long a page may take before the job is tried again."""


class PressFailed(Exception):
    """A page could not be typeset. Says no more: what typst says quotes the words."""


def typeset(words: Mapping[str, Any], template: str = "summary") -> bytes:
    """Return a page as a PDF/UA-1: tagged, so that a screen reader reads it in order.

    `words` is everything that stands on it.

    :raises PressFailed: if it cannot be typeset, or takes longer than `SECONDS`
    """
    try:
        ended = subprocess.run(  # noqa: S603 -- this very file, with nothing of anybody's
            [sys.executable, "-P", "-m", __name__],
            input=json.dumps({"template": template, "words": words}).encode(),
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise PressFailed(f"{template} took longer than {SECONDS} s") from None
    if ended.returncode:
        raise PressFailed(f"{template} was refused")
    return ended.stdout


def _print(template: str, words: Mapping[str, Any]) -> bytes:
    import typst

    page = files("openipt.home") / "typst" / f"{template}.typ"
    with as_file(page) as path:
        made = typst.compile(
            str(path), sys_inputs={"data": json.dumps(words)}, pdf_standards=["ua-1"]
        )
    return bytes(made)


if __name__ == "__main__":
    asked = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(_print(asked["template"], asked["words"]))
