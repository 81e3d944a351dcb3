"""Attachment and support: entered by the care team, seen by whom the person agreed to."""

import pytest

from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.exchange.queries import as_json, record_of
from openipt.inventory import operations
from openipt.inventory.models import ScaleEntry
from tests import people
from tests.journal import text_of
from tests.sent_again import goes_through_once_and_with_other_words_as_another


def of(cast):
    return f"/persons/{cast.ana.pk}/scales/"


@pytest.fixture
def ruth(cast):
    operations.agree(person=cast.ana, by=cast.tomas, at=people.NOW)
    return operations.add(
        person=cast.ana,
        submission_id=new_id(),
        tie=Tie(label="Ruth"),
        by=cast.tomas,
        at=people.NOW,
    )


def form(ruth, **changes):
    answers = {
        f"item_{n}": str(code) for n, code in enumerate([6, 5, 7, 6, 2, 3, 5, 2, 3], 1)
    }
    return {
        "submission_id": str(new_id()), "about": str(ruth.pk), "on_date": "2026-11-20",
    } | answers | changes  # fmt: skip


def test_answers_are_entered_once_and_added_up(cast, ruth):
    client, sent = cast.client("tomas"), form(ruth)

    assert client.post(of(cast) + "ecr_rs/", sent).status_code == 302
    assert client.post(of(cast) + "ecr_rs/", sent).status_code == 302

    page = text_of(client.get(of(cast)))
    assert ScaleEntry.objects.count() == 1
    for said in ("Ruth", "2.17", "3.33", "never for choosing a treatment"):
        assert said in page
    assert "2.17" in text_of(cast.client("sofia").get(of(cast)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"item_3": "8"}, "less than or equal to 7"),
        ({"item_3": "x"}, "Enter a whole number"),
        ({"about": ""}, "Choose whom the answers are about."),
        ({"about": "11111111-1111-1111-1111-111111111111"}, "Select a valid choice"),
        ({"on_date": "2026-12-24"}, "That day is still to come."),
        ({"on_date": "0001-01-01"}, "That was before the person was born."),
        ({f"item_{n}": "" for n in range(1, 10)}, "Enter at least one answer."),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_stays(cast, ruth, changes, said):
    response = cast.client("tomas").post(of(cast) + "ecr_rs/", form(ruth, **changes))

    page = text_of(response)
    assert response.status_code == 422
    assert said in page
    if "item_1" not in changes:
        assert 'value="6"' in page
    assert not ScaleEntry.objects.exists()


def test_nobody_enters_or_sees_anything_before_the_person_has_agreed(cast):
    client = cast.client("tomas")

    assert client.get(of(cast) + "ecr_rs/").status_code == 403
    assert "Not agreed yet" in text_of(client.get(of(cast)))


def test_what_was_seen_is_gone_when_the_person_takes_it_back(cast, ruth):
    client = cast.client("tomas")
    client.post(of(cast) + "ecr_rs/", form(ruth))
    operations.take_agreement_back(person=cast.ana, by=cast.ana.member, at=people.NOW)

    assert "2.17" not in text_of(client.get(of(cast)))


def test_an_unknown_scale_is_not_there(cast, ruth):
    assert cast.client("tomas").get(of(cast) + "rq/").status_code == 404


def test_a_wrong_entry_is_set_aside_and_stays_in_what_the_person_takes(cast, ruth):
    client = cast.client("tomas")
    client.post(of(cast) + "ecr_rs/", form(ruth))
    (entry,) = ScaleEntry.objects.all()

    client.post(f"{of(cast)}{entry.pk}/set-aside/", {})

    assert "2.17" not in text_of(client.get(of(cast)))
    taken = as_json(record_of(cast.ana, people.NOW))
    assert "2.17" in str(taken)
    assert "set aside" in str(taken)


def test_other_answers_from_the_same_form_are_not_thrown_away(cast, ruth):
    goes_through_once_and_with_other_words_as_another(
        cast.client("tomas"), of(cast) + "ecr_rs/", form(ruth), {"item_1": "1"}
    )

    assert sorted(row.answers[0] for row in ScaleEntry.objects.all()) == [1, 6]
