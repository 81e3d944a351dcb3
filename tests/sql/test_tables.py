"""Tables made together are the tables that are made one after the other."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from openipt.sql.tables import CreateModels

pytestmark = pytest.mark.django_db(transaction=True)


def _street() -> list[migrations.CreateModel]:
    """Return two tables of which the second names the first."""
    pk = ("id", models.UUIDField(primary_key=True))
    house = migrations.CreateModel("House", [pk, ("number", models.IntegerField())])
    door = migrations.CreateModel(
        "Door",
        [pk, ("house", models.ForeignKey("street.House", models.PROTECT))],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("house",), name="door_once")
            ]
        },
    )
    return [house, door]


def _together() -> list[CreateModels]:
    return [CreateModels(_street())]


def _there() -> set[str]:
    return {n for n in connection.introspection.table_names() if "street" in n}


def _statements(operations) -> list[str]:
    """Return what would be sent for these operations, without sending it."""
    state = ProjectState()
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        for operation in operations:
            before = state.clone()
            operation.state_forwards("street", state)
            operation.database_forwards("street", editor, before, state)
    return editor.collected_sql


def test_they_are_made_with_the_same_statements():
    assert _statements(_together()) == _statements(_street())
    assert len(_statements(_together())) >= 2


def test_they_leave_the_same_state():
    one_by_one, together = ProjectState(), ProjectState()
    for operation in _street():
        operation.state_forwards("street", one_by_one)
    together.apps  # noqa: B018 -- classes that were made before must not stay behind
    for operation in _together():
        operation.state_forwards("street", together)

    assert together == one_by_one
    assert together.apps.get_model("street", "Door")


def test_they_are_made_and_taken_away_again():
    [operation] = _together()
    before, after = ProjectState(), ProjectState()
    operation.state_forwards("street", after)

    with connection.schema_editor() as editor:
        operation.database_forwards("street", editor, before, after)
    made = _there()
    with connection.schema_editor() as editor:
        operation.database_backwards("street", editor, after, before)

    assert made == {"street_house", "street_door"}
    assert _there() == set()


def test_it_says_what_it_does():
    [operation] = _together()

    assert operation.describe() == "Create models House, Door"
    assert operation.migration_name_fragment == "house_door"
