"""What happened in a life names rows of its own service only: PostgreSQL sees to it.

The keys are as in 0001; SQLite cannot add such keys to a table that stands.
"""

from django.db import migrations

# table -> its foreign keys: column, and the table it names
KEYS = {
    "inventory_lifeevent": {"person_id": "people_person"},
    "inventory_lifeeventversion": {
        "person_id": "people_person",
        "life_event_id": "inventory_lifeevent",
        "by_id": "people_member",
    },
}
NAMED = ("inventory_lifeevent",)
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
        ("home", "0006_readings_of_one_service"),
        ("inventory", "0003_timeline"),
    ]

    operations = [migrations.RunPython(add, remove)]
