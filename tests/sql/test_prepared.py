"""A prepared query says what the same query says when it is worked out each time."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from openipt.courses.models import Course
from openipt.home.queries import open_alerts
from openipt.people import queries as people_queries
from openipt.people.models import CareRelationship, Member, Notice, Person
from openipt.safety import operations as safety
from openipt.safety.models import HelpLine
from openipt.sql.prepared import Many, Prepared
from tests import people

pytestmark = pytest.mark.django_db

LINES = Prepared(
    lambda service: (
        HelpLine.objects.filter(service_id=service, kind="crisis")
        .order_by("name")
        .values_list("id", "name", "checked_on")
    ),
    service=UUID,
)


COURSES = Prepared(
    lambda person: (
        Course.objects.filter(person_id=person)
        .annotate(letters=Length("variant_id"))
        .select_related("person__member", "continues")
        .order_by("pk")
    ),
    person=UUID,
)
LOCKED = Prepared(
    lambda person: Person.objects.select_for_update().filter(pk=person), person=UUID
)


@pytest.fixture
def cast():
    return people.gather_with_courses()


def test_rows_have_the_types_of_the_model(cast):
    [(line_id, name, checked_on)] = LINES.rows(service=cast.service.pk)

    assert isinstance(line_id, UUID)
    assert isinstance(checked_on, date)
    assert name == "Night line"


def test_instances_are_those_of_the_plain_query(cast):
    [found] = COURSES.instances(person=cast.ana.pk)

    [plain] = Course.objects.filter(person=cast.ana)
    with CaptureQueriesContext(connection) as asked:
        read = (found.person.name, found.person.member.pk, found.continues)
    assert {f.attname: getattr(found, f.attname) for f in Course._meta.fields} == {
        f.attname: getattr(plain, f.attname) for f in Course._meta.fields
    }
    assert read == ("Ana Holm", cast.ana.member_id, None)
    assert found.letters == len(plain.variant_id)
    assert (found._state.adding, found._state.db) == (False, "default")
    assert all("vault_datakey" in one["sql"] for one in asked)
    assert COURSES.instances(person=uuid4()) == []


MEMBERS = Prepared(
    lambda service, members: (
        Member.objects.filter(service=service, pk__in=members)
        .annotate(odd=RawSQL("'%%s%%'", ()))
        .order_by("pk")
        .values_list("pk", "state", "odd")
    ),
    service=UUID,
    members=Many,
)


@pytest.mark.parametrize("count", [0, 1, 2, 7, 20_000])
def test_as_many_ids_as_are_asked_for(cast, count):
    here = Member.objects.filter(service=cast.service)
    ids = [member.pk for member in here.order_by("name")][:count]
    ids += [uuid4() for _more in range(count - len(ids))]

    found = MEMBERS.rows(service=cast.service.pk, members=Many(ids))

    plain = here.filter(pk__in=ids).order_by("pk").values_list("pk", "state")
    assert found == [(*row, "%s%") for row in plain]
    assert len(found) == min(count, here.count())
    assert MEMBERS.rows(service=cast.service.pk, members=Many(ids * 2)) == found
    assert MEMBERS.rows(service=cast.other_service.pk, members=Many(ids)) == []


def test_many_ids_stand_in_one_place_of_their_own(cast):
    twice = Prepared(
        lambda members: Member.objects.filter(
            Q(pk__in=members) | Q(account__in=members)
        ),
        members=Many,
    )
    alone = Prepared(lambda members: Member.objects.filter(pk=members[0]), members=Many)

    for query in (twice, alone):
        with pytest.raises(TypeError, match="one place"):
            query.instances(members=Many([cast.mia.pk]))
    with pytest.raises(TypeError, match="no Many"):
        MEMBERS.rows(service=cast.service.pk, members=[cast.mia.pk])


def test_what_was_left_out_of_an_instance_is_read_when_it_is_asked_for(cast):
    lines = Prepared(
        lambda line: HelpLine.objects.filter(pk=line).only("name"), line=UUID
    )
    plain = HelpLine.objects.filter(service=cast.service).earliest("pk")

    [found] = lines.instances(line=plain.pk)

    assert found.get_deferred_fields()
    assert (found.name, found.number) == (plain.name, plain.number)


def test_plain_values_are_no_instances(cast):
    with pytest.raises(TypeError, match="plain values"):
        LINES.instances(service=cast.service.pk)


def test_what_is_read_beside_a_query_is_refused(cast):
    beside = Prepared(
        lambda person: Course.objects.filter(person_id=person).prefetch_related(
            "states"
        ),
        person=UUID,
    )
    known = Prepared(lambda state: cast.ana.courses.filter(variant_id=state), state=str)

    for query, values in ((beside, {"person": cast.ana.pk}), (known, {"state": "a"})):
        with pytest.raises(TypeError, match="beside"):
            query.instances(**values)


@pytest.mark.django_db(transaction=True)
def test_a_lock_needs_a_transaction_each_time():
    cast = people.gather()
    with transaction.atomic():
        assert LOCKED.instances(person=cast.ana.pk) == [cast.ana]

    if connection.features.has_select_for_update:
        with pytest.raises(TransactionManagementError):
            LOCKED.instances(person=cast.ana.pk)
    else:
        assert LOCKED.instances(person=cast.ana.pk) == [cast.ana]


def test_it_is_asked_with_one_statement_each_time(cast):
    with CaptureQueriesContext(connection) as asked:
        first = LINES.rows(service=cast.service.pk)
        other = LINES.rows(service=cast.other_service.pk)

    assert len(asked) == 2
    assert first != other
    assert LINES.rows(service=uuid4()) == []


@pytest.mark.parametrize(
    "values", [{}, {"service": "a"}, {"service": uuid4(), "more": uuid4()}]
)
def test_what_does_not_fit_is_refused(values):
    with pytest.raises(TypeError):
        LINES.rows(**values)


def test_a_value_that_does_not_reach_the_query_is_refused():
    """It would have been looked at once, and its answer kept for everybody."""
    forgetful = Prepared(
        lambda service: Notice.objects.filter(
            version=1 if service.int else 2
        ).values_list("id"),
        service=UUID,
    )

    with pytest.raises(TypeError, match="service"):
        forgetful.rows(service=uuid4())


@pytest.mark.parametrize("name", ["tomas", "ines", "sofia", "max", "omar", "ana"])
@pytest.mark.parametrize("hours", [-24 * 400, 0, 1, 24 * 400])
def test_alerts_that_wait_are_counted_as_the_list_of_them_says(cast, name, hours):
    safety.not_safe(person=cast.ana, by=cast.ana.member, at=people.NOW)
    at, member = people.NOW + timedelta(hours=hours), cast.member(name)

    counted = open_alerts.waiting_count(member, at)

    cards = open_alerts.cards_for(member, at)
    assert counted == sum(card.is_waiting for card in cards)


@pytest.mark.parametrize("name", people.MEMBERS)
def test_care_is_found_as_its_rows_say(cast, name):
    member: Member = cast.member(name)
    for person in (cast.ana, cast.bea, cast.eva):
        for course_id in (None, cast.extra["ana"].pk):
            for days in (-1000, 0, 1000):
                at = people.NOW + timedelta(days=days)
                mine = CareRelationship.objects.filter(
                    member=member, person=person, state="active", starts_at__lte=at
                )
                if course_id:
                    mine = mine.filter(course_id=course_id)
                found = people_queries.has_care(member, person.pk, course_id, at)

                assert found == any(
                    row.ends_at is None or row.ends_at > at for row in mine
                )
