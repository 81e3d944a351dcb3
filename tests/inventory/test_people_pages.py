"""The people in a life on their pages: added, moved, taken out, agreed, seen by whom."""

from datetime import timedelta

import pytest

from openipt.audit.models import AuditEvent
from openipt.core.ids import new_id
from openipt.core.inventory import Tie, tie_of
from openipt.core.timeline import Event, Moment
from openipt.exchange.queries import as_json, record_of
from openipt.inventory import access, operations
from openipt.inventory.models import (
    InventoryAgreement,
    Relationship,
    RelationshipVersion,
)
from tests import people
from tests.sent_again import goes_through_once_and_with_other_words_as_another

OWN = "/my/people/"


def form(**changes):
    """Return the form as a browser sends it."""
    return {
        "submission_id": str(new_id()), "version": "0", "label": "Ruth",
        "kind": "friend", "ring": "close", "wished": "", "standing": "supports",
        "contact": "weekly", "since": "2011", "died_when": "", "good": "Laughs",
        "hard": "", "mine": "Time", "theirs": "", "change": "",
    } | changes  # fmt: skip


def text_of(response):
    return response.content.decode()


def of(cast):
    return f"/persons/{cast.ana.pk}/people/"


def known(cast, **changes):
    return operations.add(
        person=cast.ana,
        submission_id=new_id(),
        tie=Tie(label="Ruth", **changes),
        by=cast.ana.member,
        at=people.NOW,
    )


def test_somebody_is_added_and_stands_in_circle_and_list(cast):
    client = cast.client("ana")

    sent = form()
    assert client.post(OWN + "add/", sent).status_code == 302
    assert client.post(OWN + "add/", sent).status_code == 302

    page = text_of(client.get(OWN))
    (row,) = Relationship.objects.all()
    assert f'data-who="{row.pk}"' in page
    assert 'aria-label="Ruth: Close, Supports me"' in page
    assert "About once a week" in page
    assert RelationshipVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"label": ""}, "This field is required"),
        ({"label": "!!"}, "Write it in letters."),
        ({"since": "in 2030"}, "That is still to come."),
        ({"since": "in ٢٠٣٠"}, "That is still to come."),
        ({"since": "2019, and again in 2030"}, "That is still to come."),
        ({"since": "2026-12"}, "That is still to come."),
        ({"died": "on", "died_when": "May 2027"}, "That is still to come."),
        ({"died": "on", "died_when": "24.12.2026"}, "That is still to come."),
        ({"died": "on", "died_when": "2001"}, "That is before the year it began."),
        ({"died_when": "2019"}, "Tick this, or leave the day empty."),
        ({"kind": "king"}, "Select a valid choice"),
        ({"good": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(cast, changes, said):
    response = cast.client("ana").post(OWN + "add/", form(hard="Far away", **changes))

    page = text_of(response)
    assert response.status_code == 422
    assert said in page
    assert "Far away" in page
    assert not Relationship.objects.exists()


def test_a_year_before_the_persons_birth_is_caught(cast):
    cast.ana.born_on = "1990-01-31"
    cast.ana.save(update_fields=["born_on"])

    response = cast.client("ana").post(OWN + "add/", form(since="1970"))

    assert response.status_code == 422
    assert "before the person was born" in text_of(response)


def test_a_change_keeps_what_was_said_before(cast):
    row = known(cast, good="Laughs")
    client = cast.client("ana")

    client.post(f"{OWN}{row.pk}/", form(version="1", hard="Far away"))

    before, after = RelationshipVersion.objects.order_by("version")
    assert tie_of(before.content).hard == ""
    assert tie_of(after.content).hard == "Far away"
    assert "How it was before" in text_of(client.get(f"{OWN}{row.pk}/"))


def test_a_change_over_a_newer_one_shows_both(cast):
    row = known(cast)
    client = cast.client("ana")
    client.post(f"{OWN}{row.pk}/", form(version="1", hard="Newer words"))

    late = client.post(f"{OWN}{row.pk}/", form(version="1", hard="My words"))

    page = text_of(late)
    assert late.status_code == 409
    assert "Newer words" in page
    assert "My words" in page
    row.refresh_from_db()
    assert tie_of(row.content).hard == "Newer words"
    again = client.post(f"{OWN}{row.pk}/", form(version="2", hard="My words"))
    assert again.status_code == 302


def test_words_for_somebody_who_was_taken_out_meanwhile_are_not_lost(cast):
    row = known(cast)
    operations.remove(relationship=row, by=cast.ana.member, at=people.NOW)
    client, sent = cast.client("ana"), form(version="1", hard="My words")

    late = client.post(f"{OWN}{row.pk}/", sent)

    page = text_of(late)
    assert late.status_code == 409
    assert "They were taken out of the circle meanwhile." in page
    assert "My words" in page
    assert f'action="{OWN}add/"' in page
    assert client.get(f"{OWN}{row.pk}/").status_code == 404
    assert client.post(f"{OWN}add/", sent).status_code == 302
    assert "My words" in str(Relationship.objects.get(removed_at=None).content)


@pytest.mark.parametrize(
    ("closeness", "angle", "expected"),
    [("20", "90", (20, 90)), ("400", "-10", (100, 350)), ("-3", "725", (0, 5))],
)
def test_dragging_never_loses_anybody(cast, closeness, angle, expected):
    row = known(cast)

    sent = {"closeness": closeness, "angle": angle, "version": "1"}
    response = cast.client("ana").post(f"{OWN}{row.pk}/move/", sent)

    row.refresh_from_db()
    tie = tie_of(row.content)
    assert response.json() == {
        "version": 2, "closeness": expected[0], "angle": expected[1],
    }  # fmt: skip
    assert (tie.closeness, tie.angle) == expected


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"closeness": "x", "angle": "0", "version": "1"}, 422),
        ({"closeness": "nan", "angle": "0", "version": "1"}, 422),
        ({"angle": "0", "version": "1"}, 422),
        ({"closeness": "9" * 30, "angle": "0", "version": "1"}, 422),
        ({"closeness": "20", "angle": "0", "version": "7"}, 409),
    ],
)
def test_a_move_that_cannot_be_moves_nobody(cast, sent, status):
    row = known(cast)

    response = cast.client("ana").post(f"{OWN}{row.pk}/move/", sent)

    row.refresh_from_db()
    assert response.status_code == status
    assert tie_of(row.content).closeness == 50


def test_who_was_taken_out_stays_in_the_past(cast, clock):
    row = known(cast)
    clock.move_to(people.NOW + timedelta(days=3))
    client = cast.client("ana")

    assert client.post(f"{OWN}{row.pk}/remove/", {}).status_code == 302

    assert "Ruth" not in text_of(client.get(OWN))
    past = text_of(client.get(OWN, {"on": people.NOW.date().isoformat()}))
    assert 'aria-label="Ruth: Close, It is all right"' in past
    assert 'data-move="' not in past
    over = text_of(client.get(OWN, {"then": people.NOW.date().isoformat()}))
    assert "who ghost" in over
    assert client.get(f"{OWN}{row.pk}/").status_code == 404


def test_then_and_now_shows_who_went_where(cast, clock):
    row = known(cast)
    clock.move_to(people.NOW + timedelta(days=3))
    operations.move(
        relationship=row, closeness=10, angle=0, version=1, by=cast.ana.member,
        at=people.NOW + timedelta(days=3),
    )  # fmt: skip

    page = text_of(cast.client("ana").get(OWN, {"then": people.NOW.date().isoformat()}))

    assert 'class="went"' in page
    assert 'aria-label="Ruth: Very close' in page


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "0000-00-00"])
def test_a_day_that_cannot_be_read_is_said(cast, day):
    known(cast)

    response = cast.client("ana").get(OWN, {"on": day})

    assert response.status_code == 422
    assert "That day could not be read" in text_of(response)
    assert "Ruth" in text_of(response)


def test_nobody_else_looks_before_the_person_agrees(cast):
    known(cast)
    tomas = cast.client("tomas")

    page = text_of(tomas.get(of(cast)))
    assert "Not agreed yet" in page
    assert "Ruth" not in page
    assert tomas.get(of(cast) + "add/").status_code == 403
    assert tomas.post(of(cast) + "add/", form(label="Jo")).status_code == 403
    assert Relationship.objects.count() == 1


def test_with_the_persons_yes_both_write_and_the_person_can_take_it_back(cast):
    row = known(cast)
    tomas, ana = cast.client("tomas"), cast.client("ana")

    assert tomas.post(of(cast) + "share/", {}).status_code == 302
    assert "Ruth" in text_of(tomas.get(of(cast)))
    assert tomas.post(of(cast) + "add/", form(label="Jo")).status_code == 302
    moved = {"closeness": "10", "angle": "0", "version": "1"}
    assert tomas.post(f"{of(cast)}{row.pk}/move/", moved).status_code == 200
    assert "You and your care team" in text_of(ana.get(OWN))
    assert "Ruth" in text_of(cast.client("sofia").get(of(cast)))

    ana.post(OWN + "share/", {"agree": "no"})

    assert "Ruth" not in text_of(tomas.get(of(cast)))
    assert "Ruth" not in text_of(cast.client("sofia").get(of(cast)))
    assert tomas.get(f"{of(cast)}{row.pk}/").status_code == 403
    assert InventoryAgreement.objects.get().ended_by == cast.ana.member


def test_what_the_person_took_back_nobody_else_agrees_to_again(cast):
    known(cast)
    tomas, ana = cast.client("tomas"), cast.client("ana")
    tomas.post(of(cast) + "share/", {})
    ana.post(OWN + "share/", {"agree": "no"})

    refused = tomas.post(of(cast) + "share/", {})

    assert refused.status_code == 403
    assert "They have taken this back" in text_of(refused)
    for page in (of(cast), f"/persons/{cast.ana.pk}/timeline/"):
        shown = text_of(tomas.get(page))
        assert "They have taken this back" in shown
        assert "They have agreed" not in shown
        assert "Ruth" not in shown

    ana.post(OWN + "share/", {"agree": "yes"})
    assert "Ruth" in text_of(tomas.get(of(cast)))


@pytest.mark.parametrize(
    "where",
    ["people/", "people/{ruth}/", "people/{ruth}/remove/", "timeline/", "timeline/add/",
     "timeline/{event}/", "timeline/{event}/remove/", "scales/", "scales/ecr_rs/"],
)  # fmt: skip
def test_whoever_of_the_staff_sees_a_name_leaves_a_trace(cast, where):
    ruth = known(cast)
    operations.agree(person=cast.ana, by=cast.ana.member, at=people.NOW)
    event = operations.add_event(
        person=cast.ana,
        submission_id=new_id(),
        event=Event(title="Moved", kind="other", when=Moment(year=2019)),
        by=cast.ana.member,
        at=people.NOW,
    )
    reads = AuditEvent.objects.filter(action__endswith=".read")
    address = f"/persons/{cast.ana.pk}/" + where.format(ruth=ruth.pk, event=event.pk)

    response = cast.client("tomas").get(address)

    assert response.status_code == 200
    assert reads.count() == 1


def test_a_full_circle_says_so(cast, monkeypatch):
    monkeypatch.setattr(access, "MOST", 1)
    known(cast)

    response = cast.client("ana").post(OWN + "add/", form(label="Jo"))

    assert response.status_code == 422
    assert "1 people are in the circle already" in text_of(response)
    assert 'value="Jo"' in text_of(response)


def test_what_was_said_is_taken_away_with_the_record(cast):
    row = known(cast, hard="Far away")
    operations.remove(relationship=row, by=cast.ana.member, at=people.NOW)

    taken = as_json(record_of(cast.ana, people.NOW))["sections"]["people"]

    assert [item["title"] for item in taken] == ["Ruth", "Ruth"]
    said = [{fact["key"]: fact["value"] for fact in item["facts"]} for item in taken]
    assert said[0]["hard"] == "Far away"
    assert said[1]["removed"] == "taken out of the circle"


@pytest.mark.parametrize("since", ["۱۳۹۸", "2562", "since about 1800 hours"])
def test_a_number_that_is_no_year_is_said_to_be_read_as_one(cast, since):
    response = cast.client("ana").post(f"{OWN}add/", form(since=since))

    page = text_of(response)
    assert response.status_code == 422
    assert "in the calendar in which it is 2026 now" in page
    assert since in page


def test_somebody_else_from_the_same_form_is_not_thrown_away(cast):
    goes_through_once_and_with_other_words_as_another(
        cast.client("ana"), f"{OWN}add/", form(), {"label": "Miriam"}
    )

    labels = {tie_of(row.content).label for row in Relationship.objects.all()}
    assert labels == {"Ruth", "Miriam"}
