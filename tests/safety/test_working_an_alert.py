"""What people do with an alert: take it, reach the person, assess, close, reopen."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from openipt.audit.models import AuditEvent
from openipt.core.errors import Invalid, Refused, Stale
from openipt.people.models import ChangeCount
from openipt.safety import operations
from openipt.safety.models import Alert
from tests.safety.conftest import MONDAY, finish, states

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def take(alert, by, at=MONDAY + MINUTE):
    return operations.acknowledge(alert=alert, by=by, at=at)


def reach(alert, by, *, reached=True, note="", at=MONDAY + 5 * MINUTE):
    return operations.record_contact(
        alert=alert, reached=reached, note=note, by=by, at=at
    )


def find(alert, by, note="We spoke.", at=MONDAY + 9 * MINUTE):
    return operations.assess(alert=alert, note=note, by=by, at=at)


def end(alert, by, outcome="Seen tomorrow.", at=MONDAY + 12 * MINUTE):
    return operations.close(alert=alert, outcome=outcome, by=by, at=at)


def test_an_alert_goes_through_its_states_to_an_outcome(cast, raised):
    alert = raised()
    take(alert, cast.tomas)
    reach(alert, cast.tomas, reached=False, note="No answer.")
    reach(alert, cast.tomas, at=MONDAY + 7 * MINUTE)
    find(alert, cast.tomas)
    closed = end(alert, cast.tomas)

    assert states(alert)[2:] == [
        "acknowledged",
        "could_not_reach",
        "contacted",
        "assessed",
        "closed",
    ]
    assert closed.closed_at == MONDAY + 12 * MINUTE
    assert closed.tell_at is None
    assert Alert.objects.get().outcome == "Seen tomorrow."
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {f"safety.alert.{state}" for state in states(alert)} <= actions


def test_whoever_takes_it_answers_for_it(cast, raised):
    alert = take(raised(), cast.tomas)

    assert (alert.owner, alert.acknowledged_by) == (cast.tomas, cast.tomas)
    assert alert.acknowledged_at == MONDAY + MINUTE


def test_a_second_click_on_taking_it_changes_nothing(cast, raised):
    alert = raised()
    take(alert, cast.tomas)
    before = states(alert)
    again = take(alert, cast.tomas, MONDAY + 2 * MINUTE)

    assert again.acknowledged_at == MONDAY + MINUTE
    assert states(alert) == before


def test_what_somebody_else_has_taken_is_stale(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + 15 * MINUTE)
    take(alert, cast.ines, MONDAY + 16 * MINUTE)

    with pytest.raises(Stale):
        take(alert, cast.tomas, MONDAY + 17 * MINUTE)

    assert Alert.objects.get().owner == cast.ines


@pytest.mark.parametrize("who", ["ines", "max", "ada", "omar", "bea"])
def test_who_may_not_read_it_may_do_nothing_with_it(cast, raised, who):
    alert, member = raised(), cast.member(who)

    for act in (take, reach, find, end):
        with pytest.raises(Refused):
            act(alert, member)

    assert states(alert) == ["raised", "told"]


def test_a_manager_who_was_told_cannot_take_it(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + 60 * MINUTE)
    assert alert.recipients.filter(member=cast.max).exists()

    with pytest.raises(Refused):
        take(alert, cast.max, MONDAY + 61 * MINUTE)


def test_several_attempts_to_reach_somebody_are_each_kept(cast, raised):
    alert = take(raised(), cast.tomas)
    reach(alert, cast.tomas, reached=False, note="No answer.")
    reach(alert, cast.tomas, reached=False, note="No answer.", at=MONDAY + 30 * MINUTE)

    assert states(alert).count("could_not_reach") == 2


def test_a_double_click_writes_once(cast, raised):
    alert = take(raised(), cast.tomas)
    for offset in (0, 1):
        later = offset * SECOND
        reach(
            alert,
            cast.tomas,
            reached=False,
            note="No answer.",
            at=MONDAY + 5 * MINUTE + later,
        )
    for offset in (0, 1):
        find(alert, cast.tomas, at=MONDAY + 9 * MINUTE + offset * SECOND)
    for offset in (0, 1):
        end(alert, cast.tomas, at=MONDAY + 12 * MINUTE + offset * SECOND)

    assert states(alert)[2:] == [
        "acknowledged",
        "could_not_reach",
        "assessed",
        "closed",
    ]


def test_steps_out_of_order_are_refused(cast, raised):
    alert = raised()
    for act in (reach, find, end):
        with pytest.raises(Stale):
            act(alert, cast.tomas)
    take(alert, cast.tomas)
    for act in (find, end):
        with pytest.raises(Stale):
            act(alert, cast.tomas)

    assert Alert.objects.get().state == "acknowledged"


def test_closing_twice_with_different_words_is_stale(cast, raised):
    alert = raised()
    finish(alert, cast.tomas, MONDAY + MINUTE)

    with pytest.raises(Stale):
        end(alert, cast.tomas, "Something else.")

    assert Alert.objects.get().outcome == "Seen tomorrow."


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t"])
def test_nothing_is_assessed_closed_or_reopened_without_words(cast, raised, nothing):
    alert = take(raised(), cast.tomas)
    reach(alert, cast.tomas)
    with pytest.raises(Invalid):
        find(alert, cast.tomas, nothing)
    find(alert, cast.tomas)
    with pytest.raises(Invalid):
        end(alert, cast.tomas, nothing)
    end(alert, cast.tomas)
    with pytest.raises(Invalid):
        operations.reopen(
            alert=alert, reason=nothing, by=cast.tomas, at=MONDAY + 20 * MINUTE
        )

    assert Alert.objects.get().state == "closed"


def test_the_table_itself_holds_closing_to_an_outcome(cast, raised):
    alert = raised()

    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(closed_at=MONDAY, tell_at=None)


def test_the_table_itself_holds_one_open_alert_for_each_person(cast, raised):
    raised()

    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(
            service=cast.service,
            person=cast.ana,
            owner=cast.tomas,
            level="red",
            raised_at=MONDAY,
            first_raised_at=MONDAY,
        )


def test_the_clock_never_closes_an_alert(cast, raised):
    alert = raised()
    for hours in range(0, 24 * 14, 6):
        operations.escalate(alert_id=alert.pk, at=MONDAY + timedelta(hours=hours))
    alert.refresh_from_db()

    assert alert.closed_at is None


def test_a_closed_alert_can_be_opened_again_and_its_clock_runs(cast, raised):
    alert = raised()
    finish(alert, cast.tomas, MONDAY + MINUTE)
    at = MONDAY + 40 * MINUTE
    again = operations.reopen(alert=alert, reason="She rang.", by=cast.tomas, at=at)

    assert (again.state, again.raised_at, again.first_raised_at) == (
        "raised",
        at,
        MONDAY,
    )
    assert (again.closed_at, again.outcome, again.acknowledged_at) == (None, None, None)
    assert again.tell_at == at + 15 * MINUTE
    # The first outcome stays in the story.
    assert again.events.get(state="closed").note == "Seen tomorrow."


def test_opening_again_twice_is_once(cast, raised):
    alert = raised()
    finish(alert, cast.tomas, MONDAY + MINUTE)
    for seconds in (0, 2):
        operations.reopen(
            alert=alert,
            reason="She rang.",
            by=cast.tomas,
            at=MONDAY + 40 * MINUTE + seconds * SECOND,
        )

    assert states(alert).count("raised") == 2


def test_what_is_open_cannot_be_opened_again(cast, raised):
    with pytest.raises(Stale):
        operations.reopen(
            alert=raised(), reason="Why not", by=cast.tomas, at=MONDAY + MINUTE
        )


def test_an_old_alert_is_not_opened_beside_a_newer_one(cast, raised):
    old = finish(raised(), cast.tomas, MONDAY + MINUTE)
    operations.not_safe(person=cast.ana, by=cast.ana.member, at=MONDAY + 20 * MINUTE)

    with pytest.raises(Refused, match="newer"):
        operations.reopen(
            alert=old, reason="She rang.", by=cast.tomas, at=MONDAY + 30 * MINUTE
        )


@pytest.mark.parametrize("who", ["ines", "max", "omar"])
def test_who_may_not_read_it_may_not_open_it_again(cast, raised, who):
    old = finish(raised(), cast.tomas, MONDAY + MINUTE)

    with pytest.raises(Refused):
        operations.reopen(
            alert=old, reason="I want to", by=cast.member(who), at=MONDAY + 30 * MINUTE
        )


def test_the_person_is_shown_help_once(cast, raised):
    alert = raised()
    for _again in range(2):
        operations.note_shown(alert=alert, by=cast.ana.member, at=MONDAY)
    take(alert, cast.tomas)
    operations.note_shown(alert=alert, by=cast.ana.member, at=MONDAY + 2 * MINUTE)

    assert states(alert).count("shown") == 1
    assert Alert.objects.get().state == "acknowledged"


def test_every_step_is_seen_by_the_pages_of_therapist_and_person(cast, raised):
    def counts():
        found = dict(ChangeCount.objects.values_list("pk", "n"))
        return [found.get(cast.tomas.pk, 0), found.get(cast.ana.member_id, 0)]

    alert = raised()
    for act in (take, reach, find, end):
        before = counts()
        act(alert, cast.tomas)
        assert all(now > then for now, then in zip(counts(), before, strict=True))


def test_a_person_without_an_account_has_no_page_to_refresh(cast, raised):
    from openipt.people.models import Person

    Person.objects.filter(pk=cast.ana.pk).update(member=None)
    alert = raised(person=cast.bea)
    Alert.objects.filter(pk=alert.pk).update(person=cast.ana)

    assert take(Alert.objects.get(), cast.tomas).state == "acknowledged"
