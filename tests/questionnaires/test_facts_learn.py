"""Rows of facts of an older record learn from its answers when they were last given."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from openipt.courses.models import CourseFact
from openipt.questionnaires import operations
from tests import people

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = (("courses", "0009_why_a_focus_ended"), ("questionnaires", "0002_set_aside"))
DAY = timedelta(days=1)


@pytest.fixture
def migrate():
    """Go to a state of the tables; the newest comes back after the test."""
    yield to
    to()


def to(*targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets or executor.loader.graph.leaf_nodes())


def answered(person, measure, at, *, items):
    by = person.member
    sheet = operations.start_answering(person=person, measure=measure, by=by, at=at)
    codes = {str(item): 0 for item in range(1, items + 1)}
    operations.choose_all(answering=sheet, codes=codes, by=by, at=at)
    operations.finish(answering=sheet, by=by, at=at)


def facts():
    """Return every row of facts, without its id: a row may have to be made anew."""
    rows = CourseFact.objects.order_by("course_id", "measure").values()
    return [{key: row[key] for key in row if key != "id"} for row in rows]


def test_rows_of_an_older_record_learn_when_their_measure_was_answered(cast, migrate):
    answered(cast.ana, "phq9", people.NOW - 7 * DAY, items=9)
    answered(cast.ana, "phq9", people.NOW, items=6)
    answered(cast.ana, "gad7", people.NOW, items=7)
    answered(cast.eva, "gad7", people.NOW, items=5)
    operations.start_answering(
        person=cast.bea, measure="phq9", by=cast.bea.member, at=people.NOW
    )
    was = facts()
    CourseFact.objects.filter(course=cast.extra["eva"], measure="gad7").delete()

    migrate(*BEFORE)
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(
            cursor, CourseFact._meta.db_table
        )
    assert "answered_at" not in {column.name for column in columns}
    migrate()

    assert facts() == was
    assert sum(row["answered_at"] is not None for row in was) == 3


def test_an_empty_record_has_nothing_to_learn(migrate):
    migrate(*BEFORE)
    migrate()

    assert not CourseFact.objects.exists()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite checks at once")
def test_tables_can_be_altered_after_it_in_the_same_transaction(cast, migrate):
    """An upgrade goes through all its migrations at once, whatever comes after this one."""
    answered(cast.eva, "gad7", people.NOW, items=5)
    CourseFact.objects.all().delete()
    migrate(*BEFORE)

    with transaction.atomic():
        migrate()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE courses_coursefact ADD COLUMN later integer")
            cursor.execute("ALTER TABLE courses_coursefact DROP COLUMN later")

    [learnt] = facts()
    assert (learnt["measure"], learnt["answered_at"]) == ("gad7", people.NOW)
