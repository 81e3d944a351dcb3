"""A service born by `openipt init` reaches its first signed note through screens alone."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

from openipt.encounters.models import Note
from openipt.people.operations import found_service
from openipt.web.clock import now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PASSWORD = "quiet-river-stone-42"
BERLIN = ZoneInfo("Europe/Berlin")


def test_from_init_to_the_first_signed_note(visitor):
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
    check_emergency_number(ada)
    ines_code = invite(ada, "Dr Ines Roth", ["therapist"])
    ines = visitor()
    join(ines, ines_code, "ines@new.example")
    set_up_second_factor(ines)
    tomas_code = invite(ada, "Dr Tomas Lind", ["therapist"], deputy="Dr Ines Roth")
    invite(ada, "Dr Sofia Berg", ["supervisor"])

    tomas = visitor()
    join(tomas, tomas_code, "tomas@new.example")
    set_up_second_factor(tomas)
    start_course(tomas)
    tomas.see("Ana Holm")
    ana_code = invite_person(tomas)

    ana = visitor()
    join(ana, ana_code, "ana@new.example")
    agree(ana)
    ana.open("/today/")
    ana.see("Ana")
    ana.see("How your mood has been")

    write_and_sign(tomas)
    assert Note.objects.get().signed_at is not None


def join(visitor, code, email):
    """Open the invitation on a phone and set up the account."""
    visitor.open("/join/")
    visitor.page.fill("input[name=code]", code)
    visitor.page.fill("input[name=email]", email)
    visitor.page.fill("input[name=password]", PASSWORD)
    visitor.submit()


def set_up_second_factor(visitor):
    """Staff come to their second factor first, whatever they open."""
    visitor.open("/")
    assert "/2fa/totp/activate/" in visitor.page.url
    secret = visitor.page.locator("#authenticator_secret").input_value()
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    visitor.page.fill("input[name=code]", code)
    visitor.submit()
    assert "recovery" in visitor.page.url


def check_emergency_number(ada):
    ada.open("/")
    ada.see("Meadow Practice")
    ada.open("/console/help-numbers/")
    ada.page.get_by_label("Emergency number").check()
    ada.page.get_by_label("Name", exact=True).fill("Ambulance and fire")
    ada.page.get_by_label("Number", exact=True).fill("112")
    ada.page.get_by_label("Where you found it").fill("The operator's own page")
    ada.submit("Write it down")
    ada.submit("I checked this number with the operator today")


def invite(ada, name, roles, deputy=None):
    """Invite somebody to the staff; return the code that the page shows once."""
    ada.open("/console/members/invite/")
    ada.page.get_by_label("Name", exact=True).fill(name)
    for role in roles:
        ada.page.locator(f"input[name=roles][value={role}]").check()
    if deputy:
        ada.page.locator("select[name=deputy]").select_option(label=deputy)
    ada.submit()
    return code_on(ada)


def start_course(tomas):
    tomas.open("/courses/start/")
    page = tomas.page
    page.get_by_label("Somebody new").check()
    page.get_by_label("Full name").fill("Ana Holm")
    page.get_by_label("What they like to be called").fill("Ana")
    page.get_by_label("What is it for?").select_option(label="Depression")
    page.get_by_label("Columbia", exact=False).first.check()
    today = datetime.now(BERLIN)
    page.get_by_label("First session").fill((today - timedelta(days=1)).date().isoformat())
    page.get_by_label("Time", exact=True).fill("17:00")
    tomas.submit("Start the course")


def invite_person(tomas):
    tomas.press("Invite")
    code = code_on(tomas)
    return code


def agree(ana):
    ana.open("/today/")
    assert "/agree/" in ana.page.url
    ana.page.locator("input[name=agreed]").check()
    ana.submit()


def write_and_sign(tomas):
    tomas.open("/caseload/")
    tomas.page.get_by_role("link", name="Ana Holm").first.click()
    tomas.check()
    tomas.page.locator("a[href*='/sessions/']").first.click()
    tomas.check()
    tomas.submit("Attended")
    tomas.page.locator("textarea[name=text]").first.fill("We looked at the first weeks.")
    tomas.submit("Sign")
    tomas.see("We looked at the first weeks.")


def code_on(visitor):
    """Read the one-time code off the page that shows it once."""
    text = visitor.page.locator("main").inner_text()
    found = re.search(r"\b(?:[0-9A-Z]{4}[- ]){3}[0-9A-Z]{4}\b", text)
    assert found, text
    return found.group(0)
