"""Who looks after whom: absences and supervision, through the console."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from openipt.audit.models import AuditEvent
from openipt.core.errors import Invalid, Refused
from openipt.people import operations, queries
from openipt.people.models import Absence, Member, Supervision
from openipt.web.clock import now
from tests import people

pytestmark = pytest.mark.django_db


def today():
    """The day it is where the services of the cast are: not always that of UTC."""
    return now().astimezone(ZoneInfo("Europe/Berlin")).date()


@pytest.fixture
def cast():
    return people.gather()


@pytest.fixture
def ada(cast):
    return cast.client("ada")


def act_on(name, member):
    return reverse(f"people:{name}", args=[member.pk])


def test_an_absence_puts_the_deputy_in_charge(cast, ada):
    start = today()
    sent = {
        "from_on": start.isoformat(),
        "until_on": (start + timedelta(days=7)).isoformat(),
        "deputy": str(cast.sofia.pk),
    }

    answer = ada.post(act_on("record-absence", cast.tomas), sent)
    ada.post(act_on("record-absence", cast.tomas), sent)

    assert answer.status_code == 302
    assert Absence.objects.count() == 1
    assert queries.deputy_now(cast.tomas, start + timedelta(days=1)) == cast.sofia
    assert queries.deputy_now(cast.tomas, start + timedelta(days=7)) == cast.ines


@pytest.mark.parametrize(
    ("from_on", "until_on", "status"),
    [
        ("2026-12-01", "2026-12-01", 422),
        ("2026-12-02", "2026-12-01", 422),
        ("", "2026-12-01", 422),
        ("2026-13-01", "2026-12-01", 422),
        ("0001-01-01", "2026-12-01", 422),
        ("2026-12-01", "9999-12-31", 422),
        ("2026-01-01", "2026-02-01", 422),
    ],
)
@time_machine.travel("2026-11-22 09:00Z", tick=False)
def test_an_absence_that_cannot_be_is_refused(cast, from_on, until_on, status):
    ada = cast.client("ada")  # on the day of the test
    answer = ada.post(
        act_on("record-absence", cast.tomas),
        {"from_on": from_on, "until_on": until_on, "deputy": str(cast.ines.pk)},
    )

    assert answer.status_code == status
    assert not Absence.objects.exists()


def test_absences_do_not_cross_and_a_deputy_is_there(cast):
    start = today() + timedelta(days=10)

    def away(member, deputy, shift):
        return operations.record_absence(
            member=member,
            deputy=deputy,
            from_on=start + timedelta(days=shift),
            until_on=start + timedelta(days=shift + 5),
            by=cast.ada,
            at=now(),
        )

    away(cast.tomas, cast.ines, 0)
    with pytest.raises(Invalid, match="already"):
        away(cast.tomas, cast.ines, 4)
    with pytest.raises(Refused, match="is away in these days too"):
        away(cast.ines, cast.tomas, 4)
    away(cast.tomas, cast.ines, 5)
    assert Absence.objects.count() == 2


def test_a_cancelled_absence_is_over(cast, ada):
    absence = operations.record_absence(
        member=cast.tomas,
        deputy=cast.sofia,
        from_on=today(),
        until_on=today() + timedelta(days=3),
        by=cast.ada,
        at=now(),
    )

    for _n in range(2):
        answer = ada.post(reverse("people:cancel-absence", args=[absence.pk]))
        assert answer.status_code == 302

    assert queries.absence_of(cast.tomas, today()) is None
    assert AuditEvent.objects.filter(action="people.absence.cancelled").count() == 1


def test_a_suspended_deputy_does_not_stand_in(cast):
    operations.suspend(member=cast.ines, reason="Left.", by=cast.ada, at=now())

    tomas = Member.objects.get(pk=cast.tomas.pk)
    assert queries.deputy_now(tomas, date(2026, 11, 22)) is None


def supervision(cast, **changes):
    return {
        "supervisor": str(cast.sofia.pk),
        "therapist": str(cast.ines.pk),
        "from_on": today().isoformat(),
        "until_on": "",
    } | changes


def test_who_supervises_whom_is_shown_and_set(cast, ada):
    answer = ada.post(reverse("people:supervision"), supervision(cast))

    assert answer.status_code == 302
    assert queries.supervisors_of(cast.ines, now()) == [cast.sofia]
    page = ada.get(reverse("people:supervision")).content.decode()
    assert page.count("Dr Sofia Berg</a>") == 2


def test_setting_a_supervision_twice_sets_it_once(cast):
    for _n in range(2):
        operations.set_supervision(
            supervisor=cast.sofia, therapist=cast.ines, by=cast.ada, at=now()
        )

    assert Supervision.objects.filter(therapist=cast.ines).count() == 1


@time_machine.travel("2026-11-22 09:00Z", tick=False)
def test_supervision_begins_and_ends_at_midnight_of_the_service(cast):
    ada = cast.client("ada")  # on the day of the test
    ada.post(
        reverse("people:supervision"),
        supervision(cast, from_on="2026-12-01", until_on="2027-03-29"),
    )

    row = Supervision.objects.get(therapist=cast.ines)
    assert row.starts_at == datetime(2026, 11, 30, 23, tzinfo=UTC)
    assert row.ends_at == datetime(2027, 3, 28, 22, tzinfo=UTC)
    assert queries.supervisors_of(cast.ines, row.starts_at - timedelta(seconds=1)) == []
    assert queries.supervisors_of(cast.ines, row.starts_at) == [cast.sofia]
    assert queries.supervisors_of(cast.ines, row.ends_at) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"supervisor": ""},
        {"supervisor": "x"},
        {"therapist": "SOFIA"},
        {"from_on": "2020-01-01"},
        {"from_on": "yesterday"},
        {"until_on": "2020-01-01"},
    ],
)
def test_a_supervision_that_cannot_be_is_refused(cast, ada, changes):
    sent = supervision(cast, **changes)

    answer = ada.post(reverse("people:supervision"), sent)

    assert answer.status_code == 422
    assert not Supervision.objects.filter(therapist=cast.ines).exists()


def test_supervision_does_not_overlap_itself(cast):
    with pytest.raises(Invalid, match="already"):
        operations.set_supervision(
            supervisor=cast.sofia,
            therapist=cast.tomas,
            by=cast.ada,
            at=now(),
            ends_at=now() + timedelta(days=3),
        )


@pytest.mark.parametrize(
    ("supervisor", "therapist", "by"),
    [
        ("ines", "tomas", "ada"),
        ("sofia", "sofia", "ada"),
        ("sofia", "max", "ada"),
        ("sofia", "omar", "ada"),
        ("sofia", "ines", "tomas"),
        ("sofia", "ines", "mia"),
    ],
)
def test_who_cannot_supervise_is_refused(cast, supervisor, therapist, by):
    with pytest.raises(Refused):
        operations.set_supervision(
            supervisor=cast.member(supervisor),
            therapist=cast.member(therapist),
            by=cast.member(by),
            at=now(),
        )


def test_ending_a_supervision_ends_what_it_opened(cast, ada):
    row = Supervision.objects.get(therapist=cast.tomas)
    operations.open_care(person=cast.ana, member=cast.tomas, by=cast.tomas, at=now())
    assert queries.may_read(cast.sofia, cast.ana.pk, None, now())

    for _n in range(2):
        answer = ada.post(reverse("people:end-supervision", args=[row.pk]))
        assert answer.status_code == 302

    assert not queries.may_read(cast.sofia, cast.ana.pk, None, now())
    assert AuditEvent.objects.filter(action="people.supervision.ended").count() == 1


@pytest.mark.parametrize("name", ["end-supervision", "cancel-absence"])
def test_cover_of_another_service_is_missing(cast, ada, name):
    assert ada.post(reverse(f"people:{name}", args=[uuid4()])).status_code == 404
    foreign = cast.client("mia")
    row = Supervision.objects.get(therapist=cast.tomas)
    away = operations.record_absence(
        member=cast.tomas,
        deputy=cast.ines,
        from_on=today(),
        until_on=today() + timedelta(days=1),
        by=cast.ada,
        at=now(),
    )
    target = row.pk if name == "end-supervision" else away.pk

    assert foreign.post(reverse(f"people:{name}", args=[target])).status_code == 404
    row.refresh_from_db()
    away.refresh_from_db()
    assert (row.ends_at, away.cancelled_at) == (None, None)
