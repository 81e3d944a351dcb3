"""What is agreed to be tried, what the person says came of it, and when it is over."""

from datetime import timedelta
from uuid import uuid4

import pytest

from openipt.core.errors import Invalid, Missing, Refused, Stale
from openipt.core.ids import new_id
from openipt.core.protocols import load_variants
from openipt.practice import operations, queries
from openipt.practice.models import Task
from tests import people
from tests.journal import text_of, without_tokens

from .test_journal import LATER, pulse

SAY_IT = "Say it to Tomas: I feel shut out when plans change."


def agree(cast, text=SAY_IT, **fields):
    return operations.agree_task(
        **{
            "course": cast.extra["ana"],
            "text": text,
            "due_on": None,
            "encounter_id": None,
            "by": cast.tomas,
            "at": people.NOW,
            **fields,
        }
    )


def report(cast, task, state="done", words="He listened.", **fields):
    return operations.report_task(
        **{
            "task": task,
            "state": state,
            "what_happened": words,
            "version": task.version,
            "by": cast.ana.member,
            "at": LATER,
            **fields,
        }
    )


def test_a_task_reaches_the_person_and_the_next_session(cast):
    before = pulse(cast.ana.member) or 0

    task = agree(cast)

    assert queries.open_tasks(cast.ana) == [task]
    assert queries.tasks_for_session(cast.extra["ana"].pk) == [task]
    assert pulse(cast.ana.member) == before + 1


def test_the_same_task_agreed_twice_is_one(cast):
    once = {"task_id": new_id()}

    assert agree(cast, **once) == agree(cast, **once)
    assert Task.objects.count() == 1


@pytest.mark.parametrize("who", ["ines", "sofia", "max", "omar", "ana"])
def test_only_whoever_leads_the_course_agrees_reviews_and_drops(cast, who):
    task = agree(cast)
    by = {"by": cast.member(who), "at": LATER}

    with pytest.raises(Refused):
        agree(cast, **by)
    with pytest.raises(Refused):
        operations.review_task(task=task, **by)
    with pytest.raises(Refused):
        operations.drop_task(task=task, version=1, **by)

    assert queries.open_tasks(cast.ana) == [task]


def test_an_empty_task_is_refused(cast):
    with pytest.raises(Invalid):
        agree(cast, "  ")


def test_what_came_of_it_is_kept_and_told_to_the_therapist(cast):
    task = agree(cast)
    before = pulse(cast.tomas) or 0

    report(cast, task)
    report(cast, task)

    task.refresh_from_db()
    assert (task.state, task.what_happened, task.state_at) == (
        "done",
        "He listened.",
        LATER,
    )
    assert pulse(cast.tomas) == before + 1


def test_not_yet_takes_a_wrong_word_back(cast):
    task = agree(cast)
    report(cast, task)

    report(cast, task, state="agreed", words="")

    task.refresh_from_db()
    assert (task.state, task.state_at, task.what_happened) == ("agreed", None, None)


def test_two_devices_report_and_the_later_one_is_told(cast):
    task = agree(cast)
    report(cast, task)

    with pytest.raises(Stale):
        report(cast, Task.objects.get(), state="not_done", version=1)

    assert Task.objects.get().state == "done"


def test_nobody_reports_for_somebody_else_or_in_words_of_their_own(cast):
    task = agree(cast)

    for member in (cast.tomas, cast.bea.member):
        with pytest.raises(Refused):
            report(cast, task, by=member)
    with pytest.raises(Invalid):
        report(cast, task, state="dropped")


def test_once_talked_about_it_leaves_the_lists_and_stays_as_it_is(cast):
    task = agree(cast)
    report(cast, task)

    operations.review_task(task=task, by=cast.tomas, at=LATER)

    assert queries.open_tasks(cast.ana) == []
    assert queries.tasks_for_session(cast.extra["ana"].pk) == []
    assert queries.tasks_of(cast.ana) == [task]
    with pytest.raises(Refused):
        report(cast, Task.objects.get(), state="not_done")


def test_a_dropped_task_is_gone_from_every_list(cast):
    task = agree(cast)

    operations.drop_task(task=task, version=1, by=cast.tomas, at=LATER)
    operations.drop_task(task=task, version=1, by=cast.tomas, at=LATER)

    assert queries.tasks_of(cast.ana) == []
    with pytest.raises(Missing):
        queries.own_task(cast.ana.member, task.pk)
    with pytest.raises(Refused, match="taken off the list"):
        report(cast, task)


def test_a_task_is_found_only_from_its_own_sides(cast):
    task = agree(cast)

    assert queries.own_task(cast.ana.member, task.pk) == task
    assert queries.task_for(cast.tomas, task.pk, LATER) == task
    for member in (cast.bea.member, cast.tomas):
        with pytest.raises(Missing):
            queries.own_task(member, task.pk)
    for member in (cast.ines, cast.sofia, cast.omar):
        with pytest.raises(Missing):
            queries.task_for(member, task.pk, LATER)


def test_the_page_keeps_what_is_said_and_leads_back(cast, ana):
    task = agree(cast)
    form = {"state": "not_done", "what_happened": "I froze.", "version": "1"}

    assert SAY_IT in text_of(ana.get(f"/tasks/{task.pk}/"))
    assert ana.post(f"/tasks/{task.pk}/", form).headers["Location"] == "/"

    assert Task.objects.get().what_happened == "I froze."
    assert "not done" in text_of(ana.get("/tasks/"))


def test_the_page_says_what_is_missing_and_what_came_first(cast, ana):
    task = agree(cast)
    address = f"/tasks/{task.pk}/"

    for wrong in (
        {"state": "", "version": "1"},
        {"state": "dropped", "version": "1"},
        {"state": "done", "version": "x"},
        {"state": "done", "version": "1", "what_happened": "x" * 2001},
    ):
        assert ana.post(address, wrong).status_code == 422
    ana.post(address, {"state": "done", "version": "1", "what_happened": "Phone."})
    late = ana.post(
        address, {"state": "not_done", "version": "1", "what_happened": "Desk."}
    )

    assert late.status_code == 409
    assert "Phone." in text_of(late)
    assert "Desk." in text_of(late)


def test_a_task_talked_about_is_read_and_refuses_a_form_with_its_reason(cast, ana):
    task = agree(cast)
    report(cast, task)
    operations.review_task(task=task, by=cast.tomas, at=LATER)
    form = {"state": "not_done", "version": "2", "what_happened": "No."}

    assert "You did it." in text_of(ana.get(f"/tasks/{task.pk}/"))
    answer = ana.post(f"/tasks/{task.pk}/", form)

    assert answer.status_code == 403
    assert "talked about this" in text_of(answer)


@pytest.mark.parametrize("who", ["bea", "eva", "tomas", "sofia", "ada"])
def test_nobody_else_reaches_the_page(cast, who):
    task = agree(cast)
    client = cast.client(who)

    answer = client.get(f"/tasks/{task.pk}/")

    assert answer.status_code == 404
    nowhere = client.get(f"/tasks/{uuid4()}/")
    assert without_tokens(answer) == without_tokens(nowhere)


def test_a_task_of_long_ago_costs_no_more(cast, ana, django_assert_num_queries):
    agree(cast)
    ana.get("/tasks/")
    with django_assert_num_queries(8):
        ana.get("/tasks/")
    for days in (7, 14):
        agree(cast, at=people.NOW - timedelta(days=days))
    with django_assert_num_queries(8):
        ana.get("/tasks/")


@pytest.mark.parametrize(
    ("variant_id", "word"),
    [
        ("ipt_adolescent", "Work at home"),
        ("ipt_individual_columbia", "Things to try"),
        ("ipsrt", "Things to try"),
        ("one_that_is_gone", "Things to try"),
    ],
)
def test_what_was_agreed_is_called_as_the_way_of_working_calls_it(
    cast, variant_id, word
):
    course = cast.extra["ana"]
    versions = {one.id: one.version for one in load_variants().values()}
    course.variant_id, course.variant_version = (
        variant_id,
        versions.get(variant_id, "1"),
    )
    course.save()
    page = text_of(cast.client("ana").get("/tasks/"))

    assert f"<h1>{word}</h1>" in page
