"""A service born by `openipt init` reaches its first signed note through screens alone."""

import pytest

from openipt.encounters.models import Note
from openipt.people.operations import found_service
from openipt.web.clock import now

from .steps import code_on, one_time_code

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clock"),
]

PASSWORD = "quiet-river-stone-42"


def test_from_init_to_the_first_signed_note(visitor):
    ada = administrator_comes(visitor)
    tomas = therapist_is_invited(visitor, ada)
    contract_is_refused_and_nothing_is_lost(tomas)
    nobody_is_invited_without_an_emergency_number(tomas)
    emergency_number_is_checked(ada)
    ana = person_comes(visitor, tomas)
    ana.see("Good morning, Ana")
    ana.see("Monday")
    note_is_written_and_signed(tomas)

    assert Note.objects.get().signed_at is not None


def administrator_comes(visitor):
    _service, code = found_service(
        name="Meadow Practice",
        zone="Europe/Berlin",
        country="DE",
        admin_email="ada@new.example",
        at=now(),
    )
    ada = visitor()
    join(ada, code, "ada@new.example")
    set_up_second_factor(ada)
    ada.open("/")
    ada.is_at("/console/")
    ada.see("Before the service can work")
    ada.picture("console-new")
    return ada


def therapist_is_invited(visitor, ada):
    """A therapist with a deputy, so that somebody is there for an answer about safety."""
    deputy_code = invite(ada, "Dr Ines Roth", ["therapist"])
    ines = visitor()
    join(ines, deputy_code, "ines@new.example")
    set_up_second_factor(ines)
    code = invite(ada, "Dr Tomas Lind", ["therapist"], deputy="Dr Ines Roth")
    tomas = visitor()
    join(tomas, code, "tomas@new.example")
    set_up_second_factor(tomas)
    return tomas


def contract_is_refused_and_nothing_is_lost(tomas):
    """Thirty weeks are refused with the bound; forty minutes want a reason."""
    tomas.open("/caseload/")
    tomas.see("No course yet")
    tomas.follow("Start a course", "start")
    write_contract(tomas)
    tomas.field("sessions").fill("30")
    answer = tomas.press("Start the course", "start-refused")
    assert answer.status == 422
    tomas.see("Source:")
    assert "20" in error_of(tomas, "sessions")
    all_that_was_typed_stays(tomas)
    tomas.field("sessions").fill("16")
    tomas.field("minutes").fill("40")
    assert tomas.press("Start the course").status == 422
    all_that_was_typed_stays(tomas)
    tomas.fill("Why it is different here", "A lesson hour is what the school allows.")
    assert tomas.press("Start the course", "course-new").status == 200
    tomas.see("A lesson hour is what the school allows.")


def write_contract(tomas):
    page = tomas.page
    tomas.fill("Full name", "Ana Holm")
    tomas.fill("What they like to be called", "Ana")
    tomas.choose("Country they live in", "Germany")
    tomas.choose("What is it for?", "Depression")
    page.locator("input[name=variant_id][value$=columbia]").check()
    tomas.fill("First session", "2026-11-16")
    tomas.fill("Time", "17:00", exact=True)
    tomas.fill("When a session is missed", "We move it within the same week.")
    tomas.see("every Monday at 17:00")


def all_that_was_typed_stays(tomas):
    kept = {
        "name": "Ana Holm",
        "called": "Ana",
        "country": "DE",
        "condition": "depression",
        "first_on": "2026-11-16",
        "wall_time": "17:00",
        "missing_rule": "We move it within the same week.",
    }
    assert {name: tomas.field(name).input_value() for name in kept} == kept
    assert tomas.page.locator("input[name=variant_id][value$=columbia]").is_checked()


def nobody_is_invited_without_an_emergency_number(tomas):
    tomas.see("No emergency number of this person's country has been checked yet")
    assert tomas.page.get_by_role("link", name="Invite them").count() == 0


def emergency_number_is_checked(ada):
    ada.open("/console/")
    ada.go(ada.page.locator("a[href='/console/help-numbers/']").last)
    ada.see("nobody can be invited")
    ada.page.get_by_label("Emergency number").first.check()
    ada.fill("Name", "Ambulance and fire", exact=True)
    ada.fill("Number", "112", exact=True)
    ada.fill("Where you found it", "The operator's own page")
    form = ada.page.locator("form", has=ada.page.get_by_label("Where you found it"))
    ada.go(form.get_by_role("button", name="Write it down"))
    ada.press("I checked this number with the operator today", "help-numbers")
    ada.see("Checked on")


def person_comes(visitor, tomas):
    """The therapist hands the code over; the person joins on a phone and agrees."""
    tomas.page.reload()
    tomas.follow("Invite them")
    tomas.press("Make the code", "invitation")
    code = code_on(tomas)
    tomas.follow("Done")
    ana = visitor()
    join(ana, code, "ana@new.example", shot="join")
    ana.is_at("/agree/")
    ana.picture("agree")
    ana.page.locator("input[name=agreed]").check()
    ana.press("Go on", "today-first")
    ana.is_at("/today/")
    return ana


def note_is_written_and_signed(tomas):
    tomas.open("/caseload/", "caseload-one")
    tomas.follow("Ana Holm")
    tomas.follow("Session 1:", "session-first")
    tomas.go(tomas.page.get_by_role("button", name="Attended", exact=True))
    tomas.fill("What happened in this session", "We looked at the first weeks.")
    tomas.go(tomas.page.get_by_role("button", name="Sign", exact=True), "note-signed")
    tomas.see("We looked at the first weeks.")
    tomas.see("Signed by Dr Tomas Lind")


def join(visitor, code, email, shot=""):
    """Open the invitation and set up the account; small letters and a wrong code first."""
    visitor.open("/join/", shot)
    visitor.page.fill("input[name=code]", "0000-0000-0000-0000")
    visitor.page.fill("input[name=email]", email)
    visitor.page.fill("input[name=password]", PASSWORD)
    assert visitor.press("Go on").status == 422
    assert visitor.field("email").input_value() == email
    visitor.page.fill("input[name=code]", code.lower())
    visitor.page.fill("input[name=password]", PASSWORD)
    visitor.press("Go on")


def set_up_second_factor(visitor):
    """Staff come to their second factor first, whatever they open."""
    visitor.open("/", "second-factor")
    visitor.is_at("/accounts/2fa/totp/activate/")
    secret = visitor.page.locator("#authenticator_secret").input_value()
    visitor.page.fill("input[name=code]", one_time_code(secret))
    visitor.submit()
    assert "recovery" in visitor.page.url


def invite(ada, name, roles, deputy=None):
    """Invite somebody to the staff; return the code that the page shows once."""
    ada.open("/console/members/invite/")
    ada.fill("Name", name, exact=True)
    for role in roles:
        ada.page.locator(f"input[name=roles][value={role}]").check()
    if deputy:
        ada.choose("Deputy", deputy)
    ada.press("Make the code")
    return code_on(ada)


def error_of(visitor, name):
    return visitor.page.locator(f"#id_{name}_error").inner_text()
