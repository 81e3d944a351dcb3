"""What was entered becomes a paragraph; what nobody entered is not said."""

import pytest

from openipt.core.formulation import Known, draft, load_sentences


def text_of(known):
    return " ".join(str(one) for one in draft(known))


def test_nothing_is_said_of_nothing():
    assert draft(Known()) == ()


def test_everything_is_said_in_order():
    known = Known(
        illness="A depression", measure="PHQ-9", total=0, scored_on="1 May 2026",
        treatable=True, words="The grey", areas=[("grief", "Ruth.")], sessions=12,
        last_on="1 August 2026",
    )  # fmt: skip

    text = text_of(known)

    wanted = ["A depression", "came to 0 points", "not your fault", "mourn: Ruth.",
              "The grey", "in 12 sessions", "you feel better"]  # fmt: skip
    places = [text.index(one) for one in wanted]
    assert places == sorted(places)
    assert "Ruth.." not in text


@pytest.mark.parametrize(
    "key", ["grief", "role_dispute", "role_transition", "deficits"]
)
def test_an_area_is_said_with_and_without_whom(key):
    assert "Ruth" in text_of(Known(areas=[(key, "Ruth")]))
    assert load_sentences().area(key).plain in text_of(Known(areas=[(key, "")]))


def test_an_area_of_a_service_is_said_in_its_own_words():
    assert "this: the twins" in text_of(Known(areas=[("twins", "the twins")]))


def test_braces_that_somebody_typed_stay_words():
    assert "{illness}" in text_of(Known(illness="{illness}"))


def test_what_was_around_it_is_said_between_the_onset_and_the_work():
    known = Known(
        illness="a depression.", onset="No sleep, May 2026",
        before=[("Moved", "April 2026"), ("Tomas left", "")],
        areas=[("role_transition", "alone in the town")],
        details={"role_transition": {"old_role": "Married.", "losses": "", "odd": "x"}},
        supports=[("Jo", "Listens."), ("Ida", "")], goals=["Know three people."],
        sessions=12, weeks=14, last_on="1 August 2026",
    )  # fmt: skip

    text = text_of(known)

    wanted = [
        "A depression: that is the name", "began like this: No sleep, May 2026.",
        "there was this: Moved (April 2026); Tomas left.", "alone in the town", "Before: Married.",
        "carries you: Jo: Listens; Ida.", "12 sessions over 14 weeks, the last of them",
        "What you want to reach: Know three people.",
    ]  # fmt: skip
    places = [text.index(one) for one in wanted]
    assert places == sorted(places)
    assert "What you lost" not in text
    assert "feel better" not in text


def test_what_happened_is_not_said_without_an_onset():
    assert text_of(Known(before=[("Moved", "April 2026")])) == ""


def test_only_so_much_of_a_life_stands_in_a_paragraph():
    before = [(f"Event {n}", "") for n in range(9)]
    text = text_of(Known(onset="May", before=before))

    assert "Event 8" in text
    assert "Event 3" not in text


def test_a_stage_is_said_in_words_and_an_unknown_one_is_not():
    said = {"role_dispute": {"stage": "impasse"}}
    assert "no longer talk" in text_of(
        Known(areas=[("role_dispute", "J")], details=said)
    )

    odd = {"role_dispute": {"stage": "of_my_own"}}
    assert "of_my_own" not in text_of(Known(areas=[("role_dispute", "J")], details=odd))
