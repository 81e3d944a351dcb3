"""What is hard: listed, put in order, sorted, by both sides, with nothing lost."""

import pytest

from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.courses import access, operations, queries
from openipt.courses.models import Issue, IssueVersion
from openipt.exchange.queries import as_json, record_of
from openipt.inventory import operations as inventory
from openipt.people import operations as people_operations
from tests import people
from tests.sent_again import (
    goes_through_once_and_with_other_words_as_another,
    new_id_in,
)

from .starting import text_of

OWN = "/my/therapy/issues/"


@pytest.fixture
def course(cast):
    return cast.extra["ana"]


@pytest.fixture
def address(course):
    return f"/courses/{course.pk}/issues/"


def form(**changes):
    """Return the form as a browser sends it."""
    return {
        "submission_id": str(new_id()), "version": "0", "title": "He does not listen",
        "who": "Her brother", "severity": "7", "about": "At every meal",
        "near_onset": "yes", "area": "role_dispute",
        "answers": ["role_dispute.conflict", "deficits.through_illness"],
    } | changes  # fmt: skip


def hard(course, by, title, severity=5, **more):
    return operations.add_issue(
        course=course,
        submission_id=new_id(),
        said=operations.IssueSaid(title=title, severity=severity, **more),
        by=by,
        at=people.NOW,
    )


def titles(course):
    return [issue.title for issue in queries.issues_of(course)]


def order_of(course):
    return [f"{one.pk}:{one.moves}" for one in queries.issues_of(course)]


def test_something_hard_is_added_once_and_its_answers_are_counted(
    cast, course, address
):
    client, sent = cast.client("tomas"), form()

    assert client.post(address + "add/", sent).status_code == 302
    assert client.post(address + "add/", sent).status_code == 302

    page = text_of(client.get(address))
    assert titles(course) == ["He does not listen"]
    for words in (
        "Her brother",
        "Role dispute",
        "1 answer speaks for it",
        "1 speaks against it",
    ):
        assert words in page
    assert Issue.objects.get().area == "role_dispute"
    assert IssueVersion.objects.count() == 1


def test_the_answers_never_decide(cast, course, address):
    cast.client("tomas").post(address + "add/", form(area="grief"))

    assert Issue.objects.get().area == "grief"


def test_the_hardest_come_first_until_somebody_puts_them_in_order(cast, course):
    for title, severity in (("some", 4), ("most", 9), ("little", 1), ("also", 4)):
        hard(course, cast.tomas, title, severity)

    assert titles(course) == ["most", "some", "also", "little"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"severity": "11"}, "Select a valid choice"),
        ({"severity": "-1"}, "Select a valid choice"),
        ({"severity": ""}, "This field is required"),
        ({"about": "x" * 2001}, "at most 2000 characters"),
        ({"area": "weather"}, "Select a valid choice"),
        ({"answers": ["weather.rain"]}, "Select a valid choice"),
        ({"who": "a\0b"}, "Null characters"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    cast, address, changes, said
):
    answer = cast.client("tomas").post(
        address + "add/", form(**{"about": "My own words", **changes})
    )

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Issue.objects.exists()
    if "about" not in changes:
        assert "My own words" in text_of(answer)


def test_the_arrows_move_one_and_the_ends_stay_ends(cast, course, address):
    one, _two, three = (
        hard(course, cast.tomas, title, 5) for title in ("one", "two", "three")
    )
    client = cast.client("tomas")

    for button, expected in (
        ({"up": three.pk}, ["one", "three", "two"]),
        ({"up": three.pk}, ["three", "one", "two"]),
        ({"up": three.pk}, ["three", "one", "two"]),
        ({"down": one.pk}, ["three", "two", "one"]),
        ({"down": one.pk}, ["three", "two", "one"]),
    ):
        sent = {"order": order_of(course), **button}
        answer = client.post(address + "order/", sent)
        assert answer.status_code == 302
        assert titles(course) == expected
    assert answer["Location"].endswith(f"#issue-{one.pk}")


def test_a_drop_never_loses_anything(cast, course, address):
    one, _two = (hard(course, cast.tomas, title) for title in ("one", "two"))
    seen = order_of(course)
    hard(course, cast.tomas, "new meanwhile", 1)
    operations.remove_issue(issue=one, by=cast.tomas, at=people.NOW)
    sent = {"order": [*reversed(seen), f"{new_id()}:0"]}

    answer = cast.client("tomas").post(
        address + "order/", sent, headers={"X-Order": "1"}
    )

    assert titles(course) == ["two", "new meanwhile"]
    assert answer.json() == {"order": order_of(course)}


def test_words_for_what_was_taken_off_the_list_meanwhile_are_not_lost(
    cast, course, address
):
    row = hard(course, cast.tomas, "Rent")
    operations.remove_issue(issue=row, by=cast.ana.member, at=people.NOW)
    sent = {"version": "1", "title": "Rent", "severity": "5", "about": "My words"}
    client = cast.client("tomas")

    late = client.post(f"{address}{row.pk}/", sent)

    page = text_of(late)
    assert late.status_code == 409
    assert "This was taken off the list meanwhile." in page
    assert "My words" in page
    assert f'action="{address}add/"' in page
    assert client.get(f"{address}{row.pk}/").status_code == 404
    assert client.post(f"{address}add/", sent).status_code == 302
    assert Issue.objects.get(removed_at=None).about == "My words"


def test_an_order_over_a_newer_one_is_refused(cast, course, address):
    for title in ("one", "two"):
        hard(course, cast.tomas, title)
    seen = order_of(course)
    client = cast.client("tomas")
    client.post(address + "order/", {"order": seen[::-1]})

    late = client.post(address + "order/", {"order": seen}, headers={"X-Order": "1"})
    shown = client.post(address + "order/", {"order": seen}, follow=True)

    assert late.status_code == 409
    assert "put in another order meanwhile" in text_of(shown)
    assert titles(course) == ["two", "one"]


@pytest.mark.parametrize(
    "sent",
    [
        {"order": ["x"]}, {"order": [f"{new_id()}"]}, {"order": [f"{new_id()}:x"]},
        {"up": "x"}, {"up": str(new_id())}, {"order": [f"{new_id()}:{'9' * 5000}"]},
    ],
)  # fmt: skip
def test_an_order_that_cannot_be_read_moves_nothing(cast, course, address, sent):
    hard(course, cast.tomas, "one")

    answer = cast.client("tomas").post(address + "order/", sent)

    assert answer.status_code == 422
    assert titles(course) == ["one"]


def test_a_change_keeps_what_was_said_and_a_late_one_shows_both(cast, course, address):
    row = hard(course, cast.tomas, "one")
    client = cast.client("tomas")
    client.post(f"{address}{row.pk}/", form(version="1", about="Newer words"))

    late = client.post(f"{address}{row.pk}/", form(version="1", about="My words"))

    assert late.status_code == 409
    assert "Newer words" in text_of(late)
    assert "My words" in text_of(late)
    assert [v.content["title"] for v in row.versions.order_by("version")] == [
        "one",
        "He does not listen",
    ]
    again = client.post(f"{address}{row.pk}/", form(version="2", about="My words"))
    assert again.status_code == 302


def test_what_was_taken_off_stays_in_the_record(cast, course, address):
    row = hard(course, cast.tomas, "one")
    client = cast.client("tomas")

    assert "Take it off the list?" in text_of(client.get(f"{address}{row.pk}/remove/"))
    assert client.post(f"{address}{row.pk}/remove/").status_code == 302

    assert titles(course) == []
    assert client.get(f"{address}{row.pk}/").status_code == 404
    taken = as_json(record_of(cast.ana, people.NOW))["sections"]["hard"]
    assert [item["title"] for item in taken] == ["one", "one"]


def test_the_person_writes_their_own_list_and_is_not_asked_to_sort_it(cast, course):
    client = cast.client("ana")
    add = f"{OWN}{course.pk}/add/"
    assert "Problem area" not in text_of(client.get(add))

    assert client.post(add, form(area="grief")).status_code == 302

    row = Issue.objects.get()
    assert (row.area, row.answers) == ("", None)
    page = text_of(client.get(OWN))
    assert "He does not listen" in page
    assert "not sorted yet" in page
    assert "He does not listen" in text_of(
        cast.client("tomas").get(f"/courses/{course.pk}/issues/")
    )


def test_a_change_by_the_person_keeps_how_it_was_sorted(cast, course):
    row = hard(course, cast.tomas, "one", area="grief", answers=("grief.death",))
    client = cast.client("ana")

    client.post(f"{OWN}{course.pk}/{row.pk}/", form(version="1", severity="2"))

    row.refresh_from_db()
    assert (row.severity, row.area, row.answers) == (2, "grief", ["grief.death"])
    assert "Losing somebody" in text_of(client.get(OWN))


def test_people_are_named_to_the_team_only_once_the_person_agreed(
    cast, course, address
):
    ruth = inventory.add(
        person=cast.ana,
        submission_id=new_id(),
        tie=Tie(label="Ruth Quiet"),
        by=cast.ana.member,
        at=people.NOW,
    )
    row = hard(course, cast.ana.member, "She leaves", relationship=ruth)
    tomas = cast.client("tomas")

    assert "Ruth Quiet" in text_of(cast.client("ana").get(OWN))
    for page in (address, address + "add/", f"{address}{row.pk}/"):
        assert "Ruth Quiet" not in text_of(tomas.get(page))
    tomas.post(f"{address}{row.pk}/", form(version="1", relationship=""))
    row.refresh_from_db()
    assert row.relationship == ruth

    inventory.agree(person=cast.ana, by=cast.ana.member, at=people.NOW)
    for page in (address, address + "add/", f"{address}{row.pk}/"):
        assert "Ruth Quiet" in text_of(tomas.get(page))
    assert "Ruth Quiet" in text_of(cast.client("sofia").get(address))


@pytest.mark.parametrize("who", ["ines", "max", "bea", "omar"])
def test_others_find_nothing_here(cast, course, address, who):
    row = hard(course, cast.tomas, "one")
    client = cast.client(who)

    for page in (address, address + "add/", f"{address}{row.pk}/"):
        assert client.get(page).status_code == 404
    for page in (f"{OWN}{course.pk}/add/", f"{OWN}{course.pk}/{row.pk}/"):
        assert client.post(page, form()).status_code == 404
    assert titles(course) == ["one"]


def test_a_supervisor_reads_and_does_not_write(cast, course, address):
    hard(course, cast.tomas, "one")
    sofia = cast.client("sofia")

    page = text_of(sofia.get(address))
    assert "one" in page
    assert "Move up" not in page
    assert sofia.post(address + "order/", {"order": []}).status_code == 404


def test_in_a_course_that_ended_everything_is_read_only(cast, course, address):
    row = hard(course, cast.tomas, "one")
    course.ended_at = people.NOW
    course.save(update_fields=["ended_at"])
    ana, tomas = cast.client("ana"), cast.client("tomas")

    for client, base in ((ana, f"{OWN}{course.pk}/"), (tomas, address)):
        assert client.get(base + "add/").status_code == 403
        assert client.post(base + "add/", form()).status_code == 403
        assert client.post(f"{base}{row.pk}/", form(version="1")).status_code == 403
        sent = {"order": order_of(course)}
        assert client.post(base + "order/", sent).status_code == 403
    assert "one" in text_of(ana.get(OWN))
    assert "Move up" not in text_of(ana.get(OWN))
    assert titles(course) == ["one"]


def test_a_full_list_says_so(cast, course, address, monkeypatch):
    monkeypatch.setattr(access.issues, "MOST_ISSUES", 1)
    hard(course, cast.tomas, "one")

    answer = cast.client("tomas").post(address + "add/", form())

    assert answer.status_code == 422
    assert "1 things are on the list already" in text_of(answer)


def test_somebody_without_a_course_sees_a_quiet_page(cast):
    lea = people.make_person(
        cast.service, "Lea Rain", "lea@test.example", by=cast.tomas
    )

    page = text_of(people.signed_in(lea.member).get(OWN))

    assert "There is no course at the moment" in page


@pytest.mark.parametrize("who", ["ana", "tomas"])
def test_another_thing_from_the_same_form_is_not_thrown_away(
    cast, course, address, who
):
    to = f"{OWN}{course.pk}/add/" if who == "ana" else f"{address}add/"

    goes_through_once_and_with_other_words_as_another(
        cast.client(who), to, form(), {"severity": "3", "title": "My boss"}
    )

    assert titles(course) == ["He does not listen", "My boss"]


def test_what_was_changed_since_is_not_sent_before_by_its_first_form(
    cast, course, address
):
    client, sent = cast.client("tomas"), form()
    client.post(f"{address}add/", sent)
    row = Issue.objects.get()
    changed = {"version": "1", "title": "My boss"}
    assert client.post(f"{address}{row.pk}/", sent | changed).status_code == 302

    assert client.post(f"{address}add/", sent).status_code == 302

    assert titles(course) == ["My boss"]


def test_one_draft_opened_twice_makes_two_forms(cast, course):
    client, to = cast.client("ana"), f"{OWN}{course.pk}/add/"
    begun = form(title="My")
    people_operations.save_draft(
        member=cast.ana.member, key=f"issue:{course.pk}", fields=begun, at=people.NOW
    )

    phone, desk = (new_id_in(text_of(client.get(to))) for _ in range(2))

    assert len({phone, desk, begun["submission_id"]}) == 3
    for sent, title in ((phone, "My brother"), (desk, "My boss")):
        answer = client.post(to, form(submission_id=sent, title=title))
        assert answer.status_code == 302
    assert sorted(titles(course)) == ["My boss", "My brother"]
