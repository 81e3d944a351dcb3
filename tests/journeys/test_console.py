"""The administrator's journey through the console."""

import pytest

from openipt.people.models import CareRelationship, Member

from .steps import code_on

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ada(visitor, cast):
    ada = visitor(login=cast.client("ada"))
    ada.open("/console/", "console")
    return ada


def test_members_come_go_and_come_back(visitor, cast, ada):
    somebody_is_invited_and_the_code_taken_back(ada)
    roles_are_changed(ada, cast)
    ines = visitor(login=cast.client("ines"))
    ines.open("/caseload/")
    ines_is_suspended(ada, cast)
    nothing_opens_for_her(ines)
    ines_is_reinstated(ada, cast)
    ines.open("/caseload/")
    ines.is_at("/caseload/")


def somebody_is_invited_and_the_code_taken_back(ada):
    ada.open("/console/members/", "members")
    ada.follow("Invite somebody", "invite")
    ada.fill("Name", "Dr Uli Kant", exact=True)
    ada.page.locator("input[name=roles][value=therapist]").check()
    ada.press("Make the code", "member-code")
    assert code_on(ada)
    ada.follow("Done")
    ada.see("Waiting for them to join")
    ada.press("Take the code back", "member-invited")
    ada.see("Their code is too old or was taken back.")


def roles_are_changed(ada, cast):
    ada.open(f"/console/members/{cast.max.pk}/")
    ada.page.locator("input[name=roles][value=supervisor]").check()
    ada.press("Save", "member")
    cast.max.refresh_from_db()
    assert cast.max.role_set == {"manager", "supervisor"}
    ada.see("New roles")


def ines_is_suspended(ada, cast):
    ada.open(f"/console/members/{cast.ines.pk}/")
    ada.page.locator("#access summary").click()
    ada.see("They stand in for Dr Tomas Lind")
    reason = ada.page.locator("#access textarea[name=reason]")
    reason.fill("On leave until spring.")
    ada.press("Suspend", "member-suspended")
    ada.see("On leave until spring.")
    assert Member.objects.get(pk=cast.ines.pk).state == "suspended"


def nothing_opens_for_her(ines):
    ines.open("/caseload/", "suspended")
    ines.is_at("/services/")
    ines.see("Your account is in no service at the moment")


def ines_is_reinstated(ada, cast):
    ada.page.locator("#access summary").click()
    ada.page.locator("#access textarea[name=reason]").fill("Back early.")
    ada.press("Reinstate")
    assert Member.objects.get(pk=cast.ines.pk).state == "active"


def test_who_stands_in_and_when_somebody_reads(cast, ada):
    supervision_ends_and_begins(ada)
    absence_gets_a_deputy(ada, cast)
    hours_are_set(ada, cast)
    help_number_is_checked_again(ada)


def supervision_ends_and_begins(ada):
    ada.open("/console/supervision/", "supervision")
    ada.press("End now")
    ada.see("Nobody is supervised yet")
    ada.choose("Supervisor", "Dr Sofia Berg")
    ada.choose("Therapist", "Dr Tomas Lind")
    ada.press("Add", "supervision-added")
    assert ada.page.get_by_role("button", name="End now").count() == 1


def absence_gets_a_deputy(ada, cast):
    ada.open(f"/console/members/{cast.tomas.pk}/")
    ada.page.locator("#absence summary").click()
    ada.field("from_on").fill("2026-11-22")
    ada.field("until_on").fill("2026-11-29")
    ada.choose("Deputy for these days", "Dr Ines Roth")
    ada.press("Record it", "member-away")
    ada.see("Dr Ines Roth stands in")
    ada.open("/console/")
    ada.see("back on 29 Nov 2026")
    ada.open(f"/console/members/{cast.tomas.pk}/")
    ada.press("Cancel it")
    ada.see_not("Dr Ines Roth stands in")


def hours_are_set(ada, cast):
    ada.open("/console/service/", "service-settings")
    first = ada.page.locator("#hours input[type=time]").first
    assert first.input_value() == "09:00"
    first.fill("08:30")
    ada.press("Save")
    cast.service.refresh_from_db()
    assert cast.service.hours["0"][0] == ["08:30", "17:00"]
    first.fill("18:30")
    assert ada.press("Save", "service-refused").status == 422
    assert first.input_value() == "18:30"


def help_number_is_checked_again(ada):
    ada.open("/console/help-numbers/", "help-numbers-kept")
    ada.press("I checked this number with the operator today")
    ada.see("Checked on 22 Nov 2026 by Ada Kern")


def test_a_new_notice_asks_every_person_again(visitor, cast, ada):
    ana = visitor(login=cast.client("ana"))
    ana.open("/today/")
    ada.open("/console/notice/", "notice")
    ada.field("text").fill("# What is kept\n\nYour answers, for ten years.")
    ada.press("Publish as a new version", "notice-published")
    ana.follow("Progress")
    ana.is_at("/agree/")
    ana.see("You agreed to an earlier version")
    ana.see("Your answers, for ten years.")
    ana.check("agree-again")
    ana.open("/help/")
    ana.see("Ambulance")
    ana.open("/agree/")
    ana.page.locator("input[name=agreed]").check()
    ana.press("Go on")
    ana.open("/progress/")
    ana.is_at("/progress/")


def test_care_is_handed_over_and_ended(visitor, cast, ada):
    address = f"/courses/{cast.extra['ana'].pk}/"
    tomas = visitor(login=cast.client("tomas"))
    ines = visitor(login=cast.client("ines"))
    tomas.open(address)
    assert ines.open(address).status == 404
    care_is_handed_over(ada)
    assert tomas.open(address, "not-found").status == 404
    assert ines.open(address).status == 200
    care_is_ended(ada)
    assert ines.open(address).status == 404
    states = CareRelationship.objects.filter(person=cast.ana)
    assert {care.state for care in states} == {"ended"}


def care_is_handed_over(ada):
    ada.open("/console/care/", "care-list")
    ada.follow("Ana Holm", "care")
    ada.choose("To", "Dr Ines Roth")
    ada.page.locator("#hand-over textarea[name$=reason]").fill("He moves to the north.")
    ada.press("Hand it over")
    ada.see("He moves to the north.")


def care_is_ended(ada):
    ada.open("/console/care/")
    ada.follow("Ana Holm")
    ada.see("In the care of Dr Ines Roth")
    ada.page.locator("#end textarea[name$=reason]").fill("The course is over.")
    ada.press("End it", "care-ended")
    ada.see("This care has ended")
    ada.see("The course is over.")
