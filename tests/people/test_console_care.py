"""Care: opened, handed over, paused, ended; and what it opens at each instant."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from openipt.audit.models import AuditEvent
from openipt.core.errors import Invalid, Missing, Refused
from openipt.people import operations, queries
from openipt.people.models import CareChange, CareRelationship
from openipt.web.clock import now
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return people.gather()


@pytest.fixture
def ada(cast):
    return cast.client("ada")


@pytest.fixture
def care(cast):
    """Tomas is in charge of Ana, for a course."""
    return operations.open_care(
        person=cast.ana,
        member=cast.tomas,
        by=cast.tomas,
        at=now(),
        course_id=uuid4(),
    )


def page_of(care):
    return reverse("people:care", args=[care.pk])


def act(client, name, care, **sent):
    part = "home" if name == "hand-over-care" else "people"
    return client.post(reverse(f"{part}:{name}", args=[care.pk]), sent)


def opens(cast, who, at=None):
    try:
        queries.person_in_care(cast.member(who), cast.ana.pk, at or now())
    except Missing:
        return False
    return True


def test_an_administrator_puts_a_therapist_in_charge(cast, ada):
    sent = {"person": cast.ana.pk, "therapist": cast.ines.pk, "reason": "New here."}

    answer = ada.post(reverse("people:open-care"), sent)

    row = CareRelationship.objects.get()
    assert answer["Location"] == page_of(row)
    assert opens(cast, "ines")
    assert (row.state, row.role, row.course_id) == ("active", "therapist", None)
    assert "New here." in ada.get(page_of(row)).content.decode()


def test_opening_it_twice_opens_it_once(cast, ada):
    sent = {"person": cast.ana.pk, "therapist": cast.ines.pk, "reason": ""}
    ada.post(reverse("people:open-care"), sent)

    again = ada.post(reverse("people:open-care"), sent)

    assert again.status_code == 403
    assert "in charge of this person already" in again.content.decode()
    assert CareRelationship.objects.count() == 1


@pytest.mark.parametrize(
    ("person", "therapist"),
    [("eva", "ines"), ("ana", "omar"), ("ana", "max"), ("ana", "sofia"), ("", "ines")],
)
def test_care_stays_within_the_service_and_its_therapists(cast, ada, person, therapist):
    sent = {
        "person": getattr(cast, person).pk if person else "",
        "therapist": cast.member(therapist).pk,
        "reason": "",
    }

    answer = ada.post(reverse("people:open-care"), sent)

    assert answer.status_code == 422
    assert not CareRelationship.objects.exists()


@pytest.mark.parametrize(
    ("member", "by"), [("omar", "tomas"), ("max", "tomas"), ("tomas", "omar")]
)
def test_the_operation_refuses_what_the_form_does_not_offer(cast, member, by):
    with pytest.raises(Refused):
        operations.open_care(
            person=cast.ana, member=cast.member(member), by=cast.member(by), at=now()
        )


def test_handing_over_closes_one_and_opens_the_other_for_the_same_course(
    cast, ada, care
):
    answer = act(ada, "hand-over-care", care, to=cast.ines.pk, reason="Moves away.")

    new = CareRelationship.objects.get(member=cast.ines)
    assert answer["Location"] == page_of(new)
    assert (new.course_id, new.state) == (care.course_id, "active")
    assert (opens(cast, "tomas"), opens(cast, "ines")) == (False, True)
    care.refresh_from_db()
    assert (care.state, care.end_reason) == ("ended", "Moves away.")
    assert [step.reason for step in queries.care_changes(new)] == ["Moves away."]


def test_handing_over_twice_hands_over_once(cast, ada, care):
    for _n in range(2):
        answer = act(ada, "hand-over-care", care, to=cast.ines.pk, reason="Moves.")

    assert answer.status_code == 403
    assert "has ended already" in answer.content.decode()
    assert CareRelationship.objects.filter(member=cast.ines).count() == 1


def test_a_therapist_hands_over_their_own(cast, care):
    operations.hand_over_care(
        care=care, to=cast.ines, reason="Leave.", by=cast.tomas, at=now()
    )

    assert opens(cast, "ines")


@pytest.mark.parametrize("by", ["ines", "sofia", "max", "ana", "omar", "mia"])
def test_others_change_nothing_about_a_care(cast, care, by):
    for change in (operations.end_care, operations.pause_care, operations.resume_care):
        with pytest.raises(Refused):
            change(care=care, reason="Mine now.", by=cast.member(by), at=now())

    assert CareChange.objects.count() == 1


@pytest.mark.parametrize("to", ["tomas", "omar", "max"])
def test_care_goes_only_to_another_therapist_of_the_service(cast, ada, care, to):
    answer = act(ada, "hand-over-care", care, to=cast.member(to).pk, reason="So.")

    assert answer.status_code == 422
    assert opens(cast, "tomas")


def test_the_operation_hands_over_to_nobody_else_either(cast, care):
    for to in ("tomas", "omar", "max"):
        with pytest.raises(Refused):
            operations.hand_over_care(
                care=care, to=cast.member(to), reason="So.", by=cast.ada, at=now()
            )


def test_ending_closes_the_record_from_that_instant(cast, ada, care):
    before = now()
    answer = act(ada, "end-care", care, reason="The course is over.")

    care.refresh_from_db()
    assert answer.status_code == 302
    assert opens(cast, "tomas", before) is False
    assert not queries.care_of(cast.tomas, now()).exists()
    page = ada.get(page_of(care)).content.decode()
    assert "The course is over." in page
    assert "This care has ended" in page
    ended = ada.get(reverse("people:care-ended")).content.decode()
    assert "Ana Holm" in ended


def test_a_pause_closes_the_record_and_going_on_opens_it(cast, ada, care):
    act(ada, "pause-care", care, reason="On leave.")
    paused = opens(cast, "tomas")
    act(ada, "resume-care", care, reason="Back.")

    assert (paused, opens(cast, "tomas")) == (False, True)
    steps = CareChange.objects.filter(care=care).order_by("at")
    assert [step.state for step in steps] == ["active", "paused", "active"]


def test_pausing_twice_is_once(cast, ada, care):
    for _n in range(2):
        act(ada, "pause-care", care, reason="On leave.")

    assert CareChange.objects.filter(state="paused").count() == 1


@pytest.mark.parametrize("name", ["end-care", "pause-care", "resume-care"])
@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001, "a\0b"])
def test_each_step_needs_a_reason(cast, ada, care, name, reason):
    answer = act(ada, name, care, reason=reason)

    assert answer.status_code == 422
    assert CareChange.objects.count() == 1


def test_a_reason_in_markup_stays_text_and_is_sealed(cast, ada, care):
    act(ada, "end-care", care, reason="<script>alert(1)</script> 😀")

    assert "&lt;script&gt;alert(1)" in ada.get(page_of(care)).content.decode()
    stored = CareRelationship.objects.values_list("end_reason", flat=True).get()
    assert b"alert" not in bytes(stored)


def test_care_grants_only_within_its_dates(cast, care):
    tomorrow = now() + timedelta(days=1)
    CareRelationship.objects.filter(pk=care.pk).update(
        starts_at=tomorrow, ends_at=tomorrow + timedelta(days=1)
    )

    granted = [
        opens(cast, "tomas", tomorrow + shift)
        for shift in (
            timedelta(seconds=-1),
            timedelta(0),
            timedelta(days=1, seconds=-1),
            timedelta(days=1),
        )
    ]
    assert granted == [False, True, True, False]


def test_looking_at_names_is_noted(cast, ada, care):
    ada.get(reverse("people:care-list"))

    event = AuditEvent.objects.filter(action="people.care.read").latest("at")
    assert (event.actor_id, event.subject_ids) == (cast.ada.pk, [str(cast.ana.pk)])


@pytest.mark.parametrize(
    "name", ["end-care", "pause-care", "resume-care", "hand-over-care"]
)
def test_care_of_another_service_is_missing(cast, care, name):
    mia = cast.client("mia")

    assert act(mia, name, care, reason="So.", to=cast.omar.pk).status_code == 404
    assert mia.get(page_of(care)).status_code == 404
    assert opens(cast, "tomas")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    cast, ada, count, django_assert_num_queries
):
    for member in (cast.tomas, cast.ines)[:count]:
        operations.open_care(person=cast.ana, member=member, by=member, at=now())
    if count > 1:
        operations.open_care(
            person=cast.bea, member=cast.tomas, by=cast.tomas, at=now()
        )

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        ada.get(reverse("people:care-list"))


QUERIES_OF_THE_LIST = 16


def person(cast, **changes):
    facts = {
        "service": cast.service,
        "name": " Noa Lake ",
        "called": "",
        "born_on": None,
        "phone": " ",
        "country": "DE",
        "by": cast.tomas,
        "at": now(),
    }
    return operations.create_person(**(facts | changes))


def test_a_new_person_has_a_name_and_nobodys_care(cast):
    made = person(cast)

    assert (made.name, made.called, made.phone, made.member) == (
        "Noa Lake",
        "Noa Lake",
        None,
        None,
    )
    assert not opens(cast, "tomas")
    event = AuditEvent.objects.filter(action="people.person.created").latest("at")
    assert event.subject_ids == [str(made.pk)]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"name": "  "}, Invalid),
        ({"born_on": (now() + timedelta(days=2)).date()}, Invalid),
        ({"born_on": now().date().replace(year=1889, day=1)}, Invalid),
        ({"by": "max"}, Refused),
        ({"by": "omar"}, Refused),
    ],
)
def test_a_person_that_cannot_be_is_refused(cast, changes, kind):
    if "by" in changes:
        changes = {"by": cast.member(changes["by"])}

    with pytest.raises(kind):
        person(cast, **changes)
