"""Readings name rows of their own service only: PostgreSQL sees to it.

The keys are as in 0001; SQLite cannot add such keys to a table that stands.
"""

from django.db import migrations

# table -> its foreign keys: column, and the table it names
KEYS = {
    "learning_readingstate": {"person_id": "people_person"},
    "learning_suggestion": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "suggested_by_id": "people_member",
        "ended_by_id": "people_member",
    },
}


def add(_apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
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


def each_key():
    for table, keys in KEYS.items():
        for column, named in keys.items():
            yield table, column, named


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_scales_of_one_service"),
        ("learning", "0001_readings"),
    ]

    operations = [migrations.RunPython(add, remove)]
