"""A risk answer becomes an alert: one for each person, told at once, in one transaction."""

from datetime import timedelta

import pytest
from django.db import transaction

from openipt.audit.models import AuditEvent
from openipt.core.errors import Refused
from openipt.core.ids import new_id
from openipt.people import operations as people
from openipt.people.models import CareRelationship, ChangeCount, MailPointer, Member
from openipt.safety import operations
from openipt.safety.models import Alert, AlertEvent, AlertSource
from tests.safety.conftest import MONDAY, finish, states, told

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_the_therapist_is_told_at_once_and_owns_the_alert(cast, raised):
    alert = raised()

    assert alert.owner == cast.tomas
    assert told(alert) == [("Dr Tomas Lind", "therapist")]
    assert (alert.level, alert.state, alert.raised_at) == ("red", "raised", MONDAY)
    assert states(alert) == ["raised", "told"]
    pointer = MailPointer.objects.get()
    assert (pointer.member, pointer.kind) == (cast.tomas, "alert")
    assert alert.tell_at == MONDAY + 15 * MINUTE


def test_the_change_counter_of_the_therapist_rises_in_the_same_commit(cast, raised):
    people.touch([cast.tomas.pk, cast.ana.member_id, cast.ines.pk])
    before = dict(ChangeCount.objects.values_list("pk", "n"))

    with transaction.atomic():
        raised()
        inside = dict(ChangeCount.objects.values_list("pk", "n"))
        transaction.set_rollback(True)

    assert inside[cast.tomas.pk] > before[cast.tomas.pk]
    assert inside[cast.ana.member_id] > before[cast.ana.member_id]
    assert inside[cast.ines.pk] == before[cast.ines.pk]
    # The answer's own transaction failed: neither alert nor counter is left behind.
    assert dict(ChangeCount.objects.values_list("pk", "n")) == before
    assert not Alert.objects.exists()
    assert not MailPointer.objects.exists()


def test_the_answer_is_sealed_and_the_trail_holds_none_of_it(cast, raised):
    from django.db import connection

    alert = raised()

    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM safety_alertsource")
        assert b"CANARY" not in bytes(cursor.fetchone()[0])
    assert AlertSource.objects.get().answer == "CANARY"
    events = AuditEvent.objects.filter(object_id=alert.pk)
    assert {event.action for event in events} == {
        "safety.alert.raised",
        "safety.alert.told",
    }
    assert all(event.subject_ids == [str(cast.ana.pk)] for event in events)


def test_a_second_answer_joins_the_open_alert(cast, raised):
    first = raised(level="amber")
    second = raised(level="amber", kind="total", item=None, at=MONDAY + MINUTE)

    assert second == first
    assert Alert.objects.count() == 1
    assert first.sources.count() == 2
    assert states(second) == ["raised", "told", "answered_again"]


def test_the_clock_starts_anew_only_when_the_level_rises(cast, raised):
    raised(level="amber")
    same = raised(level="amber", kind="total", item=None, at=MONDAY + MINUTE)
    assert same.raised_at == MONDAY

    risen = raised(level="red", at=MONDAY + 2 * MINUTE)
    assert (risen.level, risen.raised_at) == ("red", MONDAY + 2 * MINUTE)
    assert risen.tell_at == MONDAY + 17 * MINUTE
    assert risen.first_raised_at == MONDAY

    lower = raised(level="amber", kind="total_rise", item=None, at=MONDAY + 3 * MINUTE)
    again = raised(level="red", kind="item_rise", at=MONDAY + 3 * MINUTE)
    assert lower.level == again.level == "red"
    assert again.raised_at == MONDAY + 2 * MINUTE


def test_the_therapist_is_told_again_when_the_level_rises(cast, raised):
    raised(level="amber")
    raised(level="red", at=MONDAY)

    assert MailPointer.objects.filter(member=cast.tomas).count() == 2


def test_the_same_answer_twice_changes_nothing(cast, raised):
    answering = new_id()
    first = raised(answering_id=answering)
    events = AlertEvent.objects.count()
    second = raised(answering_id=answering, at=MONDAY + 5 * MINUTE)

    assert second == first
    assert first.sources.count() == 1
    assert AlertEvent.objects.count() == events


def test_the_same_answer_given_again_after_closing_is_heard_anew(cast, raised):
    answering = new_id()
    alert = raised(answering_id=answering)
    finish(alert, cast.tomas, MONDAY + MINUTE)
    again = raised(answering_id=answering, at=MONDAY + 5 * MINUTE)

    assert again != alert
    assert again.state != "closed"
    assert Alert.objects.count() == 2


def test_a_new_answer_after_closing_is_a_new_alert(cast, raised):
    alert = raised(answering_id=new_id())
    finish(alert, cast.tomas, MONDAY + MINUTE)
    new = raised(answering_id=new_id(), at=MONDAY + 5 * MINUTE)

    assert new != alert
    assert new.state == "raised"


def test_a_red_answer_after_the_alert_was_taken_waits_to_be_taken_again(cast, raised):
    alert = raised(answering_id=new_id())
    operations.acknowledge(alert=alert, by=cast.tomas, at=MONDAY + MINUTE)
    alert = operations.not_safe(
        person=cast.ana, by=cast.ana.member, at=MONDAY + 30 * MINUTE
    )

    assert alert.state == "raised"
    assert alert.acknowledged_at is None
    assert alert.raised_at == MONDAY + 30 * MINUTE
    assert alert.tell_at == MONDAY + 45 * MINUTE


def test_the_rest_of_the_same_form_does_not_undo_taking_it(cast, raised):
    answering = new_id()
    alert = raised(answering_id=answering)
    operations.acknowledge(alert=alert, by=cast.tomas, at=MONDAY + MINUTE)
    alert = raised(answering_id=answering, kind="item_rise", at=MONDAY + 2 * MINUTE)

    assert alert.state == "acknowledged"
    assert alert.sources.count() == 2


def test_an_amber_answer_after_the_alert_was_taken_leaves_it_taken(cast, raised):
    alert = raised(level="amber", answering_id=new_id())
    operations.acknowledge(alert=alert, by=cast.tomas, at=MONDAY + MINUTE)
    alert = raised(level="amber", answering_id=new_id(), at=MONDAY + 2 * MINUTE)

    assert alert.state == "acknowledged"
    assert states(alert)[-1] == "answered_again"


def test_pressing_not_safe_twice_is_one_press(cast):
    first = operations.not_safe(person=cast.ana, by=cast.ana.member, at=MONDAY)
    operations.not_safe(
        person=cast.ana, by=cast.ana.member, at=MONDAY + timedelta(seconds=20)
    )
    assert (first.level, first.sources.count()) == ("red", 1)

    operations.not_safe(person=cast.ana, by=cast.ana.member, at=MONDAY + 5 * MINUTE)
    assert first.sources.count() == 2
    assert Alert.objects.count() == 1


def test_two_persons_have_an_alert_each(cast, raised):
    assert raised() != raised(person=cast.bea)


def test_nobody_is_asked_to_answer_for_a_person_of_an_empty_service(cast):
    CareRelationship.objects.filter(person=cast.ana).update(state="paused")
    staff = Member.objects.filter(service=cast.service)
    staff.exclude(pk=cast.ana.member_id).update(state="suspended")

    with pytest.raises(Refused, match="emergency number"):
        operations.not_safe(person=cast.ana, by=cast.ana.member, at=MONDAY)

    assert not Alert.objects.exists()


def press(cast, at):
    return operations.not_safe(person=cast.ana, by=cast.ana.member, at=at)


def test_pressing_again_after_the_first_press_was_taken_waits_again(cast):
    alert = press(cast, MONDAY)
    operations.acknowledge(alert=alert, by=cast.tomas, at=MONDAY + MINUTE)
    again = press(cast, MONDAY + 30 * MINUTE)

    assert (again, again.state) == (alert, "raised")


def test_pressing_right_after_the_alert_was_closed_is_heard(cast):
    first = press(cast, MONDAY)
    finish(first, cast.tomas, MONDAY)
    second = press(cast, MONDAY + timedelta(seconds=30))

    assert second != first
    assert second.state == "raised"


def test_a_press_from_before_the_clock_was_set_back_swallows_no_other(cast):
    ahead = MONDAY + timedelta(days=30)
    alert = press(cast, ahead)
    operations.acknowledge(alert=alert, by=cast.tomas, at=ahead)

    assert press(cast, MONDAY).state == "raised"
