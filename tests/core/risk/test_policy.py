"""The policy as data, and what is wrong with a broken one."""

import tomllib
from datetime import time, timedelta
from importlib.resources import files

import pytest

from openipt.core.data_files import Table
from openipt.core.errors import DataProblem
from openipt.core.risk import PolicyStep, load_policy
from openipt.core.risk.policy import build_policy

TEXT = files("openipt.core.risk.data").joinpath("escalation.toml").read_text("utf-8")


def broken(old, new):
    with pytest.raises(DataProblem) as problem:
        build_policy(Table("mine.toml", tomllib.loads(TEXT.replace(old, new))))
    return str(problem.value)


def test_the_default_policy_is_as_agreed():
    policy = load_policy()

    assert policy.morning == time(9, 30)
    assert policy.version == "2026.1"
    lines = [
        (line.level, line.to, line.wait, line.after // timedelta(minutes=1))
        for line in policy.no_acknowledgement
    ]
    assert lines == [
        ("amber", "therapist", "elapsed", 0),
        ("amber", "deputy", "working", 240),
        ("red", "therapist", "elapsed", 0),
        ("red", "deputy", "elapsed", 15),
        ("red", "supervisor", "elapsed", 30),
        ("red", "manager", "elapsed", 60),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("morning = 09:30:00", "", "morning: is missing"),
        ("morning = 09:30:00", 'morning = "9"', "morning: must be a time of day"),
        ('to = "manager"', 'to = "boss"', "no_acknowledgement[6].to: must be one of"),
        ("minutes = 240", "minutes = -1", "minutes: must be from 0 to 10000, not -1"),
        ("repeat_minutes = 30", "repeat_minutes = 0", "repeat_minutes: must be from 1"),
        (
            'level = "amber"',
            'level = "red"',
            "no_acknowledgement says nothing about am",
        ),
        ("morning =", "lunch = 1\nmorning =", "lunch: unknown key"),
    ],
)
def test_a_broken_policy_is_named_by_file_key_and_reason(old, new, said):
    message = broken(old, new)

    assert message.startswith("mine.toml: ")
    assert said in message


def test_a_repetition_without_length_is_refused():
    with pytest.raises(ValueError, match="repeat must be longer"):
        PolicyStep(
            level="red",
            to="manager",
            wait="elapsed",
            after=timedelta(0),
            repeat=timedelta(0),
        )
