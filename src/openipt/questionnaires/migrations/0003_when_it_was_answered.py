"""Rows of facts learn when their measure was last answered, from the answers themselves.

A row is made where an answer without a total was all there ever was of a measure that the
course did not begin with.
"""

from django.db import migrations
from django.db.models import Exists, OuterRef, Subquery

TOGETHER = 500


def learn(apps, schema_editor):
    asked_by = apps.get_model("questionnaires", "AskedBy").objects
    facts = apps.get_model("courses", "CourseFact")
    answered = asked_by.filter(answering__completed_at__isnull=False)
    make_missing(facts, answered)
    newest = answered.filter(
        course=OuterRef("course"), answering__measure=OuterRef("measure")
    ).order_by("-answering__completed_at")
    facts.objects.update(
        answered_at=Subquery(newest.values("answering__completed_at")[:1])
    )
    # PostgreSQL alters no table that has new rows to check yet, and an upgrade goes
    # through all its migrations in one transaction.
    schema_editor.connection.check_constraints([facts._meta.db_table])


def make_missing(facts, answered):
    """Make the rows of facts that answers have none of."""
    there = facts.objects.filter(
        course=OuterRef("course"), measure=OuterRef("answering__measure")
    )
    missing = (
        answered.filter(~Exists(there))
        .values_list("service_id", "course_id", "answering__measure")
        .distinct()
    )
    facts.objects.bulk_create(
        (
            facts(service_id=service_id, course_id=course_id, measure=measure)
            for service_id, course_id, measure in missing
        ),
        batch_size=TOGETHER,
    )


class Migration(migrations.Migration):
    dependencies = (
        ("courses", "0010_when_it_was_answered"),
        ("questionnaires", "0002_set_aside"),
    )

    operations = (migrations.RunPython(learn, migrations.RunPython.noop),)
