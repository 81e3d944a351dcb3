"""The ways of working for what it is for: those made for it first, with what is known."""

import re

import pytest

from openipt.core.protocols import offered_variants
from openipt.courses.models import Contract, Course

from .starting import START, filled, text_of

WAYS = "/courses/start/ways/"


@pytest.fixture
def client(cast):
    return cast.client("ines")


def offered(page):
    """Return the ways that stand open on a page, and those that are folded."""
    names = re.compile(r'name="variant_id"[^>]* value="([^"]+)"')
    shown = page.split('id="id_variant_id"')[1].split("What is different")[0]
    first, _, others = shown.partition("Other ways")
    return names.findall(first), names.findall(others)


@pytest.mark.parametrize("ask", ["part", "address", "button"])
def test_what_was_made_for_it_comes_first(client, ask):
    """Also without scripts: by an address, or by the button in the form."""
    if ask == "part":
        answer = client.get(WAYS, {"condition": "bipolar_disorder"})
    elif ask == "address":
        answer = client.get(START, {"condition": "bipolar_disorder"})
    else:
        form = filled(condition="bipolar_disorder", variant_id="", show_ways="on")
        answer = client.post(START, form)

    page = text_of(answer)
    first, others = offered(page)
    assert answer.status_code == 200
    assert first == ["ipsrt"]
    assert "ipt_individual_columbia" in others
    assert "always beside medicine" in page
    assert "Miklowitz" in page


def test_for_depression_what_is_for_other_conditions_is_folded(client):
    first, others = offered(text_of(client.get(WAYS, {"condition": "depression"})))

    assert {"ipt_individual_columbia", "ipt_group_who"} <= set(first)
    assert {"ipsrt", "ipt_ptsd", "ipt_bpd", "ipt_eating_disorder"} == set(others)


def test_with_nothing_chosen_all_of_them_stand_there(client):
    page = text_of(client.get(START))

    assert len(offered(page)[0]) == len(offered_variants())
    assert "Other ways" not in page


def test_where_no_way_was_made_for_it_the_others_stand_open(client):
    page = text_of(client.get(WAYS, {"condition": "anxiety"}))

    assert "No way of working here was made for this: Anxiety." in page
    assert '<details class="more" open>' in page


@pytest.mark.parametrize(
    ("condition", "said", "source"),
    [
        ("substance_use", "outcomes were the same with IPT and without", "Rounsaville"),
        ("anorexia", "supportive management did better than IPT", "McIntosh"),
    ],
)
def test_what_trials_spoke_against_is_said_before_the_choice(
    cast, client, condition, said, source
):
    """P20; and the choice has a reason."""
    page = text_of(client.get(START, {"condition": condition}))
    assert said in page
    assert source in page

    asked = client.post(START, filled(condition=condition))
    assert asked.status_code == 422
    assert not Course.objects.filter(therapist=cast.ines).exists()
    form = filled(condition=condition, reason="They know, and wish it.")
    assert client.post(START, form).status_code == 302
    assert Contract.objects.get(course__therapist=cast.ines).reason


def test_what_was_chosen_stays_chosen(client):
    asked = {
        "condition": "depression",
        "variant_id": "ipsrt",
        "excluded": "ipt_adolescent:psychotic",
    }
    page = text_of(client.get(WAYS, asked))

    assert re.search(r'value="ipsrt" checked', page)
    assert 'value="ipt_adolescent:psychotic" checked' in page
    assert '<details class="more" open>' in page


def test_the_button_keeps_what_was_typed_and_judges_nothing(cast, client):
    form = filled(show_ways="on", sessions="200", missing_rule="It still counts.")
    page = text_of(client.post(START, form))

    assert 'value="Clara Moss"' in page
    assert 'value="200"' in page
    assert "It still counts." in page
    assert "field-error" not in page
    assert not Course.objects.filter(therapist=cast.ines).exists()
