"""The file of a course's way of working was taken away: pages say so, the rest stays open."""

import pytest

from openipt.courses.models import Course
from openipt.safety import operations as safety
from openipt.safety.operations import RiskSource
from tests import people
from tests.journal import text_of


@pytest.fixture
def course(cast):
    Course.objects.filter(pk=cast.extra["ana"].pk).update(
        variant_id="our_own", variant_version="2026.1"
    )
    return cast.extra["ana"]


def test_the_care_team_reads_which_file_is_missing_and_what_to_do(cast, course):
    client = cast.client("tomas")

    for page in ("", "issues/", "goals/", "phase/"):
        answer = client.get(f"/courses/{course.pk}/{page}")
        said = text_of(answer)
        assert answer.status_code == 503
        assert "protocol our_own 2026.1 is not installed" in said
        assert "openipt doctor" in said
    assert client.get(f"/courses/{cast.extra['bea'].pk}/").status_code == 200


def test_what_was_typed_comes_back(cast, course):
    address = f"/courses/{course.pk}/issues/add/"

    answer = cast.client("tomas").post(address, {"title": "They never talk"})

    assert answer.status_code == 503
    assert "They never talk</textarea>" in text_of(answer)


def test_the_person_reads_a_sentence_and_finds_help(cast, course):
    answer = cast.client("ana").get("/my/therapy/plan/")

    page = text_of(answer)
    assert answer.status_code == 503
    assert "Your sessions take place as planned" in page
    assert "Need help now?" in page
    assert "our_own" not in page
    assert "doctor" not in page


@pytest.mark.parametrize("page", ["/today/", "/week/", "/help/", "/my/therapy/"])
def test_the_day_of_the_person_opens_all_the_same(cast, course, page):
    answer = cast.client("ana").get(page)

    assert answer.status_code == 200
    if page == "/today/":
        assert "Session 6 of 16" in text_of(answer)
        assert "50 minutes with Dr Tomas Lind" in text_of(answer)


def test_lists_keep_the_course_and_the_others(cast, course):
    page = text_of(cast.client("tomas").get("/caseload/"))

    assert "Ana" in page
    assert "Bea" in page
    assert "its protocol file is missing" in page


@pytest.mark.parametrize(
    ("who", "page"),
    [("sofia", "/supervision/"), ("max", "/service/")],
)
def test_the_pages_of_the_service_open(cast, course, who, page):
    assert cast.client(who).get(page).status_code == 200


def test_an_alert_is_taken_all_the_same(cast, course):
    alert = safety.raise_alert(
        person=cast.ana,
        source=RiskSource(kind="answer", measure="phq9", item=9, answer="2"),
        level="red",
        by=cast.ana.member,
        at=people.NOW,
    )
    client = cast.client("tomas")

    assert client.get(f"/alerts/{alert.pk}/").status_code == 200
    assert client.post(f"/alerts/{alert.pk}/take/").status_code == 302
