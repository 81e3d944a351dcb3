"""Rows by a prepared query, and rows that are held, are those of the plain query."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from openipt.core.errors import Missing
from openipt.courses import queries as courses
from openipt.courses.models import Contract, Course
from openipt.inventory import access as inventory
from openipt.inventory import operations
from openipt.inventory.models import InventoryAgreement
from openipt.people.models import Notice, Service
from openipt.sql.locks import lock_row
from openipt.sql.prepared import Prepared
from tests import people
from tests.people import NOW

NOTICES = Prepared(
    lambda service: Notice.objects.filter(service_id=service).order_by("version"),
    service=UUID,
)


@pytest.fixture
def cast(db):
    return people.gather_with_courses()


def columns(row):
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


def test_they_are_the_rows_of_the_plain_query(cast):
    plain = list(Notice.objects.filter(service=cast.service).order_by("version"))

    with CaptureQueriesContext(connection) as asked:
        found = NOTICES.instances(service=cast.service.pk)
        told = [columns(row) for row in found]

    assert len(asked) == 1  # no column was left to be read later
    assert found == plain
    assert plain
    assert told == [columns(row) for row in plain]
    assert not found[0]._state.adding
    assert found[0]._state.db == plain[0]._state.db
    assert NOTICES.first(service=cast.service.pk) == plain[0]
    assert NOTICES.first(service=uuid4()) is None


def test_they_are_read_anew_and_can_be_saved(cast):
    first = NOTICES.first(service=cast.service.pk)
    version = first.version + 40
    first.version = version
    first.save(update_fields=["version"])

    assert NOTICES.first(service=cast.service.pk).version == version


def test_the_contract_is_the_newest_one(cast):
    course = Course.objects.filter(contracts__isnull=False).first()
    first = Contract.objects.get(course=course)
    assert columns(courses.latest_contract(course)) == columns(first)

    first.pk, first.version, first._state.adding = uuid4(), 2, True
    first.prescriber = "Dr Blue"
    first.save(force_insert=True)

    newest = Contract.objects.filter(course=course).order_by("-version").first()
    found = courses.latest_contract(course)
    assert found == newest == first
    assert columns(found) == columns(newest)
    assert found.prescriber == "Dr Blue"
    assert found.course is course
    with pytest.raises(Missing):
        courses.latest_contract(Course(pk=uuid4()))


def test_an_agreement_stands_until_it_is_taken_back(cast):
    person, by = cast.ana, cast.ana.member

    for step, stands in (
        (None, False),
        (operations.agree, True),
        (operations.take_agreement_back, False),
    ):
        if step:
            step(person=person, by=by, at=NOW)
        plain = InventoryAgreement.objects.filter(
            person=person, ended_at__isnull=True
        ).exists()
        assert inventory.has_agreed(person) is plain is stands


def test_a_held_row_gives_what_stands_there_now(cast):
    service = cast.service
    Service.objects.filter(pk=service.pk).update(country="NZ")

    with CaptureQueriesContext(connection) as asked:
        assert lock_row(Service, service.pk) == (service.pk,)

    assert lock_row(Service, service.pk, "country", "name") == ("NZ", service.name)
    assert lock_row(Service, uuid4()) is None
    [sent] = asked
    assert ("FOR UPDATE" in sent["sql"]) == connection.features.has_select_for_update


@pytest.mark.django_db(transaction=True)
def test_nothing_is_held_outside_of_a_transaction():
    with pytest.raises(TransactionManagementError):
        lock_row(Service, uuid4())
