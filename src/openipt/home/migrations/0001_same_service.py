"""Whatever names something of a service belongs to the same service: PostgreSQL sees to it.

A plain foreign key is content with any row. Here every table of a tenant that others name
can be named by its service and id together, and every foreign key between two of them is
doubled by one that takes the service along. SQLite cannot add such keys to a table that
stands; there the operations alone see to it, and a test walks every row.

A part that gets a new table writes a migration like this one; a test names what is missing.
"""

from django.db import migrations

# table -> its foreign keys: column, and the table it names
KEYS = {
    "calendar_appointment": {
        "series_id": "calendar_series",
        "person_id": "people_person",
        "member_id": "people_member",
    },
    "calendar_attendance": {
        "appointment_id": "calendar_appointment",
        "by_id": "people_member",
    },
    "calendar_series": {
        "person_id": "people_person",
        "member_id": "people_member",
    },
    "courses_contract": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "agreed_by_id": "people_member",
    },
    "courses_course": {
        "person_id": "people_person",
        "therapist_id": "people_member",
        "series_id": "calendar_series",
    },
    "courses_coursefact": {
        "course_id": "courses_course",
    },
    "courses_coursestate": {
        "course_id": "courses_course",
        "by_id": "people_member",
    },
    "courses_focus": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "agreed_by_id": "people_member",
    },
    "encounters_addendum": {
        "person_id": "people_person",
        "note_id": "encounters_note",
        "author_id": "people_member",
    },
    "encounters_encounter": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "appointment_id": "calendar_appointment",
        "opened_by_id": "people_member",
    },
    "encounters_note": {
        "person_id": "people_person",
        "encounter_id": "encounters_encounter",
        "author_id": "people_member",
        "signed_by_id": "people_member",
    },
    "encounters_noteversion": {
        "person_id": "people_person",
        "note_id": "encounters_note",
        "author_id": "people_member",
    },
    "encounters_phasetaskdone": {
        "course_id": "courses_course",
        "encounter_id": "encounters_encounter",
        "by_id": "people_member",
    },
    "people_absence": {
        "member_id": "people_member",
        "deputy_id": "people_member",
        "created_by_id": "people_member",
    },
    "people_agreement": {
        "notice_id": "people_notice",
        "member_id": "people_member",
    },
    "people_carechange": {
        "person_id": "people_person",
        "care_id": "people_carerelationship",
        "by_id": "people_member",
    },
    "people_carerelationship": {
        "person_id": "people_person",
        "member_id": "people_member",
        "created_by_id": "people_member",
    },
    "people_changecount": {
        "member_id": "people_member",
    },
    "people_draft": {
        "member_id": "people_member",
    },
    "people_invitation": {
        "member_id": "people_member",
        "created_by_id": "people_member",
    },
    "people_mailpointer": {
        "member_id": "people_member",
    },
    "people_member": {
        "deputy_id": "people_member",
    },
    "people_memberchange": {
        "member_id": "people_member",
        "by_id": "people_member",
    },
    "people_notice": {
        "published_by_id": "people_member",
    },
    "people_person": {
        "member_id": "people_member",
        "created_by_id": "people_member",
    },
    "people_supervision": {
        "supervisor_id": "people_member",
        "therapist_id": "people_member",
        "created_by_id": "people_member",
    },
    "practice_entry": {
        "person_id": "people_person",
    },
    "practice_entryversion": {
        "person_id": "people_person",
        "entry_id": "practice_entry",
    },
    "practice_share": {
        "entry_id": "practice_entry",
        "care_id": "people_carerelationship",
    },
    "practice_task": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "agreed_by_id": "people_member",
    },
    "questionnaires_answering": {
        "person_id": "people_person",
    },
    "questionnaires_askedby": {
        "answering_id": "questionnaires_answering",
        "course_id": "courses_course",
    },
    "safety_alert": {
        "person_id": "people_person",
        "owner_id": "people_member",
        "acknowledged_by_id": "people_member",
    },
    "safety_alertevent": {
        "person_id": "people_person",
        "alert_id": "safety_alert",
        "to_id": "people_member",
        "by_id": "people_member",
    },
    "safety_alertrecipient": {
        "alert_id": "safety_alert",
        "member_id": "people_member",
    },
    "safety_alertsource": {
        "person_id": "people_person",
        "alert_id": "safety_alert",
    },
    "safety_helpline": {
        "checked_by_id": "people_member",
    },
}
NAMED = sorted({named for keys in KEYS.values() for named in keys.values()})


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
        ("people", "0001_initial"),
        ("safety", "0003_acknowledged_by_and_at"),
        ("calendar", "0001_initial"),
        ("courses", "0002_course_submitted_once"),
        ("questionnaires", "0002_set_aside"),
        ("practice", "0001_initial"),
        ("encounters", "0002_phase_task_done"),
    ]

    operations = [migrations.RunPython(add, remove)]
