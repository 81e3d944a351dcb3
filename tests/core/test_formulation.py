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
