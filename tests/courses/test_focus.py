"""What a course works on: one problem area, two at most, rows that stay."""

from datetime import timedelta

import pytest

from openipt.core.errors import Invalid
from openipt.courses import operations
from openipt.courses.models import Focus
from tests import people

from .starting import text_of


@pytest.fixture
def course(cast):
    return cast.extra["ana"]


@pytest.fixture
def address(course):
    return f"/courses/{course.pk}/focus/"


DISPUTE = {
    "area": "role_dispute",
    "role_dispute-counterpart": "her brother",
    "role_dispute-stage": "impasse",
}
GRIEF = {"area": "grief", "grief-who": "her father", "reason": "He died in spring"}
TRANSITION = {
    "area": "role_transition",
    "role_transition-old_role": "at work",
    "role_transition-new_role": "retired",
}
SECOND = {"reason": "Both began at once"}


def open_areas():
    found = Focus.objects.filter(ended_at__isnull=True)
    return sorted(found.values_list("area", flat=True))


def test_areas_are_offered_in_plain_words(cast, address):
    page = text_of(cast.client("tomas").get(address))

    assert "Role dispute" in page
    assert "Grief" in page
    assert "choose_when" not in page
    assert page.count('name="area"') == 4


def test_iowa_offers_its_three(cast):
    course = operations.start_course(
        person=cast.ana,
        by=cast.tomas,
        at=people.NOW,
        condition="depression",
        variant_id="ipt_individual_iowa",
        sessions=12,
        minutes=50,
        first_on=people.NOW.date() + timedelta(days=2),
        wall_time=cast.extra["ana"].series.wall_time,
        reason="Both are needed for a while.",
    )
    client = cast.client("tomas")

    page = text_of(client.get(f"/courses/{course.pk}/focus/"))
    refused = client.post(f"/courses/{course.pk}/focus/", {"area": "deficits"})

    assert page.count('name="area"') == 3
    assert refused.status_code == 422


def test_focus_is_set_and_shown(cast, course, address):
    client = cast.client("tomas")

    response = client.post(address, DISPUTE | {"about": "her brother"})

    page = text_of(client.get(response["Location"]))
    assert response.status_code == 302
    assert "Role dispute" in page
    assert "her brother" in page


def test_second_focus_is_possible_and_a_third_is_refused_with_the_reason(cast, address):
    client = cast.client("tomas")
    client.post(address, DISPUTE)
    client.post(address, GRIEF)

    response = client.post(address, TRANSITION)

    page = text_of(response)
    assert response.status_code == 422
    assert "works on 2 problem areas at most" in page
    assert "Hinrichsen" in page
    assert 'value="retired"' in page
    assert open_areas() == ["grief", "role_dispute"]


def test_ended_focus_makes_room_and_stays_in_the_record(cast, course, address):
    client = cast.client("tomas")
    client.post(address, DISPUTE)
    client.post(address, GRIEF)
    first = Focus.objects.get(area="role_dispute")

    client.post(f"{address}{first.pk}/end/", {"why": "changed"})
    response = client.post(address, TRANSITION | SECOND)

    assert response.status_code == 302
    assert open_areas() == ["grief", "role_transition"]
    assert Focus.objects.count() == 3


def test_same_focus_twice_is_once(cast, address):
    client = cast.client("tomas")
    client.post(address, GRIEF | {"about": "her father"})
    client.post(address, GRIEF | {"about": "her father"})

    assert Focus.objects.count() == 1


def test_other_words_for_the_same_area_are_a_new_row(cast, address):
    client = cast.client("tomas")
    client.post(address, GRIEF | {"about": "her father"})
    client.post(address, DISPUTE | SECOND)
    response = client.post(address, GRIEF | {"about": "her parents"})

    assert response.status_code == 302
    assert Focus.objects.count() == 3
    assert open_areas().count("grief") == 1
    assert Focus.objects.get(area="grief", ended_at=None).about == "her parents"


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"area": "weather"}, 422),
        ({"area": "complicated_pregnancy"}, 422),
        (GRIEF | {"about": "x" * 401}, 422),
        (GRIEF | {"about": "a\0b"}, 422),
        (GRIEF | {"about": "<b>x</b> \u202e 👩‍🚀"}, 302),
    ],
)
def test_bad_input_gets_a_sentence(cast, address, form, status):
    client = cast.client("tomas")

    response = client.post(address, form)

    assert response.status_code == status
    assert "<b>x</b>" not in text_of(client.get(address))
    assert Focus.objects.exists() is (status == 302)


@pytest.mark.parametrize("who", ["sofia", "ines", "max", "ana", "omar"])
def test_only_the_care_team_sets_and_ends_it(cast, course, address, who):
    focus = operations.set_focus(
        course=course, area="grief", about="", by=cast.tomas, at=people.NOW
    )
    client = cast.client(who)

    assert client.get(address).status_code == 404
    assert client.post(address, DISPUTE).status_code == 404
    assert client.post(f"{address}{focus.pk}/end/").status_code == 404
    assert open_areas() == ["grief"]


def test_what_was_typed_while_a_focus_ended_is_given_back(cast, course, address):
    focus = operations.set_focus(
        course=course, area="grief", about="", by=cast.tomas, at=people.NOW
    )
    operations.end_focus(focus=focus, by=cast.tomas, at=people.NOW)
    client = cast.client("tomas")

    late = client.post(
        f"{address}{focus.pk}/", GRIEF | {"version": "1", "about": "His last year"}
    )
    moved = client.post(f"{address}{focus.pk}/stage/", {"stage": "x", "version": "1"})

    page = text_of(late)
    assert late.status_code == moved.status_code == 409
    assert "This focus has ended" in page
    assert "Nothing was overwritten" in page
    for words in ("her father", "He died in spring", "His last year"):
        assert f"{words}</textarea>" in page
    assert client.get(f"{address}{focus.pk}/").status_code == 404
    assert Focus.objects.get().about is None


def test_focus_of_another_course_is_not_there(cast, course, address):
    other = operations.set_focus(
        course=cast.extra["bea"], area="grief", about="", by=cast.tomas, at=people.NOW
    )

    assert cast.client("tomas").post(f"{address}{other.pk}/end/").status_code == 404
    assert open_areas() == ["grief"]


def test_ending_twice_changes_nothing(cast, course):
    focus = operations.set_focus(
        course=course, area="grief", about="", by=cast.tomas, at=people.NOW
    )
    later = people.NOW + timedelta(days=1)

    operations.end_focus(focus=focus, by=cast.tomas, at=people.NOW)
    operations.end_focus(focus=focus, by=cast.tomas, at=later)

    focus.refresh_from_db()
    assert focus.ended_at == people.NOW


def test_operation_refuses_an_area_that_the_variant_lacks(cast, course):
    with pytest.raises(Invalid, match="does not have this problem area"):
        operations.set_focus(
            course=course, area="weather", about="", by=cast.tomas, at=people.NOW
        )
