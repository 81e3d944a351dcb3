"""A copy, a new machine, and the person reads what they wrote."""

import json
import re
import subprocess
import sys

import pytest

from tests.cli.processes import Visitor, free_port, wait_until
from tests.installation import ROOT
from tests.keeping.places import ENTRY, openipt, rows, said, tools
from tests.people import PASSWORD

DJANGO = "from openipt.cli.ready import load_django\nload_django()\n"
RESTORED = f"""{DJANGO}
from openipt.audit.models import AuditEvent
print(AuditEvent.objects.filter(action="keeping.record.restored").count())
"""
SESSIONS = f"""{DJANGO}
from django.contrib.sessions.models import Session
print(Session.objects.count())
"""
DESTROYED = f"""{DJANGO}
from openipt.vault.models import DataKey
print(*DataKey.objects.exclude(destroyed_at=None).values_list("subject", flat=True))
"""
KILLED = f"""{DJANGO}
import os, sys
from openipt.keeping import restoring
restoring.WHERE = lambda *_: os._exit(9)
sys.argv = ["openipt", "restore", COPIES, "--keys", KEYS]
from openipt.cli import main
main()
"""


def restore(machine, tmp_path, *words):
    return openipt(
        machine, "restore", str(tmp_path / "copies"),
        "--keys", str(tmp_path / "safe"), *words,
    )  # fmt: skip


def taken_keys(machine):
    """The key files that a restore has put there; the secret of Django is no such."""
    keys = (machine.folder / "keys").glob("*.key")
    return {path.name for path in keys} - {"secret.key"}


def plain(place):
    """What a file of a copy holds; a dump of PostgreSQL is packed."""
    if place.name != "record.dump":
        return place.read_bytes()
    unpacked = subprocess.run(
        [f"{tools()}/pg_restore", "--file=-", place], capture_output=True, check=True
    )
    return unpacked.stdout


def served(machine):
    """Serve a machine; return the process and its address once it answers."""
    port = free_port()
    machine.environment["OPENIPT_PLAIN_HTTP"] = "1"
    process = machine.start("openipt", "serve", "--port", str(port), "--workers", "1")
    visitor = Visitor(f"http://127.0.0.1:{port}/")
    assert wait_until(lambda: _answers(visitor), 60), process.stdout.read()
    return process, visitor


def _answers(visitor):
    try:
        return visitor.get("/help/")[0] == 200
    except OSError:
        return False


def test_a_person_reads_their_entry_on_a_new_machine(
    copied, old_machine, new_machine, tmp_path
):
    ended = restore(new_machine, tmp_path)

    assert ended.returncode == 0, ended.stderr
    assert "recovery mode" in ended.stdout
    assert old_machine.run_code(SESSIONS) == "1\n"
    assert new_machine.run_code(SESSIONS) == "0\n"  # everybody signs in anew
    process, visitor = served(new_machine)
    try:
        visitor.sign_in("ana@test.example", PASSWORD)
        page = visitor.get("/week/")[2]
        entry = re.search(r"/week/[0-9a-f-]{36}/", page).group()
        assert ENTRY in visitor.get(entry)[2]
        assert "may be missing here" in visitor.get("/today/")[2]
    finally:
        process.terminate()
        process.communicate(timeout=30)
    verified = openipt(new_machine, "audit", "verify", "--json")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert new_machine.run_code(RESTORED) == "1\n"


def test_a_missing_key_file_is_named_and_the_place_stays_empty(
    copied, new_machine, tmp_path
):
    ended = openipt(new_machine, "restore", str(tmp_path / "copies"))

    assert "kek-" in said(ended)
    assert "--keys" in ended.stderr
    assert taken_keys(new_machine) == set()


@pytest.mark.parametrize("kind", ["kek-*", "blind", "audit"])
def test_a_wrong_key_file_is_named_and_the_place_stays_empty(
    copied, new_machine, tmp_path, kind
):
    key = next((tmp_path / "safe").glob(f"{kind}.key"))
    right = key.read_bytes()
    key.write_bytes(bytes(byte ^ 1 for byte in right))

    ended = restore(new_machine, tmp_path)

    assert key.name in said(ended)
    assert "another key" in ended.stderr
    assert taken_keys(new_machine) == set()
    if kind == "blind":
        key.write_bytes(right)
        assert restore(new_machine, tmp_path).returncode == 0


def test_a_place_in_use_is_left_alone(copied, old_machine, tmp_path):
    before = rows(old_machine)

    assert "already" in said(restore(old_machine, tmp_path))
    assert rows(old_machine) == before


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda copy: (copy / "manifest.json").write_text("{"), "manifest.json"),
        (lambda copy: next(copy.glob("record.*")).unlink(), "missing"),
        (lambda copy: _flip(next(copy.glob("record.*"))), "damaged"),
        (lambda copy: _flip(next(copy.parent.glob("keyrings/*"))), "keyring"),
    ],
)
def test_a_harmed_copy_is_refused_by_name(copied, new_machine, tmp_path, harm, words):
    harm(next((tmp_path / "copies").glob("openipt-*")))

    assert words in said(restore(new_machine, tmp_path))


@pytest.mark.parametrize("away", ["../../planted.key", "/tmp/planted.key", ".."])
def test_a_copy_that_names_files_elsewhere_writes_none_there(
    copied, new_machine, tmp_path, away
):
    copy = next((tmp_path / "copies").glob("openipt-*"))
    (tmp_path / "safe" / "x" / "y").mkdir(parents=True)
    key = next((tmp_path / "safe").glob("kek-*"))
    (tmp_path / "planted.key").write_bytes(key.read_bytes())
    facts = json.loads((copy / "manifest.json").read_text())
    facts["key_files"][away] = facts["key_files"][key.name]
    (copy / "manifest.json").write_text(json.dumps(facts))

    ended = openipt(
        new_machine, "restore", str(copy), "--keys", str(tmp_path / "safe" / "x")
    )

    assert "manifest.json" in said(ended)
    assert taken_keys(new_machine) == set()


def test_a_copy_that_leaves_its_record_unsummed_is_refused(
    copied, new_machine, tmp_path
):
    copy = next((tmp_path / "copies").glob("openipt-*"))
    facts = json.loads((copy / "manifest.json").read_text())
    facts["files"] = {}
    (copy / "manifest.json").write_text(json.dumps(facts))

    assert "manifest.json" in said(restore(new_machine, tmp_path))


def _flip(place):
    harmed = bytearray(place.read_bytes())
    harmed[len(harmed) // 2] ^= 255
    place.write_bytes(harmed)


def test_no_copy_at_all_is_a_sentence(new_machine, tmp_path):
    assert "not there" in said(
        openipt(new_machine, "restore", str(tmp_path / "nowhere"))
    )


def test_key_files_never_lie_beside_the_copy(old_machine, tmp_path):
    place = tmp_path / "copies"

    ended = openipt(old_machine, "backup", str(place), "--keys", str(place / "keys"))

    assert "outside" in said(ended)


def test_a_copy_holds_no_word_that_anybody_typed(copied, tmp_path):
    told = b""
    for place in (tmp_path / "copies").rglob("*"):
        if place.is_file():
            assert place.stat().st_mode & 0o077 == 0, place
            told += plain(place)
    assert b"ana@test.example" in told  # in clear, as SECURITY says: we do read it
    for word in (ENTRY, "blue kitchen", "Ana Holm", PASSWORD):
        assert word.encode() not in told
        assert word.encode("utf-16-le") not in told


def test_a_key_destroyed_since_the_copy_stays_destroyed(copied, new_machine, tmp_path):
    ring = next((tmp_path / "copies" / "keyrings").glob("*"))
    lines = [json.loads(line) for line in ring.read_text().splitlines()]
    gone = next(line for line in lines if line["kind"] == "person")
    gone |= {"wrapped": "", "kek_id": "", "destroyed_at": "2026-11-24T09:00:00+00:00"}
    newer = ring.with_name("openipt-29991231T000000Z.jsonl")
    newer.write_text("".join(json.dumps(line) + "\n" for line in lines))

    ended = restore(new_machine, tmp_path)

    assert ended.returncode == 0, ended.stderr
    assert new_machine.run_code(DESTROYED) == f"{gone['subject']}\n"


@pytest.mark.parametrize("where", ["_take_keyring", "_write_down", "_swap_anchors"])
def test_a_restore_that_was_killed_is_not_served_and_can_be_done_again(
    copied, new_machine, tmp_path, where
):
    code = (
        KILLED.replace("WHERE", where)
        .replace("COPIES", repr(str(tmp_path / "copies")))
        .replace("KEYS", repr(str(tmp_path / "safe")))
    )
    killed = subprocess.run(
        [sys.executable, "-c", code],
        env=new_machine.environment, cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert killed.returncode == 9, killed.stderr

    new_machine.environment["OPENIPT_PLAIN_HTTP"] = "1"
    assert "openipt restore" in said(openipt(new_machine, "serve"))
    ended = restore(new_machine, tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert new_machine.run_code(RESTORED) == "1\n"
