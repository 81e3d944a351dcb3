"""A broken variant names file, key and reason."""

import tomllib
from copy import deepcopy
from importlib.resources import files

import pytest

from openipt.core.data_files import Table
from openipt.core.errors import DataProblem
from openipt.core.protocols import build_variant

FILE = files("openipt.core.protocols.data").joinpath("ipt_columbia.toml")
GOOD = tomllib.loads(FILE.read_text("utf-8"))


TASK = {
    "key": "own", "title": "Walk", "why": "Fresh air.", "minutes": 5, "source": "product",
    "verified": False,
}  # fmt: skip


def setting(*path, to):
    def change(values):
        *way, last = path
        for step in way:
            values = values[step]
        values[last] = to

    return change


def twice(key):
    def change(values):
        values[key].append(values[key][0])

    return change


def all_phases_fixed(values):
    values["phases"][1]["sessions"] = 9


def one_phase(values):
    values["phases"] = [values["phases"][1]]


def no_phase_fixed(values):
    del values["phases"][0]["sessions"]


def of_an_own_area(part, key):
    """Let an own area have something under a key, as a file can define it."""
    return setting(
        "areas",
        to=[{"key": "grief", "based_on": "grief", part: [{**PARTS[part], "key": key}]}],
    )


_SAID = {"text": "Is it so?", "source": "product", "verified": False}
PARTS = {
    "questions": {**_SAID, "counts": "for"},
    "stages": _SAID,
    "details": {"label": "Which", "kind": "text", "need": "may"},
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (setting("lineage", to="vienna"), "lineage: must be one of columbia, uk, iowa"),
        (setting("version", to="new"), "version must be numbers"),
        (setting("colour", to="red"), "colour: unknown key"),
        (setting("sessions", "least", to=17), "sessions: runs from 17 to 16"),
        (setting("sessions", "least", to=0), "sessions: runs from 0 to 16"),
        (setting("sessions", "least", to=6), "6 sessions are fixed, but a course may"),
        (setting("usual_sessions", to=17), "usual_sessions 17 is out of range"),
        (setting("usual_minutes", to=44), "usual_minutes 44 is out of range"),
        (all_phases_fixed, "exactly one phase takes what is left (no sessions), not 0"),
        (one_phase, "phases: a course has a beginning and an end: two at least"),
        (setting("id", to="my own"), "id: must be small letters, digits and _"),
        (setting("id", to="a" * 41), "id: must be small letters, digits and _"),
        (
            setting("phases", 0, "key", to="the/first"),
            "phases: must be small letters, digits and _, at most 40 of them, not 'the/",
        ),
        (setting("version", to="2026.01"), "version must be numbers"),
        (
            setting("measures", 0, "measure", to="phq99"),
            "measures[1].measure: 'phq99' is none of gad7, phq9",
        ),
        (setting("name", to="100% IPT"), "name: the sign '%' cannot stand in a text"),
        (
            setting("phases", 0, "name", to="{first}"),
            "phases[1].name: the sign '{' cannot stand in a text",
        ),
        (setting("summary", to="a\0b"), r"summary: the sign '\x00' cannot stand"),
        (no_phase_fixed, "not 2: initial, middle"),
        (twice("phases"), "phases: 'initial' is there twice"),
        (twice("problem_areas"), "problem_areas: 'grief' is there twice"),
        (
            of_an_own_area("questions", "x" * 41),
            "grief.questions: must be small letters",
        ),
        (of_an_own_area("stages", "x" * 41), "grief.stages: must be small letters"),
        (of_an_own_area("details", "to-day"), "grief.details: must be small letters"),
        (twice("statements"), "statements: 'end_discussed' is there twice"),
        (
            setting("minutes", "source", to="x"),
            "source 'x' is neither among the sources",
        ),
        (
            setting("phases", 0, "tasks", to=["sleep"]),
            "phases[1].tasks: 'sleep' is neither in the library",
        ),
        (
            setting("phases", 0, "sessions", to=0),
            "phases[1].sessions: must be from 1 to 100",
        ),
        (
            setting("phases", 1, "needs", to=["money"]),
            "phases[2].needs: 'money' is none of diagnosis",
        ),
        (
            setting("phases", 0, "from_session", to={"contract": 0}),
            "phases[1].from_session.contract: must be from 1 to 200",
        ),
        (
            setting("phases", 0, "from_session", to={"nap": 2}),
            "phase 'initial' lets a task 'nap' wait that it has not",
        ),
        (
            setting("problem_areas", to=["grief", "weather"]),
            "problem_areas: 'weather' is neither in the library",
        ),
        (
            setting("areas", to=[{"key": "grief", "based_on": "grieff"}]),
            "areas[1].based_on: there is no area 'grieff'",
        ),
        (
            setting("areas", to=[{"key": "own", "based_on": "grief", "mood": 1}]),
            "areas[1].mood: unknown key",
        ),
        (
            setting("tasks", to=[{**TASK, "minutes": 0}]),
            "tasks[1].minutes: must be from 1 to 120",
        ),
        (
            setting("tasks", to=[{**TASK, "opens": "moon"}]),
            "tasks[1].opens: must be one of , diagnosis",
        ),
        (setting("tasks", to=[TASK, TASK]), "tasks[2].key: tasks: 'own' is there"),
        (setting("techniques", to=["magic"]), "techniques: 'magic' is neither"),
        (
            setting("conditions", to=["gout"]),
            "conditions: 'gout' is none of depression",
        ),
        (setting("ending", "raise_before", to=12), "ending: raised 12 sessions before"),
        (setting("minutes", "source", to="own"), "source 'own' does not vouch"),
        (setting("stage", to="middle"), "stage: must be one of acute"),
        (
            setting("measures", 0, "every", to="day"),
            "measures[1].every: must be one of",
        ),
    ],
)
def test_a_mistake_is_named_by_file_key_and_reason(change, said):
    values = deepcopy(GOOD)
    change(values)

    with pytest.raises(DataProblem) as problem:
        build_variant(Table("own/mine.toml", values))

    assert str(problem.value).startswith("own/mine.toml: ")
    assert said in str(problem.value)
