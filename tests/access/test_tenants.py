"""Nothing of one service hangs on anything of another."""

from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from openipt.home import migrations as home_migrations
from openipt.people.models import Member, Person, Service
from tests import people

same_service = [
    import_module(f"openipt.home.migrations.{path.stem}")
    for path in sorted(Path(home_migrations.__path__[0]).glob("*_service.py"))
]
"""Every migration of home that ties rows to their service."""

only_postgres = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no such constraints"
)

NAMED_BY_ID = {
    "people.CareRelationship.course_id": "courses.Course",
    "people.Draft.subject_id": "people.Member",
    "safety.AlertSource.answering_id": "questionnaires.Answering",
    "practice.Task.agreed_in": "encounters.Encounter",
}
"""Plain ids of rows that live in a part above: no constraint can hold these."""

NAMES_NO_ROW_OF_A_TENANT = {
    "courses.Course.submission_id",  # made by a form
    "courses.Outreach.submission_id",  # as above
    "practice.Entry.submission_id",  # as above
    "inventory.Relationship.submission_id",  # as above
    "inventory.ScaleEntry.submission_id",  # as above
    "inventory.LifeEvent.submission_id",  # as above
    "courses.Issue.submission_id",  # as above
    "courses.Goal.submission_id",  # as above
    "courses.GoalRating.submission_id",  # as above
    "courses.HowItWent.submission_id",  # as above
    "courses.MaintenanceDecision.submission_id",  # as above
    # The trail, the keys and the jobs name their service as a plain id and hold ids of
    # anything: they are below the part that knows services.
    *(
        f"audit.AuditEvent.{name}"
        for name in (
            "service_id",
            "actor_id",
            "account_id",
            "on_behalf_of",
            "object_id",
        )
    ),
    "vault.DataKey.service_id",
    "outbox.Job.service_id",
}


def tenants():
    """Every model whose rows belong to a service."""
    return [m for m in apps.get_models() if belongs_to_service(m)]


def belongs_to_service(model) -> bool:
    return any(f.name == "service" and f.is_relation for f in model._meta.fields)


def keys_between_tenants():
    """Every foreign key from one tenant's row to another row of a tenant."""
    return [
        (model, field)
        for model in tenants()
        for field in model._meta.fields
        if field.is_relation
        and field.name != "service"
        and belongs_to_service(field.related_model)
    ]


def services_of(model) -> dict[UUID, UUID]:
    return dict(model._default_manager.values_list("pk", "service_id"))


def strangers():
    """Yield every pair of rows that name each other across two services."""
    for model, field in keys_between_tenants():
        rows = model._default_manager.exclude(**{field.name: None})
        named = rows.values_list("service_id", f"{field.name}__service_id", "pk")
        yield from ((model, field.name, pk) for mine, its, pk in named if mine != its)
    for place, target in NAMED_BY_ID.items():
        label, _dot, name = place.rpartition(".")
        model, known = apps.get_model(label), services_of(apps.get_model(target))
        rows = model._default_manager.exclude(**{name: None})
        for service, wanted, pk in rows.values_list("service_id", name, "pk"):
            if known.get(wanted) != service:
                yield model, name, pk


def test_no_row_names_a_row_of_another_service(world):
    assert Service.objects.count() == 2
    assert list(strangers()) == []


def test_a_row_that_names_another_service_would_be_found(world):
    ana = Person.objects.filter(pk=world.cast.ana.pk)
    ana.update(created_by=world.cast.omar)

    found = list(strangers())

    ana.update(created_by=world.cast.tomas)  # PostgreSQL would refuse it at the end
    assert found == [(Person, "created_by", world.cast.ana.pk)]


def test_the_world_has_rows_in_every_table_of_a_tenant(world):
    """Else the walk over foreign keys would prove nothing about the empty ones."""
    empty = {m.__name__ for m in tenants() if not m._default_manager.exists()}

    assert empty == {"PhaseTaskDone"}


def test_every_plain_id_of_a_row_is_walked_or_said_to_name_none():
    plain = {
        f"{model._meta.app_label}.{model.__name__}.{field.attname}"
        for model in apps.get_models()
        if model.__module__.startswith("openipt.")
        for field in model._meta.fields
        if field.get_internal_type() == "UUIDField"
        and not field.primary_key
        and not field.is_relation
    }

    assert plain == set(NAMED_BY_ID) | NAMES_NO_ROW_OF_A_TENANT


def each_key():
    return [key for migration in same_service for key in migration.each_key()]


def test_every_foreign_key_between_tenants_has_its_constraint():
    wanted = {
        (model._meta.db_table, field.column, field.related_model._meta.db_table)
        for model, field in keys_between_tenants()
    }

    assert set(each_key()) == wanted


@only_postgres
def test_the_database_holds_every_key_to_one_service(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint "
            "WHERE contype = 'f' AND array_length(conkey, 1) = 2"
        )
        found = {(table, name) for table, name in cursor.fetchall()}

    assert found == {
        (table, f"{table}_{column}_same_service")
        for table, column, _named in each_key()
    }


@only_postgres
@pytest.mark.parametrize(
    "change",
    [
        {"created_by": "omar"},
        {"service": "other_service"},
    ],
    ids=["its maker is of another service", "it moves to another service"],
)
def test_the_database_refuses_a_row_that_names_another_service(db, change):
    cast = people.gather()
    values = {name: getattr(cast, of) for name, of in change.items()}

    def name_a_stranger():
        with transaction.atomic():
            Person.objects.filter(pk=cast.ana.pk).update(**values)
            connection.check_constraints()

    with pytest.raises(IntegrityError, match="same_service"):
        name_a_stranger()


@only_postgres
def test_the_database_lets_a_row_name_its_own_service(db):
    cast = people.gather()

    Member.objects.filter(pk=cast.ines.pk).update(deputy=cast.tomas)

    connection.check_constraints()


@only_postgres
@pytest.mark.django_db(transaction=True)
def test_the_constraints_can_be_taken_off_and_put_on_again():
    for _way in ("back", "forth"):
        with connection.schema_editor() as editor:
            for migration in reversed(same_service):
                migration.remove(apps, editor)
        with connection.schema_editor() as editor:
            for migration in same_service:
                migration.add(apps, editor)
