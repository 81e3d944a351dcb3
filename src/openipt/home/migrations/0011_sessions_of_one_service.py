"""What sessions keep names rows of its own service only: PostgreSQL sees to it.

The keys are as in 0001; SQLite cannot add such keys to a table that stands.
"""

from django.db import migrations

# table -> its foreign keys: column, and the table it names
KEYS = {
    "encounters_moodlink": {
        "person_id": "people_person",
        "encounter_id": "encounters_encounter",
        "by_id": "people_member",
        "removed_by_id": "people_member",
    },
    "encounters_moodlinkversion": {
        "person_id": "people_person",
        "link_id": "encounters_moodlink",
        "by_id": "people_member",
    },
    "encounters_processnote": {
        "person_id": "people_person",
        "encounter_id": "encounters_encounter",
        "author_id": "people_member",
    },
    "encounters_processnoteversion": {
        "person_id": "people_person",
        "process_note_id": "encounters_processnote",
        "author_id": "people_member",
    },
    "encounters_sessionplan": {
        "person_id": "people_person",
        "encounter_id": "encounters_encounter",
        "by_id": "people_member",
    },
    "encounters_sessionplanversion": {
        "person_id": "people_person",
        "plan_id": "encounters_sessionplan",
        "by_id": "people_member",
    },
    "encounters_techniqueused": {
        "course_id": "courses_course",
        "encounter_id": "encounters_encounter",
        "by_id": "people_member",
    },
    "encounters_focusworked": {
        "course_id": "courses_course",
        "encounter_id": "encounters_encounter",
        "by_id": "people_member",
    },
}
NAMED = (
    "encounters_moodlink",
    "encounters_processnote",
    "encounters_sessionplan",
)
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
        ("home", "0010_afterwards_of_one_service"),
        ("encounters", "0003_session_workspace"),
    ]

    operations = [migrations.RunPython(add, remove)]
