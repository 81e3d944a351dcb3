"""Whom a way of working is for (P18-P20), asked where the course is agreed."""

import pytest

from openipt.courses.models import Contract, Course
from tests.courses.starting import START, filled, text_of

REASON = "We talked about it at length."


@pytest.fixture
def client(cast):
    return cast.client("ines")


def started(cast):
    return Course.objects.filter(therapist=cast.ines).first()


YOUNG = {
    "variant_id": "ipt_adolescent",
    "sessions": "12",
    "born_on": "2010-05-01",
}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"born_on": "1988-03-09"}, "is for people from 12 to 18; this person is 38"),
        ({"excluded": "ipt_adolescent:psychotic"}, "not for this person: Psychotic"),
        ({"condition": "bipolar_disorder"}, "not for this person: Bipolar disorder"),
    ],
)
def test_whom_it_is_not_for_is_refused_with_the_source(cast, client, changes, said):
    response = client.post(START, filled(**{**YOUNG, "reason": REASON, **changes}))

    page = text_of(response)
    assert response.status_code == 422
    assert said in page
    assert "IPT for adolescents" in page
    assert 'value="Clara Moss"' in page
    assert started(cast) is None


def test_what_speaks_against_another_way_does_not_count(cast, client):
    form = filled(**{**YOUNG, "excluded": "ipt_group_who:suicidal"})

    assert client.post(START, form).status_code == 302


def test_what_was_ticked_is_still_ticked_on_the_page_that_comes_back(client):
    page = text_of(
        client.post(START, filled(**YOUNG, excluded="ipt_adolescent:psychotic"))
    )

    assert 'value="ipt_adolescent:psychotic" checked' in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"condition": "bipolar_disorder"}, "always beside medicine"),
        ({"condition": "substance_use"}, "outcomes were the same with IPT and without"),
        (YOUNG | {"born_on": ""}, "the date of birth is not known here"),
        (
            {
                "condition": "bipolar_disorder",
                "variant_id": "ipsrt",
                "sessions": "20",
            },
            "goes together with medicine",
        ),
    ],
)
def test_what_is_not_advised_asks_a_reason_and_goes_on(cast, client, changes, said):
    response = client.post(START, filled(**changes))

    assert response.status_code == 422
    assert said in text_of(response)
    assert client.post(START, filled(reason=REASON, **changes)).status_code == 302
    assert Contract.objects.get(course=started(cast)).reason == REASON


def test_with_a_prescriber_nothing_is_asked(cast, client):
    form = filled(
        condition="bipolar_disorder",
        variant_id="ipsrt",
        sessions="20",
        prescriber="Dr Beispiel",
    )

    response = client.post(START, form)

    assert response.status_code == 302
    assert Contract.objects.get(course=started(cast)).prescriber == "Dr Beispiel"
    assert "Dr Beispiel" in text_of(client.get(response["Location"]))
