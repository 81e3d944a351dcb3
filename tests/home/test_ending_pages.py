"""The pages of an ending: what each may see, the forms, and the page on paper."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from openipt.calendar.models import Appointment
from openipt.core.ids import new_id
from openipt.courses import operations
from openipt.courses.models import Course, Ending, Outreach, Paper
from openipt.home.jobs import make_paper
from tests import people
from tests.sent_again import goes_through_once_and_with_other_words_as_another

WORDS = {
    "better": "I sleep through the night",
    "helped": "Saying it the same evening",
    "unfinished": "",
    "signs": "When I stop answering the phone",
}


@pytest.fixture
def course(cast):
    found = cast.extra["ana"]
    behind = Appointment.objects.filter(series=found.series, starts_at__lt=people.NOW)
    behind.update(state=Appointment.State.ATTENDED)
    return found


@pytest.fixture
def own(course):
    return f"/my/ending/{course.pk}/"


@pytest.fixture
def staffs(course):
    return f"/courses/{course.pk}/ending/"


def text_of(response):
    return response.content.decode()


def say(cast, own, version="0", **changes):
    form = WORDS | {"version": version} | changes
    return cast.client("ana").post(own, form)


def test_words_are_kept_and_stay_with_their_author(cast, own, staffs):
    assert say(cast, own).status_code == 302

    assert "I sleep through the night" in text_of(cast.client("ana").get(own))
    assert "I sleep through the night" not in text_of(cast.client("tomas").get(staffs))


def test_shared_words_are_read_by_the_team(cast, own, staffs):
    say(cast, own, shared="on")

    assert "I sleep through the night" in text_of(cast.client("tomas").get(staffs))
    assert "I sleep through the night" in text_of(cast.client("sofia").get(staffs))


def test_taking_the_tick_away_takes_the_words_back(cast, own, staffs):
    say(cast, own, shared="on")
    say(cast, own, version="1")

    assert "I sleep through the night" not in text_of(cast.client("tomas").get(staffs))


def test_words_from_a_window_that_was_left_open_are_not_lost(cast, own):
    say(cast, own)

    response = say(cast, own, better="Something else")

    page = text_of(response)
    assert response.status_code == 409
    assert "Something else" in page
    assert "I sleep through the night" in page
    assert Ending.objects.get().better == "I sleep through the night"


def test_too_many_words_come_back_with_the_reason(cast, own):
    response = say(cast, own, better="a" * 4001)

    assert response.status_code == 422
    assert "a" * 4001 in text_of(response)
    assert not Ending.objects.exists()


def test_the_course_is_ended_by_its_form(cast, course, staffs):
    page = text_of(cast.client("tomas").get(staffs))
    assert "End it earlier than agreed" in page

    form = {"early_reason": "circumstances", "afterwards": "A call", "sure": "on"}
    response = cast.client("tomas").post(f"{staffs}end/", form)

    page = text_of(cast.client("tomas").get(response["Location"]))
    assert response.status_code == 302
    assert "This course has ended" in page
    assert "Moving, work, time or money" in page
    assert Course.objects.get(pk=course.pk).ended_at == people.NOW


def test_without_the_tick_and_a_reason_nothing_ends_and_nothing_is_lost(
    cast, course, staffs
):
    form = {"early_words": "They said so themselves", "afterwards": "A call in May"}
    response = cast.client("tomas").post(f"{staffs}end/", form)

    page = text_of(response)
    assert response.status_code == 422
    assert "Choose the reason." in page
    assert "Tick this to end the course" in page
    assert "They said so themselves" in page
    assert "A call in May" in page
    assert Course.objects.get(pk=course.pk).ended_at is None


def test_with_nothing_left_the_page_still_asks_why_it_ends_early(cast, course, staffs):
    left = Appointment.objects.filter(series=course.series, state="planned")
    left.update(state=Appointment.State.LATE_CANCEL)
    client = cast.client("tomas")

    page = text_of(client.get(staffs))
    assert "28 Jan 2027 was agreed as the last day." in page
    assert 'name="early_reason"' in page
    form = {"sure": "on", "despite": "The plan can wait"}
    refused = client.post(f"{staffs}end/", form)
    assert refused.status_code == 422
    assert "Choose the reason." in text_of(refused)
    assert "The plan can wait</textarea>" in text_of(refused)


def test_a_reason_that_is_none_is_refused(cast, course, staffs):
    form = {"early_reason": "boredom", "sure": "on"}

    assert cast.client("tomas").post(f"{staffs}end/", form).status_code == 422
    assert Course.objects.get(pk=course.pk).ended_at is None


def test_no_contact_needs_a_try_which_its_form_records(cast, course, staffs):
    client = cast.client("tomas")
    gone = {"early_reason": "no_contact", "sure": "on"}
    assert "try to reach this person" in text_of(client.post(f"{staffs}end/", gone))

    tried = {
        "submission_id": str(new_id()),
        "way": "letter",
        "on_date": "2026-11-20",
        "reached": "no",
        "note": "The letter came back.",
    }
    assert client.post(f"{staffs}outreach/", tried).status_code == 302
    assert "The letter came back." in text_of(client.get(staffs))
    assert client.post(f"{staffs}end/", gone).status_code == 302


def test_a_try_sent_again_with_other_words_is_another(cast, course, staffs):
    sent = {
        "submission_id": str(new_id()), "way": "phone", "on_date": "2026-11-20",
        "note": "Rang twice", "reached": "no",
    }  # fmt: skip
    client = cast.client("tomas")
    goes_through_once_and_with_other_words_as_another(
        client, f"{staffs}outreach/", sent, {"note": "Left word with her sister"}
    )
    assert Outreach.objects.count() == 2

    bea = f"/courses/{cast.extra['bea'].pk}/ending/outreach/"
    assert client.post(bea, sent).status_code == 409


@pytest.mark.parametrize("on", ["2026-11-23", "2024-01-01", "soon"])
def test_a_try_lies_behind_within_a_year(cast, staffs, on):
    tried = {
        "submission_id": str(new_id()),
        "way": "phone",
        "on_date": on,
        "reached": "no",
        "note": "Kept in the form",
    }
    response = cast.client("tomas").post(f"{staffs}outreach/", tried)

    assert response.status_code == 422
    assert "Kept in the form" in text_of(response)
    assert not Outreach.objects.exists()


def test_a_supervisor_reads_and_cannot_end(cast, staffs):
    assert "End the course" not in text_of(cast.client("sofia").get(staffs))
    assert cast.client("sofia").post(f"{staffs}end/", {}).status_code in {403, 404}


def paper(cast, who, address):
    """Ask for the page, let the job run, and return what the PDF says."""
    client = cast.client(who)
    assert client.get(f"{address}paper/file/").status_code == 404
    assert client.post(f"{address}paper/", {}).status_code == 302
    assert "is being made" in text_of(client.get(address))
    make_paper.func(str(Paper.objects.get().pk))
    response = client.get(f"{address}paper/file/")
    assert response["Content-Type"] == "application/pdf"
    assert "Ana" not in response["Content-Disposition"]
    return PdfReader(BytesIO(response.content))


def words_in(pdf):
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def test_the_persons_pdf_is_tagged_and_says_it_in_their_words(cast, own):
    say(cast, own)

    pdf = paper(cast, "ana", own)

    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert pdf.metadata.title == "Before and after"
    said = words_in(pdf)
    assert "I sleep through the night" in said
    assert "What is not finished" not in said


def test_the_teams_pdf_has_no_private_words(cast, own, staffs):
    say(cast, own)

    assert "I sleep" not in words_in(paper(cast, "tomas", staffs))


def test_a_pdf_is_only_for_whoever_asked(cast, own, staffs):
    paper(cast, "ana", own)

    assert cast.client("tomas").get(f"{staffs}paper/file/").status_code == 404
    assert cast.client("bea").get(f"{own}paper/file/").status_code == 404


def test_a_reader_who_lost_the_care_gets_none(cast, course, staffs):
    cast.client("tomas").post(f"{staffs}paper/", {})
    course.person.care.update(state="paused")

    make_paper.func(str(Paper.objects.get().pk))

    assert not Paper.objects.exists()


def test_words_with_signs_of_typesetting_stay_words(cast, own):
    say(cast, own, better='#set page() $x$ *bold* "quoted" <b>\n@label _under_ \\n')

    said = words_in(paper(cast, "ana", own))

    assert "#set page() $x$ *bold*" in said
    assert "@label _under_ \\n" in said


def test_today_offers_the_page_when_the_ending_is_near(cast, course, own):
    contract = course.contracts.get()
    assert own not in text_of(cast.client("ana").get("/today/"))

    contract.sessions = 8
    contract.save(update_fields=["sessions"])

    assert own in text_of(cast.client("ana").get("/today/"))


def test_the_team_is_told_that_it_is_time_and_notes_that_it_was_done(
    cast, course, staffs
):
    course.contracts.update(sessions=8)
    client = cast.client("tomas")
    assert "It is time to talk about the ending" in text_of(client.get(staffs))

    client.post(f"{staffs}raised/", {})

    page = text_of(client.get(staffs))
    assert "You talked about the ending on" in page
    assert "It is time to talk" not in page


def test_for_somebody_without_an_account_the_team_writes_the_words(cast):
    kim = operations.start_course(
        person=operations.NewPerson(
            name="Kim Sand", called="Kim", born_on=None, phone="", country="DE"
        ),
        by=cast.tomas,
        at=people.NOW,
        condition="depression",
        variant_id="ipt_individual_columbia",
        sessions=16,
        minutes=50,
        first_on=people.NOW.date(),
        wall_time=cast.extra["ana"].series.wall_time.replace(hour=7),
    )
    client = cast.client("tomas")

    response = client.post(f"/courses/{kim.pk}/ending/words/", WORDS | {"version": "0"})

    page = text_of(client.get(response["Location"]))
    assert response.status_code == 302
    assert "I sleep through the night" in page


def test_the_team_cannot_write_the_words_of_somebody_with_an_account(cast, staffs):
    response = cast.client("tomas").post(f"{staffs}words/", WORDS | {"version": "0"})

    assert response.status_code == 403
    assert not Ending.objects.exists()
