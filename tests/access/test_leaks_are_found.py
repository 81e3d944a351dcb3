"""A question about somebody's record that is not asked shows up as words that leak."""

from uuid import UUID

import pytest

from openipt.people import queries as people_queries
from openipt.people.models import CareRelationship
from openipt.sql.prepared import Prepared

from .walk import walk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("actor", "name", "whose"),
    [
        ("ines", "courses:course", "ana"),
        ("ines", "encounters:session", "ana/signed"),
        ("tomas", "courses:course", "beatwo"),
    ],
)
def test_care_that_is_not_asked_for_is_reported(
    planted, monkeypatch, actor, name, whose
):
    """As if somebody had forgotten the question whether the record is theirs."""
    for module in (people_queries, people_queries.care):
        monkeypatch.setattr(module, "has_care", lambda *_asked: True)

    found = list(walk(planted, actor, [name]))

    assert f"{actor} GET {name} of {whose}: 200  and not missing" in found
    assert any(f"of {whose}: found ['" in fault for fault in found)


def test_care_that_has_ended_and_opens_still_is_reported(planted, monkeypatch):
    lasting = Prepared(
        lambda member, person: CareRelationship.objects.filter(
            member=member, person_id=person
        ).values_list("course_id"),
        member=UUID,
        person=UUID,
    )
    care = people_queries.care
    monkeypatch.setattr(care, "_CARE", Forgetful(lasting))

    found = list(walk(planted, "former", ["courses:course"]))

    assert "former GET courses:course of ana: 200  and not missing" in found


class Forgetful:
    """Asks only whose care it is, whatever else it is asked with."""

    def __init__(self, prepared):
        self.prepared = prepared

    def rows(self, *, member, person, **_forgotten):
        return self.prepared.rows(member=member, person=person)


def test_another_service_that_can_be_reached_is_reported(planted, monkeypatch):
    monkeypatch.setattr(
        people_queries,
        "care_by_id",
        lambda _member, care: CareRelationship.objects.get(pk=care),
    )

    found = list(walk(planted, "ada", ["people:care"]))

    assert "ada GET people:care of eva: 200  and not missing" in found
    assert any("of eva: found ['Member.name of omar'" in fault for fault in found)
