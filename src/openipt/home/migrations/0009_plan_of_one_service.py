"""The plan of a course names rows of its own service only: PostgreSQL sees to it.

The keys are as in 0001; SQLite cannot add such keys to a table that stands.
"""

from django.db import migrations

# table -> its foreign keys: column, and the table it names
KEYS = {
    "courses_diagnosis": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "by_id": "people_member",
    },
    "courses_recoveryrole": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "by_id": "people_member",
        "ended_by_id": "people_member",
    },
    "courses_phaseentry": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "by_id": "people_member",
    },
    "courses_remission": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "by_id": "people_member",
    },
    "courses_formulation": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "by_id": "people_member",
        "shown_by_id": "people_member",
    },
    "courses_formulationanswer": {
        "person_id": "people_person",
        "formulation_id": "courses_formulation",
        "by_id": "people_member",
    },
}
NAMED = ("courses_formulation",)
"""Tables that are named here for the first time, and so need a key of both columns."""


def add(_apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in NAMED:
        schema_editor.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_of_service "
            f"UNIQUE (service_id, id)"
        )
    for table, column, named in each_key():
        schema_editor.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_same_service "
            f"FOREIGN KEY (service_id, {column}) REFERENCES {named} (service_id, id) "
            f"DEFERRABLE INITIALLY DEFERRED"
        )


def remove(_apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, column, _named in each_key():
        schema_editor.execute(
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_same_service"
        )
    for table in NAMED:
        schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_of_service")


def each_key():
    for table, keys in KEYS.items():
        for column, named in keys.items():
            yield table, column, named


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0008_issues_and_goals_of_one_service"),
        ("courses", "0006_plan"),
    ]

    operations = [migrations.RunPython(add, remove)]
