"""Nothing that staff see depends on what a person has not shared.

Every page that somebody of the staff can open is fetched before and after the person
writes, changes and removes private pages: byte for byte the same.
"""

import re

import pytest
from django.db.models import Model
from django.urls import reverse

from openipt.audit.models import AuditEvent
from openipt.calendar.models import Appointment
from openipt.courses.models import Focus
from openipt.people import operations as people_operations
from openipt.people.models import CareRelationship, MailPointer, Supervision
from openipt.practice import operations
from openipt.practice.models import Entry
from openipt.questionnaires import operations as questionnaires
from openipt.questionnaires.models import Answering
from openipt.safety import operations as safety
from openipt.safety.models import Alert, HelpLine
from openipt.safety.operations import RiskSource
from openipt.web.door import ACCOUNT, PUBLIC, STAFF
from tests import people
from tests.access.addresses import addresses
from tests.journal import change, moment, sent, write

SECRET = "zqjournalzq"
STAFF_OF_BOTH = ("tomas", "ines", "sofia", "max", "ada", "omar", "mia")
ONCE = re.compile(
    rb'name="(csrfmiddlewaretoken|submission_id)" value="[^"]*"'
    rb'|name="csrf-token" content="[^"]*"'
)
"""What a page makes anew each time it is shown: form tokens, and ids of forms to come."""


@pytest.fixture
def cast(cast):
    """Ana's record with something of everything in it, and one shared page."""
    write(cast.ana, "Shared.", share=True)
    begun = questionnaires.start_answering(
        person=cast.ana, measure="gad7", by=cast.ana.member, at=people.NOW
    )
    questionnaires.choose_all(
        answering=begun,
        codes={str(n): 1 for n in range(1, 8)},
        by=cast.ana.member,
        at=people.NOW,
    )
    questionnaires.finish(answering=begun, by=cast.ana.member, at=people.NOW)
    safety.raise_alert(
        person=cast.ana,
        source=RiskSource(kind="answer", measure="phq9", item=9, answer="Several days"),
        level="red",
        by=cast.ana.member,
        at=people.NOW,
    )
    return cast


def examples(cast):
    """Values for everything that an address of the staff can name."""
    ana = {"person": cast.ana}
    return {
        "course": [cast.extra["ana"], cast.extra["bea"]],
        "appointment": Appointment.objects.filter(**ana, number__in=(6, 7)),
        "alert": Alert.objects.filter(**ana),
        "answering": Answering.objects.filter(**ana),
        "focus": Focus.objects.filter(**ana),
        "care": CareRelationship.objects.filter(**ana),
        "member": [cast.tomas, cast.ana.member],
        "supervision": Supervision.objects.filter(supervisor=cast.sofia),
        "line": HelpLine.objects.filter(service=cast.service),
        "version": [1],
        "day": ["2026-11-26"],
    }


def pages_for(member, found):
    """Every page that the door opens to this member, with what can be named in it."""
    for address in addresses():
        ours = ":" in address.name
        roles = address.policy.roles
        open_to_them = roles & (member.role_set | {PUBLIC, ACCOUNT})
        if not ours or not open_to_them or "GET" not in address.policy.methods:
            continue
        for values in combinations(address.arguments, found):
            yield reverse(address.name, kwargs=values)


def combinations(names, found):
    if not names:
        return [{}]
    head, *rest = names
    assert head in found, f"Say in `examples` what stands for {head!r} in an address."
    values = [v.pk if isinstance(v, Model) else v for v in found[head]]
    return [{head: v, **more} for v in values for more in combinations(rest, found)]


def seen_by_staff(cast):
    """What every page of everybody's shows now, by who and where."""
    found = examples(cast)
    seen = {}
    for name in STAFF_OF_BOTH:
        member = cast.member(name)
        assert member.role_set <= STAFF
        client = cast.extra.setdefault(f"client of {name}", None) or cast.client(name)
        cast.extra[f"client of {name}"] = client
        for path in pages_for(member, found):
            answer = client.get(path)
            seen[name, path] = (answer.status_code, ONCE.sub(b"", answer.content))
    return seen


def write_privately(cast):
    """Everything a person does in a journal that nobody else is to notice."""
    client = cast.client("ana")
    client.post("/week/new/", sent(f"{SECRET} I could not bear him."))
    private = Entry.objects.get(
        person=cast.ana, shares__isnull=True, removed_at__isnull=True
    )
    client.post(f"/week/{private.pk}/moment/", sent(f"{SECRET} again.", version="1"))
    client.post(
        f"/week/{private.pk}/whole/",
        {"how_was_week": f"{SECRET} bad.", "happened_on": "2026-11-20", "version": "2"},
    )
    people_operations.save_draft(
        member=cast.ana.member,
        key="week:new",
        fields={"what_happened": f"{SECRET} half a"},
        at=people.NOW,
    )
    gone = write(cast.ana, f"{SECRET} removed.")
    operations.remove_entry(entry=gone, by=cast.ana.member, at=people.NOW)
    shared = Entry.objects.get(shares__isnull=False)
    secret = moment(f"{SECRET} within a shared page.", just_me="yes")
    change(
        shared,
        content={**shared.content, "moments": [*shared.content["moments"], secret]},
    )


def test_every_page_of_the_staff_is_the_same_before_and_after_private_pages(cast):
    seen_by_staff(cast)  # what is opened for the first time may note that it was
    before = seen_by_staff(cast)
    mails = MailPointer.objects.count()

    write_privately(cast)
    after = seen_by_staff(cast)

    assert len(before) > 60
    assert sum(status == 200 for status, _ in before.values()) > 40
    assert [key for key in before if before[key] != after[key]] == []
    assert not [key for key, (_, page) in after.items() if SECRET.encode() in page]
    assert MailPointer.objects.count() == mails
    assert AuditEvent.objects.filter(action="practice.entry.written").exists()


def test_the_same_pages_do_show_what_is_shared(cast):
    """The walk above can see: a shared page changes what the therapist sees, and only him."""
    seen_by_staff(cast)
    before = seen_by_staff(cast)

    write(cast.ana, f"{SECRET} read this.", share=True)
    after = seen_by_staff(cast)

    showing = {key for key, (_, page) in after.items() if SECRET.encode() in page}
    assert {name for name, _ in showing} == {"tomas"}
    assert len(showing) >= 2
    others = {key for key in before if before[key] != after[key]} - showing
    assert {name for name, _ in others} <= {"tomas"}
