"""Events: what they hold, how they are kept, which kinds there are."""

import pytest

from openipt.core.data_files import parse
from openipt.core.errors import DataProblem
from openipt.core.timeline import (
    SHAPES,
    Event,
    Moment,
    around,
    as_content,
    event_of,
    load_kinds,
)
from openipt.core.timeline.loading import kinds_in


def event(when="2019", **more):
    return Event(
        title=more.pop("title", "Moved"), kind="home", when=Moment.of(when), **more
    )


def test_an_event_is_kept_and_read_again():
    said = event(
        "2019-winter", until=Moment.of("2020-05-02"), effect=-3, whom=("a", "b"),
        words="Boxes", is_onset=True,
    )  # fmt: skip

    content = as_content(said)

    assert "is_onset" not in content
    assert event_of(content, is_onset=True) == said


def test_what_an_older_version_did_not_know_has_its_default():
    content = {"title": "Moved", "kind": "home", "when": "2019", "colour": "red"}

    assert event_of(content, is_onset=False) == event()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"effect": 4},
        {"effect": -4},
        {"until": Moment.of("2018")},
        {"until": Moment.of("2020"), "lasts": True},
    ],
)
def test_what_cannot_be_is_no_event(wrong):
    with pytest.raises(ValueError, match=r".+"):
        event(**wrong)


def test_every_kind_has_a_shape_of_its_own():
    kinds = load_kinds()

    assert {"loss", "conflict", "symptoms", "medicine", "treatment", "other"} <= set(
        kinds
    )
    assert len({kind.shape for kind in kinds.values()}) == len(kinds) <= len(SHAPES)


KIND = '[[kinds]]\nkey = "{}"\nlabel = "A"\nshape = "{}"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (KIND.format("a", "cloud"), "must be one of"),
        (KIND.format("a", "star") + KIND.format("a", "round"), "is there already"),
        (KIND.format("a", "star") + KIND.format("b", "star"), "already tells another"),
        (KIND.format("a", "star") + 'colour = "red"', "unknown key"),
    ],
)
def test_a_wrong_file_of_kinds_is_named(text, said):
    with pytest.raises(DataProblem, match=said):
        kinds_in(parse("kinds.toml", text.encode()))


def near(*events):
    return [one.title for one in around(events, lambda one: one)]


def test_around_the_onset_is_a_year_before_to_three_months_after():
    onset = event("2025-06-15", title="Onset", is_onset=True)
    others = [
        event("2024-06-14", title="a day too early"),
        event("2024-06-15", title="a year before"),
        event("2025-06-15", title="the same day"),
        event("2025-09-15", title="three months after"),
        event("2025-09-16", title="a day too late"),
        event("2024", title="some time in 2024"),
        event("2001", title="ended then", until=Moment.of("2025-01")),
        event("2001", title="goes on", lasts=True),
    ]

    assert near(onset, *others) == [
        "ended then", "some time in 2024", "a year before", "the same day",
        "three months after",
    ]  # fmt: skip


def test_without_an_onset_nothing_is_around_it():
    assert near(event(), event("2020")) == []
