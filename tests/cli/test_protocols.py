"""`openipt protocols` as a service uses it: list, show, check, drop in."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from openipt.cli import protocols
from openipt.core.protocols import load_variants

pytestmark = pytest.mark.once

BRIEF = Path("src/openipt/core/protocols/data/ipt_brief.toml").read_text("utf-8")
OWN = BRIEF.replace('id = "ipt_brief"', 'id = "ipt_brief_own"')


@pytest.fixture
def run(tmp_path):
    def run(*words):
        surroundings = {
            k: v for k, v in os.environ.items() if not k.startswith("DJANGO")
        }
        surroundings |= {"OPENIPT_DATA_DIR": str(tmp_path), "PYTHONPATH": "src"}
        return subprocess.run(
            [sys.executable, "-m", "openipt", "protocols", *words],
            capture_output=True, check=False, text=True, env=surroundings,
        )  # fmt: skip

    return run


def test_list_prints_id_version_and_name_of_each(run):
    ended = run("list")

    lines = ended.stdout.splitlines()
    assert (ended.returncode, ended.stderr) == (0, "")
    assert [line.split()[0] for line in lines] == list(load_variants())
    assert "ipt_brief 2026.1 Brief IPT" in lines


def test_list_answers_as_json(run):
    rows = json.loads(run("list", "--json").stdout)

    assert {
        "id": "ipc",
        "version": "2026.1",
        "name": "Interpersonal counselling",
    } in rows


@pytest.mark.parametrize("variant", sorted(load_variants()))
def test_show_tells_a_variant_whole(capsys, variant):
    """Each phase, task and area, with its source and what nobody has read."""
    known = load_variants()[variant]

    assert protocols.print_variant(variant, as_json=False) == 0

    lines = capsys.readouterr().out.splitlines()
    for phase in known.phases:
        for task in phase.tasks:
            line = next(one for one in lines if f"task {task.key}:" in one)
            assert known.source(task.source).title in line
            assert ("not read in its source" in line) != task.verified
    for area in known.problem_areas:
        assert any(f"area {area.key}: {area.name}" in line for line in lines)
    protocols.print_variant(variant, as_json=True)
    plain = json.loads(capsys.readouterr().out)
    assert [phase["key"] for phase in plain["phases"]] == [p.key for p in known.phases]
    assert {one["key"] for one in plain["sources"]} == {
        one.key for one in known.named_sources
    }


def test_show_is_a_command(run):
    ended = run("show", "ipt_brief")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Brief IPT" in ended.stdout


def test_an_unknown_variant_is_named_with_the_known_ones(run):
    ended = run("show", "ipt_lunar")

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "There is no variant 'ipt_lunar'. Known: ipc, ipsrt" in ended.stderr


def test_check_says_right_or_the_first_mistake(run, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(OWN, encoding="utf-8")
    good = run("check", str(file))
    file.write_text(OWN.replace("usual_sessions = 8", "usual_sessions = 9"))
    bad = run("check", str(file))
    as_json = run("check", str(file), "--json")
    gone = run("check", str(tmp_path / "nothing.toml"))

    assert (good.returncode, good.stdout) == (0, "ipt_brief_own 2026.1 is right.\n")
    assert (bad.returncode, bad.stdout) == (1, "")
    assert bad.stderr == "mine.toml: usual_sessions 9 is out of range\n"
    assert (as_json.returncode, json.loads(as_json.stdout)["ok"]) == (1, False)
    assert gone.returncode == 2
    assert "There is no file" in gone.stderr


def change(before, after):
    assert before in OWN
    return OWN.replace(before, after, 1).encode()


MISTAKES = {
    "unknown key": (
        b"colour = 1\n" + OWN.encode(),
        "colour: unknown key; known here: ",
    ),
    "no phase is left": (
        change('key = "middle"', 'key = "middle"\nsessions = 3'),
        "phases: exactly one phase takes what is left (no sessions), not 0",
    ),
    "unknown area": (
        change("problem_areas = [", 'problem_areas = ["weather", '),
        "problem_areas: 'weather' is neither in the library nor defined in this file",
    ),
    "unknown task": (
        change("tasks = [", 'tasks = ["nap", '),
        "phases[1].tasks: 'nap' is neither in the library nor defined in this file",
    ),
    "in a circle": (
        change('"ipt_individual_columbia"', '"ipt_brief_own"'),
        "based_on: goes in a circle: ipt_brief_own > ipt_brief_own",
    ),
    "wrong type": (
        change("usual_sessions = 8", 'usual_sessions = "8"'),
        "usual_sessions: must be a whole number, not '8'",
    ),
    "no id": (
        change('id = "ipt_brief_own"\n', ""),
        "id: is missing; it must be a text",
    ),
    "there already": (BRIEF.encode(), "id: ipt_brief 2026.1 is already installed"),
    "no version": (change('"2026.1"', '"new"'), "version must be numbers with points"),
    "no UTF-8": (OWN.encode() + b"# \xff", "is not UTF-8: invalid start byte at byte "),
    "no TOML": (b"id = ", "is not TOML: Invalid value (at end of document)"),
    "too deep": (b"x = " + b"[" * 5000, "is not TOML: "),
    "nothing": (b"", "id: is missing; it must be a text"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_check_names_each_kind_of_mistake_in_one_line(run, tmp_path, mistake):
    content, said = MISTAKES[mistake]
    file = tmp_path / "mine.toml"
    file.write_bytes(content)

    ended = run("check", str(file))

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"mine.toml: {said}")
    assert len(ended.stderr.splitlines()) == 1


def test_a_file_in_the_services_folder_is_a_variant(run, tmp_path):
    folder = tmp_path / "protocols"
    folder.mkdir()
    (folder / "own.toml").write_text(OWN, encoding="utf-8")

    assert "ipt_brief_own 2026.1 Brief IPT" in run("list").stdout
    assert run("check", str(folder / "own.toml")).returncode == 0
    (folder / "own.toml").write_text(OWN.replace("[sessions]", "[meetings]"))
    ended = run("list")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "own.toml: sessions: is missing" in ended.stderr
