"""The console's pages about the service: settings, hours, notice; and how it is founded."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from openipt.audit.models import AuditEvent
from openipt.core.errors import Invalid, Refused, Stale
from openipt.people import operations, queries
from openipt.people.models import Account, Member, Notice, Service
from openipt.web.clock import now
from tests import people

pytestmark = pytest.mark.django_db

SETTINGS = "people:service-settings"


@pytest.fixture
def cast():
    return people.gather()


@pytest.fixture
def ada(cast):
    return cast.client("ada")


def settings(**changes):
    opened = {}
    for day in range(5):
        opened |= {f"from_{day}_1": "09:00", f"until_{day}_1": "17:00"}
    return {
        "version": 1,
        "name": "Harbour Practice",
        "country": "DE",
        "zone": "Europe/Berlin",
        "languages": ["en"],
        "holidays": "",
        "contact": "Call 000 at the front desk.",
        **opened,
        **changes,
    }


def test_settings_are_shown_as_they_are_kept(ada):
    page = ada.get(reverse(SETTINGS)).content.decode()

    assert 'value="Harbour Practice"' in page
    assert 'name="from_0_1" value="09:00"' in page
    assert 'value="Europe/Berlin" selected' in page


def test_settings_are_changed(cast, ada):
    answer = ada.post(
        reverse(SETTINGS),
        settings(
            name="Harbour and Hill",
            zone="America/New_York",
            country="US",
            contact="Ring the bell.",
            holidays="2026-12-25\n\n 2026-01-01 \n2026-12-25",
            until_0_1="12:00",
            from_0_2="13:30",
            until_0_2="00:00",
            from_4_1="",
            until_4_1="",
        ),
    )

    assert answer.status_code == 302
    kept = Service.objects.get(pk=cast.service.pk)
    assert (kept.name, kept.zone, kept.country) == (
        "Harbour and Hill",
        "America/New_York",
        "US",
    )
    assert kept.holidays == ["2026-01-01", "2026-12-25"]
    assert kept.hours["0"] == [["09:00", "12:00"], ["13:30", "00:00"]]
    assert "4" not in kept.hours
    assert kept.version == 2
    event = AuditEvent.objects.get(action="people.service.changed")
    assert event.fields == ["contact", "country", "holidays", "hours", "name", "zone"]


def test_saving_without_a_change_changes_nothing(cast, ada):
    assert ada.post(reverse(SETTINGS), settings()).status_code == 302
    assert Service.objects.get(pk=cast.service.pk).version == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "required"),
        ({"name": "x" * 121}, "120"),
        ({"zone": "Mars/Olympus"}, "valid choice"),
        ({"country": "XX"}, "valid choice"),
        ({"country": "<b>"}, "valid choice"),
        ({"languages": []}, "required"),
        ({"languages": ["tlh"]}, "valid choice"),
        ({"holidays": "25.12.2026"}, "is no date"),
        ({"holidays": "2026-02-30"}, "is no date"),
        ({"holidays": "<script>alert(1)</script>"}, "is no date"),
        ({"contact": "x" * 401}, "400"),
        ({"contact": "a\0b"}, "Null"),
        ({"from_0_1": "17:00", "until_0_1": "09:00"}, "closes after it opens"),
        ({"from_0_1": ""}, "both times, or neither"),
        ({"from_0_2": "16:00", "until_0_2": "18:00"}, "comes after the first"),
        ({"from_0_1": "25:00"}, "valid time"),
        ({"version": ""}, "required"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_and_kept(cast, ada, changes, sentence):
    answer = ada.post(reverse(SETTINGS), settings(**({"contact": "Mine"} | changes)))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "<script>alert" not in page
    assert Service.objects.get(pk=cast.service.pk).version == 1


def test_a_service_is_open_at_some_time(cast, ada):
    closed = {f"{end}_{day}_1": "" for end in ("from", "until") for day in range(5)}

    answer = ada.post(reverse(SETTINGS), settings(**closed))

    assert answer.status_code == 422
    assert "one day at least" in answer.content.decode()


def test_two_administrators_at_once_see_both(cast, ada):
    ada.post(reverse(SETTINGS), settings(contact="Theirs."))

    answer = ada.post(reverse(SETTINGS), settings(contact="Mine."))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in page
    assert "Mine." in page
    assert 'name="version" value="2"' in page
    assert Service.objects.get(pk=cast.service.pk).contact == "Theirs."


def test_hours_that_cross_are_refused_by_the_operation_too(cast):
    with pytest.raises(Invalid, match="Check the hours"):
        operations.change_service(
            service=cast.service,
            version=1,
            by=cast.ada,
            at=now(),
            hours={"0": [["09:00", "17:00"], ["12:00", "18:00"]]},
        )


def test_only_its_administrator_changes_a_service(cast):
    for who in ("tomas", "mia"):
        with pytest.raises(Refused):
            operations.change_service(
                service=cast.service,
                version=1,
                by=cast.member(who),
                at=now(),
                name="Taken over",
            )


def test_a_notice_is_published_as_a_new_version(cast, ada):
    answer = ada.post(
        reverse("people:notice"), {"version": 1, "text": "# New\r\n\r\nWords.  "}
    )

    assert answer.status_code == 302
    newest = queries.newest_notice(cast.ada)
    assert (newest.version, newest.text) == (2, "# New\n\nWords.")
    assert newest.published_by == cast.ada
    first = ada.get(reverse("people:notice-version", args=[1])).content.decode()
    assert "What is kept and who sees it." in first


def test_publishing_twice_publishes_once(cast, ada):
    for _n in range(2):
        ada.post(reverse("people:notice"), {"version": 1, "text": "New."})

    assert Notice.objects.filter(service=cast.service).count() == 2


def test_two_who_write_a_notice_see_both(cast, ada):
    ada.post(reverse("people:notice"), {"version": 1, "text": "Theirs."})

    answer = ada.post(reverse("people:notice"), {"version": 1, "text": "Mine."})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in page
    assert "Mine." in page
    assert queries.newest_notice(cast.ada).text == "Theirs."
    again = ada.post(reverse("people:notice"), {"version": 2, "text": "Mine."})
    assert again.status_code == 302


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 20_001, "a\0b", "x" * 1_000_000])
def test_a_notice_that_cannot_be_is_refused(cast, ada, text):
    answer = ada.post(reverse("people:notice"), {"version": 1, "text": text})

    assert answer.status_code == 422
    assert queries.newest_notice(cast.ada).version == 1


def test_a_notice_of_another_service_is_missing(cast, ada):
    operations.publish_notice(
        service=cast.other_service, text="Hill.", base_version=1, by=cast.mia, at=now()
    )

    assert ada.get(reverse("people:notice-version", args=[2])).status_code == 404


def test_a_stale_base_is_refused_by_the_operation(cast):
    with pytest.raises(Stale):
        operations.publish_notice(
            service=cast.service, text="New.", base_version=0, by=cast.ada, at=now()
        )


def found(**changes):
    facts = {
        "name": "Lake Practice",
        "zone": "Europe/London",
        "country": "gb",
        "admin_email": "Boss@lake.example",
        "at": now(),
    }
    return operations.found_service(**(facts | changes))


def test_a_new_service_has_hours_a_notice_and_one_invited_administrator():
    service, code = found()

    member = Member.objects.get(service=service)
    assert (member.state, member.roles, member.account) == ("invited", ["admin"], None)
    assert service.country == "GB"
    assert service.hours == {str(day): [["09:00", "17:00"]] for day in range(5)}
    notice = Notice.objects.get(service=service)
    assert "Lake Practice" in notice.text
    assert not Account.objects.exists()
    joined = Client().post(
        "/join/",
        {
            "code": code,
            "email": "boss@lake.example",
            "password": "seven-slow-green-boats",
        },
    )
    assert joined.status_code == 302


def test_the_first_code_opens_only_the_address_it_was_made_for():
    _service, code = found()

    answer = Client().post(
        "/join/",
        {
            "code": code,
            "email": "thief@lake.example",
            "password": "seven-slow-green-boats",
        },
    )

    assert answer.status_code == 403
    assert not Account.objects.exists()


def test_the_first_code_lasts_three_days():
    _service, code = found(at=now() - timedelta(days=3))

    with pytest.raises(Refused, match="too old"):
        operations.redeem(
            code=code,
            email="boss@lake.example",
            password="seven-slow-green-boats",
            at=now(),
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "},
        {"zone": "Europe/Nowhere"},
        {"country": "Germany"},
        {"country": "1!"},
        {"admin_email": "boss"},
    ],
)
def test_a_service_with_unusable_answers_is_not_founded(changes):
    with pytest.raises(Invalid):
        found(**changes)

    assert not Service.objects.exists()
