"""What is said of a way of working where it is chosen and where it is agreed."""

import re

import pytest

from openipt.courses.models import Focus

from .starting import START, text_of

DEFICITS = {"area": "deficits", "deficits-considered": "on"}


def note_of(page, variant_id):
    """Return the line of numbers under the name of a way of working."""
    return re.search(rf'id="{variant_id}_about">([^<]*)<', page)[1]


def follow(cast, variant_id):
    course = cast.extra["ana"]
    course.variant_id = variant_id
    course.save(update_fields=["variant_id"])
    return course


@pytest.mark.parametrize(
    ("variant_id", "said"),
    [
        ("ipt_individual_columbia", "12 to 16 sessions · 45 to 60 minutes · 4 problem areas"),
        ("ipt_brief", "8 sessions · 3 problem areas"),
        ("ipt_est", "3 sessions"),
        ("ipt_ptsd", ""),
        ("ipsrt", "45 to 60 minutes"),
        ("ipt_inpatient", "15 sessions"),
    ],
)  # fmt: skip
def test_a_number_is_shown_where_it_was_read(cast, variant_id, said):
    page = text_of(cast.client("ines").get(START))

    assert note_of(page, variant_id) == said


def test_the_source_of_the_areas_is_the_variants_own(cast):
    page = text_of(cast.client("ines").get(START))

    assert page.count("Problem areas: MOMCare") == 1
    assert "Problem areas: A proposal of this product" not in page


def test_where_the_areas_are_a_proposal_another_one_has_a_reason(cast):
    course = follow(cast, "ipt_ptsd")
    client, address = cast.client("tomas"), f"/courses/{course.pk}/focus/"

    asked = client.post(address, DEFICITS)
    assert asked.status_code == 422
    assert "these problem areas are proposed here" in text_of(asked)
    assert "A proposal of this product" in text_of(asked)
    assert not Focus.objects.exists()

    assert client.post(address, DEFICITS | {"reason": "It is so"}).status_code == 302
    assert Focus.objects.get().reason == "It is so"
    page = text_of(client.get(f"/courses/{course.pk}/"))
    assert "Interpersonal deficits" in page


def test_where_the_areas_were_read_no_other_is_offered(cast):
    course = follow(cast, "ipt_brief")

    asked = cast.client("tomas").post(
        f"/courses/{course.pk}/focus/", DEFICITS | {"reason": "It is so"}
    )

    assert asked.status_code == 422
    assert not Focus.objects.exists()


def test_meetings_beside_the_sessions_are_said_where_a_course_begins(cast):
    page = text_of(cast.client("ines").get(START))

    assert "Engagement session: before the first session" in page
    assert "Session with parents, up to 3: at any time of the course" in page
    assert "Individual meeting in the middle: after session 10" in page
    assert "The calendar does not lay these out: agree the day with the person." in page


@pytest.mark.parametrize("page", ["contract/", "contract/new/"])
def test_meetings_beside_the_sessions_are_said_where_a_contract_is(cast, page):
    course = follow(cast, "ipt_brief")
    client = cast.client("tomas")

    assert "Engagement session" in text_of(client.get(f"/courses/{course.pk}/{page}"))
    follow(cast, "ipt_individual_columbia")
    without = text_of(client.get(f"/courses/{course.pk}/{page}"))
    assert "Beside the numbered sessions" not in without
