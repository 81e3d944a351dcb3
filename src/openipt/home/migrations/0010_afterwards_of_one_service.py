"""What follows a course names rows of its own service only: PostgreSQL sees to it.

The keys are as in 0001; SQLite cannot add such keys to a table that stands.
"""

from django.db import migrations

# table -> its foreign keys: column, and the table it names
KEYS = {
    "courses_course": {"continues_id": "courses_course"},
    "courses_stayingwellplan": {"person_id": "people_person"},
    "courses_stayingwellversion": {
        "person_id": "people_person",
        "plan_id": "courses_stayingwellplan",
        "by_id": "people_member",
    },
    "courses_maintenancedecision": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "by_id": "people_member",
    },
    "courses_howitwent": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "by_id": "people_member",
    },
    "courses_letter": {
        "person_id": "people_person",
        "course_id": "courses_course",
    },
    "courses_letterversion": {
        "person_id": "people_person",
        "letter_id": "courses_letter",
        "by_id": "people_member",
        "given_by_id": "people_member",
    },
}
NAMED = ("courses_stayingwellplan", "courses_letter")
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
        ("home", "0009_plan_of_one_service"),
        ("courses", "0008_afterwards"),
    ]

    operations = [migrations.RunPython(add, remove)]
