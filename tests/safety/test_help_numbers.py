"""Looking after help numbers: written down, checked with the operator, live, expired."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from openipt.audit.models import AuditEvent
from openipt.core.errors import Invalid, Refused, Stale
from openipt.core.helplines import retired_numbers
from openipt.people.models import Service
from openipt.safety import operations, queries
from openipt.safety.models import HelpLine
from tests.safety.conftest import MONDAY

pytestmark = pytest.mark.django_db
PAGE = "/console/help-numbers/"
FIELDS = {
    "country": "DE",
    "kind": "crisis",
    "name": "New line",
    "number": "000 222",
    "hours": "day and night",
    "note": "free",
    "source": "the operator's page",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def at(line, act=""):
    return f"{PAGE}{line.pk}/{act}/" if act else f"{PAGE}{line.pk}/"


def crisis(cast):
    return HelpLine.objects.get(service=cast.service, kind="crisis")


def write(cast, **changes):
    return cast.client("ada").post(PAGE, FIELDS | changes)


def shown(cast, on=None):
    on = on or MONDAY.date()
    return {line.name for line in queries.lines_for(cast.service.pk, "DE", on)}


def test_a_number_is_shown_once_a_named_member_has_checked_it(cast):
    assert write(cast).status_code == 302
    line = HelpLine.objects.get(name="New line")
    assert line.checked_by is None
    assert "New line" not in shown(cast)

    response = cast.client("ada").post(at(line, "check"), {"version": 1})
    assert response.status_code == 302
    line.refresh_from_db()
    assert (line.checked_by, line.checked_on, line.expires_on) == (
        cast.ada,
        date(2026, 11, 23),
        date(2027, 11, 23),
    )
    assert "New line" in shown(cast)
    assert shown(cast, date(2027, 11, 22)) >= {"New line"}
    assert "New line" not in shown(cast, date(2027, 11, 23))


def test_the_page_shows_who_checked_what_and_until_when(cast):
    page = cast.client("ada").get(PAGE).content.decode()

    assert "Night line" in page
    assert "Checked on 23 Oct 2026 by Ada Kern" in page
    assert "asked the operator" in page
    assert "I checked this number with the operator today" in page


def test_suggestions_come_with_their_source_and_are_written_down_unchecked(cast):
    client = cast.client("ada")
    page = client.get(PAGE).content.decode()
    assert "0800 111 0 111" in page
    assert "24na8.ru" in page

    (suggestion,) = queries.open_suggestions(cast.ada)
    fields = {
        name: getattr(suggestion, name)
        for name in ("country", "name", "number", "hours", "note", "source")
    }
    assert client.post(PAGE, fields | {"kind": "crisis"}).status_code == 302
    line = HelpLine.objects.get(number="0800 111 0 111")
    assert (line.source, line.checked_on) == ("24na8.ru", None)
    assert queries.open_suggestions(cast.ada) == []


def test_a_change_has_to_be_checked_again(cast):
    line = crisis(cast)
    fields = FIELDS | {"version": line.version, "number": "000 333"}
    assert cast.client("ada").post(at(line), fields).status_code == 302

    line.refresh_from_db()
    assert (line.number, line.checked_by, line.checked_on, line.expires_on) == (
        "000 333",
        None,
        None,
        None,
    )
    assert shown(cast) == {"Ambulance"}


def test_a_check_of_what_somebody_changed_meanwhile_does_not_count(cast):
    line = crisis(cast)
    cast.client("ada").post(at(line), FIELDS | {"version": line.version})
    response = cast.client("ada").post(at(line, "check"), {"version": line.version})

    assert response.status_code == 409
    assert crisis(cast).checked_on is None


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "٣"])
def test_an_unreadable_version_is_stale(cast, version):
    line = crisis(cast)
    response = cast.client("ada").post(at(line, "retire"), {"version": version})

    assert response.status_code == 409
    assert crisis(cast).retired_at is None


def test_two_who_change_it_at_once_lose_nothing(cast):
    line = crisis(cast)
    first = FIELDS | {"version": line.version, "name": "By the first"}
    second = FIELDS | {"version": line.version, "name": "By the second"}
    client = cast.client("ada")
    assert client.post(at(line), first).status_code == 302
    late = client.post(at(line), second)

    assert late.status_code == 409
    page = late.content.decode()
    assert "By the first" in page
    assert "By the second" in page
    assert crisis(cast).name == "By the first"
    # Sent once more as it stands, it counts.
    again = second | {"version": line.version + 1}
    assert client.post(at(line), again).status_code == 302
    assert crisis(cast).name == "By the second"


def test_a_double_click_checks_and_retires_once(cast):
    line = crisis(cast)
    client = cast.client("ada")
    for _click in range(2):
        sent = client.post(at(line, "check"), {"version": line.version})
        assert sent.status_code == 302
    assert crisis(cast).version == line.version + 1

    for _click in range(2):
        sent = client.post(at(line, "retire"), {"version": line.version + 1})
        assert sent.status_code == 302
    assert shown(cast) == {"Ambulance"}
    assert AuditEvent.objects.filter(action="safety.help_number.retired").count() == 1


def test_the_same_form_twice_is_one_number(cast):
    write(cast)
    assert write(cast).status_code == 302
    assert HelpLine.objects.filter(name="New line").count() == 1


@pytest.mark.parametrize("number", ["000 222", "000-222", "(000)222"])
def test_the_same_number_under_another_name_is_refused(cast, number):
    write(cast)
    response = write(cast, name="Another", number=number)

    assert response.status_code == 422
    assert "in the list already" in response.content.decode()


def test_a_number_cannot_be_changed_into_one_that_is_there(cast):
    line = crisis(cast)
    fields = FIELDS | {"version": line.version, "number": "112"}
    response = cast.client("ada").post(at(line), fields)

    assert response.status_code == 422
    assert "in the list already" in response.content.decode()
    kept = FIELDS | {"version": line.version, "number": line.number}
    assert cast.client("ada").post(at(line), kept).status_code == 302


def test_the_table_itself_keeps_a_number_once(cast):
    line = crisis(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpLine.objects.create(
            service=cast.service,
            country=line.country,
            number=line.number,
            kind="other",
            name="Twice",
            source="x",
            created_at=MONDAY,
        )


@pytest.mark.parametrize(
    "number",
    ["", "x", "call me", "1", "0" * 40, "1\x002", "<b>112</b>", "12\u202e34", "１１２"],
)
def test_what_cannot_be_dialled_is_refused_and_kept_in_the_form(cast, number):
    response = write(cast, number=number, name="KEPT NAME")

    if number == "12\u202e34":  # the mark is dropped, the digits stay
        assert response.status_code == 302
        assert HelpLine.objects.get(name="KEPT NAME").number == "1234"
        return
    assert response.status_code == 422
    assert "KEPT NAME" in response.content.decode()
    assert not HelpLine.objects.filter(name="KEPT NAME").exists()


@pytest.mark.parametrize("old", retired_numbers(), ids=lambda old: old.country)
def test_a_number_of_an_old_list_is_refused_with_the_one_that_took_its_place(cast, old):
    response = write(cast, country=old.country, number=old.number)

    assert response.status_code == 422
    assert f"replaced by {old.instead}" in response.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"country": "Germany"},
        {"country": ""},
        {"kind": "police"},
        {"name": ""},
        {"name": "x" * 121},
        {"source": ""},
        {"source": "x" * 301},
        {"hours": "x" * 121},
        {"note": "\x00"},
    ],
)
def test_bad_input_is_said(cast, changes):
    response = write(cast, **changes)

    assert response.status_code == 422
    assert "another look" in response.content.decode()
    assert HelpLine.objects.filter(service=cast.service).count() == 2


def test_hostile_text_is_shown_as_text_and_cannot_turn_a_number_around(cast):
    write(cast, name="<script>x</script> \u202eLine\n\n{{ 7*7 }}")
    line = HelpLine.objects.get(number="000 222")
    assert line.name == "<script>x</script> Line {{ 7*7 }}"
    cast.client("ada").post(at(line, "check"), {"version": 1})

    for client, address in ((cast.client("ada"), PAGE), (cast.client("ana"), "/help/")):
        page = client.get(address).content.decode()
        assert "<script>x" not in page
        assert "&lt;script&gt;x" in page


def test_a_demonstration_takes_words_and_only_words(cast):
    Service.objects.filter(pk=cast.service.pk).update(is_demo=True)

    refused = write(cast, number="000 222")
    assert refused.status_code == 422
    assert "in words" in refused.content.decode()
    assert write(cast, number="three blue lanterns").status_code == 302
    assert write(cast, number="Three Blue Lanterns", name="Again").status_code == 422
    assert "is a demonstration" in cast.client("ada").get(PAGE).content.decode()


@pytest.mark.parametrize("who", ["tomas", "sofia", "max", "ana"])
def test_only_the_administrator_has_the_page(cast, who):
    line = crisis(cast)
    client = cast.client(who)

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, FIELDS).status_code == 404
    for act in ("", "check", "retire"):
        assert client.post(at(line, act), {"version": 1}).status_code == 404
    assert crisis(cast).version == 1


def test_the_numbers_of_another_service_are_not_there(cast):
    line = HelpLine.objects.filter(service=cast.other_service).first()
    client = cast.client("ada")

    assert client.get(at(line)).status_code == 404
    for act in ("check", "retire"):
        assert client.post(at(line, act), {"version": 1}).status_code == 404
    assert HelpLine.objects.get(pk=line.pk).version == 1


def test_only_an_administrator_may(cast):
    details = operations.HelpNumber(**FIELDS)
    line = crisis(cast)

    with pytest.raises(Refused):
        operations.add_help_number(details=details, by=cast.tomas, at=MONDAY)
    with pytest.raises(Refused):
        operations.change_help_number(
            line=line, details=details, version=1, by=cast.tomas, at=MONDAY
        )
    for act in (operations.check_help_number, operations.retire_help_number):
        with pytest.raises(Refused):
            act(line=line, version=1, by=cast.tomas, at=MONDAY)


def test_the_operation_itself_refuses_a_bad_number_and_a_retired_line(cast):
    bad = operations.HelpNumber(**FIELDS | {"number": "call me"})
    with pytest.raises(Invalid):
        operations.add_help_number(details=bad, by=cast.ada, at=MONDAY)
    line = operations.retire_help_number(
        line=crisis(cast), version=1, by=cast.ada, at=MONDAY
    )
    with pytest.raises(Stale):
        operations.check_help_number(
            line=line, version=line.version, by=cast.ada, at=MONDAY
        )


def test_a_retired_number_may_be_written_down_again(cast):
    line = crisis(cast)
    operations.retire_help_number(line=line, version=1, by=cast.ada, at=MONDAY)

    assert write(cast, number=line.number).status_code == 302


def test_every_change_is_on_the_trail(cast):
    client = cast.client("ada")
    write(cast)
    line = HelpLine.objects.get(name="New line")
    client.post(at(line, "check"), {"version": 1})
    client.post(at(line), FIELDS | {"version": 2, "hours": "from nine"})
    client.post(at(line, "retire"), {"version": 3})

    actions = AuditEvent.objects.filter(object_id=line.pk).order_by("pk")
    assert {event.action.rpartition(".")[2] for event in actions} == {
        "added",
        "checked",
        "changed",
        "retired",
    }
    assert {event.actor_id for event in actions} == {cast.ada.pk}


@pytest.mark.parametrize(
    ("kind", "days_left", "expected"),
    [
        ("emergency", 31, []),
        ("emergency", 30, [("gold", "within 30 days")]),
        ("emergency", 0, [("red", "emergency number is more than a year old")]),
        ("crisis", 31, []),
        ("crisis", 30, [("gold", "within 30 days")]),
        ("crisis", 0, [("red", "no longer shown")]),
    ],
)
def test_staff_are_warned_in_gold_and_then_in_red(cast, kind, days_left, expected):
    HelpLine.objects.filter(service=cast.service, kind=kind).update(
        expires_on=MONDAY.date() + timedelta(days=days_left)
    )
    for who, url in (("ada", PAGE), ("tomas", ""), ("max", "")):
        found = queries.staff_warnings(cast.member(who), MONDAY.date())

        assert [warning.tone for warning in found] == [tone for tone, _ in expected]
        assert all(
            words in warning.text
            for warning, (_, words) in zip(found, expected, strict=True)
        )
        assert all(warning.url == url for warning in found)


def test_without_an_emergency_number_nobody_can_be_invited(cast):
    def is_live():
        return queries.emergency_is_live(cast.service.pk, "DE", MONDAY.date())

    assert is_live()
    assert not queries.emergency_is_live(cast.service.pk, "NZ", MONDAY.date())

    lines = HelpLine.objects.filter(service=cast.service, kind="emergency")
    lines.update(expires_on=MONDAY.date())
    assert not is_live()
    lines.update(expires_on=None, checked_by=None, checked_on=None)
    assert not is_live()
    (warning,) = queries.staff_warnings(cast.ada, MONDAY.date())
    assert (warning.tone, "nobody can be invited" in warning.text) == ("red", True)
    assert "nobody can be invited" in cast.client("ada").get(PAGE).content.decode()


def test_an_emergency_number_stays_however_old_its_check(cast):
    HelpLine.objects.update(expires_on=MONDAY.date() - timedelta(days=4000))

    (line,) = queries.lines_for(cast.service.pk, "DE", MONDAY.date())
    assert (line.name, line.is_old) == ("Ambulance", True)
    page = cast.client("ada").get(PAGE).content.decode()
    assert "Persons still see it, with the date of its last check." in page
    assert "Persons do not see it any more." in page


def test_the_emergency_number_comes_first_and_the_rest_by_name(cast):
    for name, kind, number in (("Aunt", "other", "000 7"), ("Abel", "crisis", "000 8")):
        line = operations.add_help_number(
            details=operations.HelpNumber(
                **FIELDS | {"name": name, "kind": kind, "number": number}
            ),
            by=cast.ada,
            at=MONDAY,
        )
        operations.check_help_number(line=line, version=1, by=cast.ada, at=MONDAY)

    lines = queries.lines_for(cast.service.pk, "DE", MONDAY.date())
    assert [line.name for line in lines] == ["Ambulance", "Abel", "Night line", "Aunt"]


def test_a_number_abroad_is_dialled_with_its_plus(cast):
    write(cast, number="+49 30 1234")
    line = HelpLine.objects.get(number="+49 30 1234")
    operations.check_help_number(line=line, version=1, by=cast.ada, at=MONDAY)

    assert 'href="tel:+49301234"' in cast.client("ana").get("/help/").content.decode()


def test_a_change_that_is_wrong_is_said_and_kept(cast):
    line = crisis(cast)
    fields = FIELDS | {"version": line.version, "number": "call me", "name": "KEPT"}
    response = cast.client("ada").post(at(line), fields)

    assert response.status_code == 422
    assert "KEPT" in response.content.decode()
    assert crisis(cast).version == line.version


def test_a_row_names_itself_by_its_key_alone(cast, raised):
    alert = raised()
    rows = [
        alert,
        alert.sources.get(),
        alert.events.first(),
        alert.recipients.get(),
        crisis(cast),
    ]

    for row in rows:
        assert str(row).endswith(str(row.pk))
        assert len(str(row)) < 60
