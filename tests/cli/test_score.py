"""`openipt score` as people and scripts use it: a process of its own, no database."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.once


def run(*words):
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO")}
    surroundings["OPENIPT_DATA_DIR"] = "/nonexistent/not-to-be-made"
    return subprocess.run(
        [sys.executable, "-m", "openipt", *words],
        capture_output=True,
        check=False,
        text=True,
        env={**surroundings, "PYTHONPATH": "src"},
    )


def test_score_prints_id_total_and_band():
    ended = run("score", "phq9", *"120132100")

    assert (ended.returncode, ended.stdout, ended.stderr) == (
        0,
        "phq9 10 moderate\n",
        "",
    )


def test_score_says_dash_when_too_much_is_missing():
    ended = run("score", "phq9", "1", "2", "-", "-", "-", "2", "1", "0", "0")

    assert (ended.returncode, ended.stdout) == (0, "phq9 - -\n")


def test_score_as_json_tells_what_it_did():
    ended = run("score", "phq9", *"120132101", "--json")

    assert json.loads(ended.stdout) == {
        "measure": "phq9",
        "version": json.loads(ended.stdout)["version"],
        "total": 11,
        "band": "moderate",
        "prorated": False,
        "missing": 0,
        "risk": "amber",
    }


@pytest.mark.parametrize(
    "words",
    [
        ("score", "phq8x", "1"),
        ("score", "phq9", "1", "2"),
        ("score", "phq9", *"000000004"),
        ("score", "phq9", *"00000000x"),
        ("score", "phq9", *"0000000000"),
        ("score", "phq9"),
        ("score",),
    ],
)
def test_score_refuses_with_one_sentence(words):
    ended = run(*words)

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "Traceback" not in ended.stderr
