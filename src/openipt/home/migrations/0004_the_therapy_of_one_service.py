"""What the therapy is made of names rows of its own service only: PostgreSQL sees to it.

The keys are as in 0001; SQLite cannot add such keys to a table that stands.
"""

from django.db import migrations

# table -> its foreign keys: column, and the table it names
KEYS = {
    "courses_course": {
        "continues_id": "courses_course",
    },
    "courses_diagnosis": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "by_id": "people_member",
    },
    "courses_focus": {
        "issue_id": "courses_issue",
        "relationship_id": "inventory_relationship",
    },
    "courses_focusversion": {
        "person_id": "people_person",
        "focus_id": "courses_focus",
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
    "courses_goal": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "focus_id": "courses_focus",
        "agreed_by_id": "people_member",
        "ended_by_id": "people_member",
    },
    "courses_goalrating": {
        "person_id": "people_person",
        "goal_id": "courses_goal",
        "by_id": "people_member",
    },
    "courses_goalversion": {
        "person_id": "people_person",
        "goal_id": "courses_goal",
        "by_id": "people_member",
    },
    "courses_howitwent": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "by_id": "people_member",
    },
    "courses_issue": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "relationship_id": "inventory_relationship",
    },
    "courses_issueversion": {
        "person_id": "people_person",
        "issue_id": "courses_issue",
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
    "courses_maintenancedecision": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "by_id": "people_member",
    },
    "courses_phaseentry": {
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
    "courses_remission": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "by_id": "people_member",
    },
    "courses_stayingwellplan": {
        "person_id": "people_person",
    },
    "courses_stayingwellversion": {
        "person_id": "people_person",
        "plan_id": "courses_stayingwellplan",
        "by_id": "people_member",
    },
    "encounters_focusworked": {
        "course_id": "courses_course",
        "encounter_id": "encounters_encounter",
        "focus_id": "courses_focus",
        "by_id": "people_member",
    },
    "encounters_moodlink": {
        "person_id": "people_person",
        "encounter_id": "encounters_encounter",
        "focus_id": "courses_focus",
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
    "inventory_inventoryagreement": {
        "person_id": "people_person",
        "noted_by_id": "people_member",
        "ended_by_id": "people_member",
    },
    "inventory_lifeevent": {
        "person_id": "people_person",
    },
    "inventory_lifeeventversion": {
        "person_id": "people_person",
        "life_event_id": "inventory_lifeevent",
        "by_id": "people_member",
    },
    "inventory_relationship": {
        "person_id": "people_person",
    },
    "inventory_relationshipversion": {
        "person_id": "people_person",
        "relationship_id": "inventory_relationship",
        "by_id": "people_member",
    },
    "inventory_scaleentry": {
        "person_id": "people_person",
        "relationship_id": "inventory_relationship",
        "entered_by_id": "people_member",
        "removed_by_id": "people_member",
    },
    "learning_readingstate": {
        "person_id": "people_person",
    },
    "learning_suggestion": {
        "person_id": "people_person",
        "course_id": "courses_course",
        "suggested_by_id": "people_member",
        "ended_by_id": "people_member",
    },
}
NAMED = (
    "inventory_relationship",
    "inventory_lifeevent",
    "courses_issue",
    "courses_focus",
    "courses_goal",
    "courses_formulation",
    "courses_stayingwellplan",
    "courses_letter",
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
        ("home", "0003_requests_of_one_service"),
        ("courses", "0005_the_therapy"),
        ("encounters", "0003_the_therapy"),
        ("inventory", "0001_the_therapy"),
        ("learning", "0001_the_therapy"),
    ]

    operations = [migrations.RunPython(add, remove)]
