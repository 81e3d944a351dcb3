"""The time after: the plan for staying well, maintenance, how it went, and the letter."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from openipt.calendar.models import Appointment
from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.courses.models import (
    Contract,
    Course,
    Ending,
    HowItWent,
    LetterVersion,
    MaintenanceDecision,
    Paper,
    StayingWellPlan,
    StayingWellVersion,
)
from openipt.home.jobs import make_letter, make_paper
from openipt.inventory import operations as inventory
from tests import people
from tests.sent_again import (
    goes_through_once_and_with_other_words_as_another,
    new_id_in,
)

OWN = "/my/plan-for-staying-well/"
PLAN = {
    "version": "0",
    "signs": "I stop answering the phone\nI wake at four\nNo Sunday lunch\n",
    "seen": "My sister hears it",
    "step_1": "Tell my sister",
    "helps": "A walk",
    "name_1": "Sister",
    "how_1": "000 555",
    "name_2": "The practice",
    "risks": "The move",
    "review_on": "2027-05-01",
}
DECIDED = {
    "discussed": "yes",
    "maintenance": "yes",
    "reason": "It came back twice",
    "days_between": "28",
    "horizon_months": "12",
    "stop_rule": "Two quiet years",
}


@pytest.fixture
def course(cast):
    return cast.extra["ana"]


@pytest.fixture
def at_the_end(cast, course, clock):
    """All sixteen sessions have taken place; it is the day after the last."""
    last = Appointment.objects.filter(series=course.series).latest("starts_at")
    clock.move_to(last.starts_at + timedelta(days=1))
    Appointment.objects.update(state=Appointment.State.ATTENDED)
    return f"/courses/{course.pk}/ending/"


def text_of(response):
    return response.content.decode()


def write(cast, who="ana", address=OWN, **changes):
    form = {key: value for key, value in (PLAN | changes).items() if value is not None}
    return cast.client(who).post(address, form)


def decide(cast, course, **changes):
    form = {"submission_id": str(new_id())} | DECIDED | changes
    address = f"/courses/{course.pk}/ending/maintenance/decide/"
    return cast.client("tomas").post(address, form)


def raise_it(cast, course):
    return cast.client("tomas").post(f"/courses/{course.pk}/ending/raised/", {})


# --- the plan ---------------------------------------------------------------------------


def test_the_person_writes_a_plan_and_finds_it_again(cast):
    assert write(cast).status_code == 302

    page = text_of(cast.client("ana").get(OWN))
    assert "I stop answering the phone" in page
    assert "The plan for staying well still needs" not in page


def test_a_plan_that_is_not_shared_stays_with_the_person(cast, course):
    write(cast)
    address = f"/courses/{course.pk}/ending/staying-well/"

    page = text_of(cast.client("tomas").get(address))
    sent = write(cast, "tomas", f"{address}write/", signs="Mine", version="1")

    assert "I stop answering" not in page
    assert "They keep their plan to themselves" in page
    assert sent.status_code == 403
    assert StayingWellVersion.objects.count() == 1


def test_a_shared_plan_is_written_together_and_can_be_taken_back(cast, course):
    write(cast, shared="on")
    address = f"/courses/{course.pk}/ending/staying-well/"
    assert "I stop answering" in text_of(cast.client("tomas").get(address))
    assert "I stop answering" in text_of(cast.client("sofia").get(address))

    added = write(cast, "tomas", f"{address}write/", version="1", helps="Singing")
    assert added.status_code == 302
    assert "Singing" in text_of(cast.client("ana").get(OWN))

    write(cast, version="2", helps="Singing", shared=None)
    assert "Singing" not in text_of(cast.client("tomas").get(address))
    assert StayingWellPlan.objects.get().version == 3


def test_the_therapist_begins_a_plan_that_nobody_has_begun(cast, course):
    address = f"/courses/{course.pk}/ending/staying-well/write/"

    assert write(cast, "tomas", address).status_code == 302
    assert "I stop answering" in text_of(cast.client("ana").get(OWN))


def test_a_plan_from_a_window_that_was_left_open_is_not_lost(cast):
    write(cast)

    response = write(cast, helps="Something else")

    assert response.status_code == 409
    assert "Something else" in text_of(response)
    assert "A walk" in text_of(response)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"review_on": "2020-01-01"}, "lies ahead"),
        ({"name_2": "", "how_2": "000 444"}, "Write who this is."),
        ({"signs": "\n".join("abcdefghijklmn")}, "lines at most"),
        ({"seen": "a" * 301}, "Keep each line below"),
    ],
)
def test_what_does_not_fit_comes_back_with_the_reason(cast, wrong, said):
    response = write(cast, **wrong)

    assert response.status_code == 422
    assert said in text_of(response)
    assert "A walk" in text_of(response)
    assert not StayingWellPlan.objects.exists()


# --- R01, R02 and P14 at the end ----------------------------------------------------------


def test_r01_says_what_the_plan_still_needs(cast):
    write(cast, signs="One sign", name_2="", review_on="")

    page = text_of(cast.client("ana").get(OWN))

    assert (
        "still needs: 3 early signs, 2 people to call, the day you look at it again"
        in page
    )


def test_p14_is_said_in_time_and_falls_silent(cast, course, clock):
    address = f"/courses/{course.pk}/ending/"
    assert "nobody has recorded" not in text_of(cast.client("tomas").get(address))
    clock.move_to(people.NOW + timedelta(weeks=7))

    assert "3 sessions are left and nobody has recorded" in text_of(
        cast.client("tomas").get(address)
    )

    raise_it(cast, course)
    assert "nobody has recorded" not in text_of(cast.client("tomas").get(address))


def test_what_is_open_at_the_end_wants_a_reason_that_is_kept(cast, course, at_the_end):
    client = cast.client("tomas")
    refused = client.post(f"{at_the_end}end/", {"sure": "on", "afterwards": "A call"})

    page = text_of(refused)
    assert refused.status_code == 422
    assert "nobody has recorded that you spoke about the ending" in page
    assert "The plan for staying well still needs" in page
    assert "Write down whether you spoke about maintenance" in page
    assert Course.objects.get(pk=course.pk).ended_at is None

    form = {"sure": "on", "despite": "She moves tomorrow"}
    assert client.post(f"{at_the_end}end/", form).status_code == 302
    assert Ending.objects.get().despite == "She moves tomorrow"
    assert "She moves tomorrow" in text_of(client.get(at_the_end))


def test_words_about_an_early_ending_stay_when_it_is_none_any_more(
    cast, course, at_the_end
):
    client = cast.client("tomas")
    assert 'name="early_words"' not in text_of(client.get(at_the_end))
    form = {"early_reason": "own_wish", "early_words": "She wants to rest"}

    refused = client.post(f"{at_the_end}end/", form)

    assert refused.status_code == 422
    assert "She wants to rest</textarea>" in text_of(refused)
    form |= {"sure": "on", "despite": "She moves tomorrow"}
    assert client.post(f"{at_the_end}end/", form).status_code == 302
    ending = Ending.objects.get()
    assert (ending.early_reason, ending.early_words) == ("", "She wants to rest")
    assert "She wants to rest" in text_of(client.get(at_the_end))


def test_with_everything_done_no_reason_is_asked_for(cast, course, at_the_end):
    raise_it(cast, course)
    write(cast, shared="on")
    decide(cast, course)
    client = cast.client("tomas")

    assert "Why it ends all the same" not in text_of(client.get(at_the_end))
    assert client.post(f"{at_the_end}end/", {"sure": "on"}).status_code == 302
    assert Ending.objects.get().despite is None


def test_a_plan_kept_private_is_not_told_through_the_rule(cast, course, at_the_end):
    write(cast)

    page = text_of(cast.client("tomas").get(at_the_end))

    assert "still needs: 3 early signs" in page
    assert "They keep it to themselves." in page


def test_the_tasks_are_those_of_the_variant(cast, course):
    page = text_of(cast.client("tomas").get(f"/courses/{course.pk}/ending/"))

    assert "Make a plan for the day symptoms come back" in page
    assert f"/courses/{course.pk}/ending/maintenance/" in page


def state_of(cast, course, title):
    """Return what the list of tasks says behind a task."""
    page = text_of(cast.client("tomas").get(f"/courses/{course.pk}/ending/"))
    line = re.search(rf"{title}.*?</p>", page, re.DOTALL).group()
    return re.sub(r"<[^>]+>", "", line).removeprefix(title).strip()


def test_what_its_own_page_keeps_is_no_open_task(cast, course, at_the_end):
    plan = "Make a plan for the day symptoms come back"
    decision = "Decide about maintenance or another treatment"
    assert state_of(cast, course, plan) == state_of(cast, course, decision) == "open"

    write(cast, shared="on", signs="Only one")
    assert state_of(cast, course, plan) == "open"
    write(cast, version="1", shared="on")
    decide(cast, course)

    form = {"sure": "on", "afterwards": "", "despite": "We said it at the door."}
    assert cast.client("tomas").post(f"{at_the_end}end/", form).status_code == 302
    for task in (plan, decision):
        assert state_of(cast, course, task).startswith("done on ")


def test_a_plan_kept_to_oneself_or_of_an_earlier_course_leaves_the_task_open(
    cast, course, at_the_end
):
    plan = "Make a plan for the day symptoms come back"
    write(cast)
    assert state_of(cast, course, plan) == "open"

    write(cast, version="1", shared="on")
    before = course.started_at - timedelta(days=1)
    StayingWellPlan.objects.update(updated_at=before)
    assert state_of(cast, course, plan) == "open"


def test_another_treatment_is_decided_where_it_is_said_how_it_went(cast, course):
    decision = "Decide about maintenance or another treatment"
    tell(cast, course, went="helped")
    assert state_of(cast, course, decision) == "open"

    tell(cast, course, went="not", next_steps=["another_treatment"])

    assert state_of(cast, course, decision).startswith("done on ")


# --- maintenance --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": ""}, "Write down whether you spoke about maintenance"),  # R02
        ({"needed_medicine": "on"}, "13 of 26 people (50%)"),  # R03
        (
            {"needed_medicine": "on", "reason_open": "We see in spring"},
            "13 of 26 people (50%)",
        ),
        ({"stop_rule": ""}, "write down: when it stops earlier"),  # R04
        ({"days_between": "", "horizon_months": ""}, "how often you meet, until when"),
        ({"maintenance": ""}, "This field is required."),
        ({"days_between": "0"}, "greater than or equal to 1"),
    ],
)
def test_r02_to_r04_want_a_reason(cast, course, changes, said):
    response = decide(cast, course, **changes)

    assert response.status_code == 422
    assert said in text_of(response)
    assert not MaintenanceDecision.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"needed_medicine": "on", "with_medicine": "on"},
        {"needed_medicine": "on", "reason_without": "Side effects"},
        {"stop_rule": "", "reason_open": "We see in spring"},
        {
            "maintenance": "no",
            "days_between": "",
            "horizon_months": "",
            "stop_rule": "",
        },
        {"discussed": "no", "maintenance": "no", "reason": "No time was left"},
    ],
)
def test_a_decision_that_answers_the_rules_is_kept(cast, course, changes):
    assert decide(cast, course, **changes).status_code == 302
    assert MaintenanceDecision.objects.count() == 1


def test_what_is_known_stands_before_the_question(cast, course):
    page = text_of(
        cast.client("tomas").get(f"/courses/{course.pk}/ending/maintenance/")
    )

    assert page.index("19 of 74") < page.index("Did you speak about maintenance?")


def test_a_later_decision_leaves_the_earlier_one(cast, course):
    decide(cast, course)
    decide(cast, course, maintenance="no", reason="She changed her mind")

    page = text_of(
        cast.client("sofia").get(f"/courses/{course.pk}/ending/maintenance/")
    )
    assert "She changed her mind" in page
    assert "It came back twice" in page
    assert "19 of 74" in page


def test_a_decision_sent_again_with_other_words_is_another(cast, course):
    sent = {"submission_id": str(new_id())} | DECIDED
    address = f"/courses/{course.pk}/ending/maintenance/decide/"
    goes_through_once_and_with_other_words_as_another(
        cast.client("tomas"), address, sent, {"stop_rule": "When she says so"}
    )
    assert MaintenanceDecision.objects.count() == 2


@pytest.mark.parametrize("page", ["maintenance/decide", "went/say"])
def test_one_form_for_two_courses_is_two(cast, course, page):
    """Their pages were open side by side; nothing is lost and nothing breaks."""
    client, bea = cast.client("tomas"), cast.extra["bea"]
    sent = {"submission_id": str(new_id()), "went": "helped", "words": ""} | DECIDED

    first = client.post(f"/courses/{course.pk}/ending/{page}/", sent)
    second = client.post(f"/courses/{bea.pk}/ending/{page}/", sent)

    assert (first.status_code, second.status_code) == (302, 409)
    anew = sent | {"submission_id": new_id_in(text_of(second))}
    assert client.post(f"/courses/{bea.pk}/ending/{page}/", anew).status_code == 302


def written_in(page, name):
    """Return what stands in a field of a form."""
    (field,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    return re.search(r'value="([^"]*)"', field)[1]


def begin(cast, course, **changes):
    """Open the form that goes on from a course and send what stands in it."""
    client = cast.client("tomas")
    response = client.get(f"/courses/start/?continues={course.pk}")
    if response.status_code != 200:
        return response
    page = text_of(response)
    sent = {
        name: written_in(page, name)
        for name in (
            "submission_id", "continues", "sessions", "minutes", "first_on",
            "wall_time", "days_between",
        )
    }  # fmt: skip
    sent |= {
        "who": "known",
        "person": str(course.person_id),
        "condition": course.condition,
        "variant_id": "ipt_maintenance",
    }
    assert re.search(r'value="ipt_maintenance"[^>]* checked', page)
    assert re.search(rf'value="{course.person_id}" selected', page)
    return client.post("/courses/start/", sent | changes)


def find_it_gone(cast, course):
    form = {"measure": "phq9", "total": "3", "on_date": "2027-01-28"}
    page = f"/courses/{course.pk}/phase/"
    assert 'id="remission"' in text_of(cast.client("tomas").get(page))
    assert cast.client("tomas").post(f"{page}remission/", form).status_code == 302


def test_maintenance_begins_from_the_decision_with_its_form(cast, course, at_the_end):
    decide(cast, course)
    page = text_of(cast.client("tomas").get(f"{at_the_end}maintenance/"))
    assert f"/courses/{course.pk}/phase/#remission" in page
    find_it_gone(cast, course)

    page = text_of(cast.client("tomas").get(f"{at_the_end}maintenance/"))
    assert "The illness was found to be gone on 28 Jan 2027." in page
    response = begin(cast, course)

    assert response.status_code == 302, text_of(response)
    new = Course.objects.get(continues=course)
    contract = Contract.objects.get(course=new)
    assert new.variant_id == "ipt_maintenance"
    assert (contract.sessions, contract.days_between) == (13, 28)
    assert contract.first_on.weekday() == course.contracts.get().first_on.weekday()
    page = text_of(cast.client("tomas").get(f"{at_the_end}maintenance/"))
    assert f"/courses/{new.pk}/" in page


def test_maintenance_without_remission_has_a_reason(cast, course, at_the_end):
    decide(cast, course)

    asked = begin(cast, course)
    assert asked.status_code == 422
    assert "nobody has recorded that it has" in text_of(asked)

    assert begin(cast, course, reason="She is well.").status_code == 302
    new = Course.objects.get(continues=course)
    assert Contract.objects.get(course=new).reason == "She is well."


def test_maintenance_cannot_begin_early_or_undecided(cast, course):
    assert "Decide on maintenance first" in text_of(begin(cast, course))

    decide(cast, course)
    early = begin(cast, course)

    assert early.status_code == 403
    assert "last phase" in text_of(early)
    assert not Course.objects.filter(continues=course).exists()


def test_nobody_goes_on_from_the_course_of_somebody_else(cast, course):
    client = cast.client("omar")

    assert client.get(f"/courses/start/?continues={course.pk}").status_code == 404


# --- how it went, and the letter ------------------------------------------------------------


def tell(cast, course, **form):
    address = f"/courses/{course.pk}/ending/went/say/"
    return cast.client("tomas").post(address, {"submission_id": str(new_id())} | form)


def test_it_has_not_helped_and_something_comes_next(cast, course):
    refused = tell(cast, course, went="not", words="We tried")
    assert refused.status_code == 422
    assert "nobody is left without a next step" in text_of(refused)
    assert "We tried" in text_of(refused)

    told = tell(cast, course, went="not", next_steps=["another_treatment"])
    assert told.status_code == 302
    assert HowItWent.objects.get().next_steps == ["another_treatment"]
    page = text_of(cast.client("sofia").get(f"/courses/{course.pk}/ending/went/"))
    assert "It has not helped" in page
    assert "rather than more of the same" in page


def test_how_it_went_sent_again_with_other_words_is_another(cast, course):
    sent = {"submission_id": str(new_id()), "went": "helped", "words": "We tried"}
    address = f"/courses/{course.pk}/ending/went/say/"
    goes_through_once_and_with_other_words_as_another(
        cast.client("tomas"), address, sent, {"went": "partly", "words": "We go on"}
    )
    assert HowItWent.objects.count() == 2


def test_a_letter_is_drafted_changed_given_and_taken_along(cast, course):
    tell(cast, course, went="not", next_steps=["another_treatment"])
    address = f"/courses/{course.pk}/ending/letter/"
    client, ana = cast.client("tomas"), cast.client("ana")
    own = f"/my/letter/{course.pk}/"

    drafted = text_of(client.get(address))
    assert "16 sessions were agreed." in drafted
    assert "Another treatment" in drafted
    assert ana.get(own).status_code == 404

    form = {"text": "Dear doctor,\n\nplease read #this$ *well*.", "version": "0"}
    assert client.post(f"{address}write/", form).status_code == 302
    assert ana.get(own).status_code == 404

    assert client.post(f"{address}give/", {"version": "1"}).status_code == 302
    assert "please read #this$ *well*." in text_of(ana.get(own))
    assert own in text_of(ana.get(f"/my/ending/{course.pk}/"))
    assert ana.get(f"{own}file/").status_code == 302

    make_letter.func(str(LetterVersion.objects.get().pk))
    answer = ana.get(f"{own}file/")
    pdf = PdfReader(BytesIO(answer.content))
    said = " ".join(pdf.pages[0].extract_text().split())
    assert "Ana" not in answer["Content-Disposition"]
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "please read #this$ *well*." in said
    assert client.get(f"{address}file/").status_code == 200


def test_a_letter_changed_meanwhile_is_not_given_unread(cast, course):
    address = f"/courses/{course.pk}/ending/letter/"
    client = cast.client("tomas")
    client.post(f"{address}write/", {"text": "First", "version": "0"})
    client.post(f"{address}write/", {"text": "Second", "version": "1"})

    late = client.post(f"{address}write/", {"text": "Third", "version": "1"})
    given = client.post(f"{address}give/", {"version": "1"})

    assert late.status_code == 409
    assert "Third" in text_of(late)
    assert "Second" in text_of(late)
    assert given.status_code == 409
    assert not LetterVersion.objects.filter(given_at__isnull=False).exists()


def test_a_letter_is_only_for_the_person_and_their_team(cast, course):
    address = f"/courses/{course.pk}/ending/letter/"
    cast.client("tomas").post(f"{address}write/", {"text": "First", "version": "0"})
    cast.client("tomas").post(f"{address}give/", {"version": "1"})

    assert cast.client("bea").get(f"/my/letter/{course.pk}/").status_code == 404
    assert cast.client("omar").get(address).status_code == 404
    assert cast.client("sofia").post(f"{address}give/", {}).status_code in {403, 404}


# --- the circle then and now, and the page on paper --------------------------------------------


def ruth_comes_closer(cast, clock):
    """Tell of Ruth at the rim; she comes close within the course."""
    clock.move_to(people.NOW - timedelta(weeks=5))
    row = inventory.add(
        person=cast.ana,
        submission_id=new_id(),
        tie=Tie(label="Ruth", closeness=90, angle=30),
        by=cast.ana.member,
        at=people.NOW - timedelta(weeks=5),
    )
    clock.move_to(people.NOW)
    inventory.move(
        relationship=row, closeness=20, angle=30, version=1, by=cast.ana.member,
        at=people.NOW,
    )  # fmt: skip


def test_the_circle_says_who_came_closer_and_only_where_it_is_shared(
    cast, course, clock
):
    ruth_comes_closer(cast, clock)
    staffs = f"/courses/{course.pk}/ending/"

    page = text_of(cast.client("ana").get(f"/my/ending/{course.pk}/"))
    assert "then and now" in page
    assert "<td>In my life</td><td>Very close</td>" in page
    assert "Ruth" not in text_of(cast.client("tomas").get(staffs))

    inventory.agree(person=cast.ana, by=cast.ana.member, at=people.NOW)
    assert "Ruth" in text_of(cast.client("tomas").get(staffs))


LOOKED_BACK = {
    "better": "I sleep through the night",
    "helped": "",
    "unfinished": "",
    "signs": "",
}


def look_back(cast, course, **form):
    sent = cast.client("ana").post(f"/my/ending/{course.pk}/", LOOKED_BACK | form)
    assert sent.status_code == 302


def made_for(cast, course, who="tomas"):
    """Have the page typeset; return the client and the address of the file."""
    client, address = cast.client(who), f"/courses/{course.pk}/ending/"
    client.post(f"{address}paper/", {})
    make_paper.func(str(Paper.objects.get().pk))
    return client, f"{address}paper/file/"


def read_in(answer):
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize("taken_back", ["people", "plan", "words"])
def test_the_care_team_has_no_pdf_of_what_was_taken_back(
    cast, course, clock, taken_back
):
    ruth_comes_closer(cast, clock)
    write(cast, shared="on")
    look_back(cast, course, version="0", shared="on")
    inventory.agree(person=cast.ana, by=cast.ana.member, at=people.NOW)
    staffs = f"/courses/{course.pk}/ending/"
    tomas, file = made_for(cast, course)
    assert "I sleep through the night" in read_in(tomas.get(file))
    assert file in text_of(tomas.get(staffs))

    clock.move_to(people.NOW + timedelta(minutes=5))
    if taken_back == "people":
        cast.client("ana").post("/my/people/share/", {"agree": "no"})
    elif taken_back == "plan":
        write(cast, version="1")
    else:
        look_back(cast, course, version="1")

    tomas = cast.client("tomas")
    assert tomas.get(file).status_code == 404
    assert file not in text_of(tomas.get(staffs))
    tomas, file = made_for(cast, course)
    again = tomas.get(file)
    assert again.status_code == 200
    assert ("I sleep" in read_in(again)) == (taken_back != "words")


def test_a_pdf_says_no_words_that_the_person_has_changed_or_shared_anew(
    cast, course, clock
):
    look_back(cast, course, version="0", shared="on")
    _tomas, file = made_for(cast, course)

    clock.move_to(people.NOW + timedelta(minutes=5))
    look_back(cast, course, version="1")
    look_back(cast, course, version="2", shared="on", better="I sleep")

    assert cast.client("tomas").get(file).status_code == 404


def test_a_pdf_without_the_words_stays_while_they_are_kept_private(cast, course, clock):
    look_back(cast, course, version="0")
    _tomas, file = made_for(cast, course)

    clock.move_to(people.NOW + timedelta(minutes=5))
    look_back(cast, course, version="1", better="I sleep again")

    answer = cast.client("tomas").get(file)
    assert answer.status_code == 200
    assert "I sleep" not in read_in(answer)


def test_an_older_pdf_of_which_nobody_knows_what_it_holds_is_not_shown(
    cast, course, clock
):
    look_back(cast, course, version="0", shared="on")
    _tomas, file = made_for(cast, course)
    Paper.objects.update(words_version=None)
    assert cast.client("tomas").get(file).status_code == 200

    clock.move_to(people.NOW + timedelta(minutes=5))
    look_back(cast, course, version="1")

    assert cast.client("tomas").get(file).status_code == 404


def test_the_person_keeps_their_own_pdf(cast, course, clock):
    look_back(cast, course, version="0", shared="on")
    own = f"/my/ending/{course.pk}/"
    cast.client("ana").post(f"{own}paper/", {})
    make_paper.func(str(Paper.objects.get().pk))

    clock.move_to(people.NOW + timedelta(minutes=5))
    look_back(cast, course, version="1")

    answer = cast.client("ana").get(f"{own}paper/file/")
    assert "I sleep through the night" in read_in(answer)


def test_the_pdf_draws_the_circle_and_holds_the_plan(cast, course, clock):
    ruth_comes_closer(cast, clock)
    write(cast)
    cast.client("ana").post(f"/my/ending/{course.pk}/paper/", {})

    make_paper.func(str(Paper.objects.get().pk))

    answer = cast.client("ana").get(f"/my/ending/{course.pk}/paper/file/")
    pdf = PdfReader(BytesIO(answer.content))
    said = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Ruth" in said
    assert "I stop answering the phone" in said
    assert "Night line" in said
    assert b"from in my life to very close" in _alternatives(pdf)


def _alternatives(pdf):
    """Return the words that stand for the figures, for those who do not see them."""
    found = []

    def walk(node):
        node = node.get_object()
        if not hasattr(node, "get"):
            return
        if "/Alt" in node:
            found.append(str(node["/Alt"]).encode())
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if hasattr(kid, "get_object") and hasattr(kid.get_object(), "get"):
                walk(kid)

    walk(pdf.trailer["/Root"]["/StructTreeRoot"])
    return b"\n".join(found)


def test_the_file_of_an_earlier_version_is_never_taken_for_the_letter(cast, course):
    address, own = f"/courses/{course.pk}/ending/letter/", f"/my/letter/{course.pk}/"
    tomas, ana = cast.client("tomas"), cast.client("ana")
    for version, text in enumerate(("First words", "Second words")):
        tomas.post(f"{address}write/", {"text": text, "version": str(version)})
        tomas.post(f"{address}give/", {"version": str(version + 1)})
        if not version:
            make_letter.func(str(LetterVersion.objects.get().pk))
            assert ana.get(f"{own}file/").status_code == 200

    for client, page in ((ana, own), (tomas, address)):
        waiting = client.get(f"{page}file/", follow=True)
        assert waiting.redirect_chain == [(page, 302)]
        assert "The PDF is being made" in text_of(waiting)

    make_letter.func(str(LetterVersion.objects.get(version=2).pk))
    made = PdfReader(BytesIO(ana.get(f"{own}file/").content))
    assert "Second words" in made.pages[0].extract_text()


def test_a_letter_from_a_window_of_long_ago_is_not_lost_where_none_is_kept(
    cast, course
):
    address = f"/courses/{course.pk}/ending/letter/write/"

    response = cast.client("tomas").post(address, {"text": "Words", "version": "2"})

    assert response.status_code == 409
    assert "Words" in text_of(response)
