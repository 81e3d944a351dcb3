"""How a course ends: as agreed, or early with a reason; what leaves and what stays."""

from datetime import timedelta

import pytest

from openipt.calendar.models import Appointment
from openipt.core.errors import Invalid, Refused, Stale
from openipt.core.ids import new_id
from openipt.courses import operations, queries
from openipt.courses.models import Course, CourseState, Ending, EndingVersion, Outreach
from openipt.people import queries as care
from openipt.people.models import MailPointer
from openipt.safety import operations as safety
from tests import people

AFTER = timedelta(days=28)
WORDS = {"better": "I sleep", "helped": "Walks", "unfinished": "", "signs": "Silence"}


@pytest.fixture
def course(cast):
    """Ana's course, with all attendance recorded."""
    found = cast.extra["ana"]
    behind = Appointment.objects.filter(series=found.series, starts_at__lt=people.NOW)
    behind.update(state=Appointment.State.ATTENDED)
    return found


def end(course, by, at=people.NOW, **how):
    return operations.end_course(
        course=course, by=by, at=at, **({"afterwards": ""} | how)
    )


def states(course):
    return list(
        CourseState.objects.filter(course=course)
        .order_by("at", "pk")
        .values_list("state", flat=True)
    )


def let_all_sessions_take_place(course):
    sessions = Appointment.objects.filter(series=course.series)
    sessions.update(state=Appointment.State.ATTENDED)


def test_with_sessions_left_it_ends_early_and_needs_the_reason(cast, course):
    with pytest.raises(Invalid, match="Choose the reason"):
        end(course, cast.tomas)

    assert course.ended_at is None
    assert states(course) == ["active"]


def test_an_ending_counts_on_from_what_holds_now(cast, course):
    Course.objects.filter(pk=course.pk).update(version=7)

    end(course, cast.tomas, early_reason="circumstances")

    assert course.version == Course.objects.get(pk=course.pk).version == 8


def test_an_early_ending_keeps_its_reason_and_clears_the_calendar(cast, course):
    left = queries.sessions_left(course, people.NOW)

    ending = end(
        course,
        cast.tomas,
        early_reason="circumstances",
        early_words="She moves away.",
        afterwards="A call in spring.",
    )

    cancelled = Appointment.objects.filter(
        series=course.series, state=Appointment.State.CANCELLED
    )
    assert left > 0
    assert cancelled.count() == left
    assert states(course) == ["active", "ended_early"]
    assert (ending.early_reason, ending.early_words) == (
        "circumstances",
        "She moves away.",
    )
    assert ending.afterwards == "A call in spring."


def test_after_the_last_session_it_ends_as_agreed_and_words_are_kept(cast, course):
    let_all_sessions_take_place(course)

    ending = end(
        course,
        cast.tomas,
        at=people.NOW + timedelta(weeks=11),
        early_reason="own_wish",
        early_words="No.",
        despite="They plan it with their doctor.",
    )

    assert states(course) == ["active", "ended"]
    assert (ending.early_reason, ending.early_words) == ("", "No.")


def test_with_every_session_cancelled_late_it_ends_early(cast, course):
    left = Appointment.objects.filter(series=course.series, state="planned")
    left.update(state=Appointment.State.LATE_CANCEL)

    with pytest.raises(Invalid, match="earlier than agreed"):
        end(course, cast.tomas)
    with pytest.raises(Invalid, match="try to reach"):
        end(course, cast.tomas, early_reason="no_contact")

    assert states(course) == ["active"]


@pytest.mark.parametrize(("days", "is_early"), [(-1, True), (0, False), (1, False)])
def test_before_the_last_day_of_the_contract_it_ends_early(
    cast, course, days, is_early
):
    """With nothing left in the calendar the contract says how long it was to be."""
    left = Appointment.objects.filter(series=course.series, state="planned")
    left.update(state=Appointment.State.CANCELLED)
    last = queries.latest_contract(course).last_on

    at = people.NOW + timedelta(days=(last - people.NOW.date()).days + days)

    assert queries.ends_early(course, at) == is_early


def test_ending_twice_is_ending_once(cast, course):
    first = end(course, cast.tomas, early_reason="own_wish")
    second = end(course, cast.tomas, early_reason="other")

    assert first.pk == second.pk
    assert second.early_reason == "own_wish"
    assert states(course) == ["active", "ended_early"]


def test_somebody_who_stays_away_is_sought_first(cast, course):
    with pytest.raises(Invalid, match="try to reach"):
        end(course, cast.tomas, early_reason="no_contact")
    form = new_id()
    for _twice in range(2):
        operations.record_outreach(
            course=course,
            submission_id=form,
            way="phone",
            reached=False,
            note="",
            on_date=people.NOW.date(),
            by=cast.tomas,
            at=people.NOW,
        )

    end(course, cast.tomas, early_reason="no_contact")

    assert Outreach.objects.filter(course=course).count() == 1
    assert states(course)[-1] == "ended_early"


def test_it_does_not_end_while_an_alert_is_open(cast, course):
    safety.not_safe(person=cast.ana, by=cast.ana.member, at=people.NOW)

    with pytest.raises(Refused, match="alert about this person is still open"):
        end(course, cast.tomas, early_reason="own_wish")


def test_it_does_not_end_before_every_session_is_recorded(cast, course):
    Appointment.objects.filter(series=course.series, number=2).update(state="planned")

    with pytest.raises(Refused, match="Session 2"):
        end(course, cast.tomas, early_reason="own_wish")


def test_the_record_stays_open_to_finish_notes_and_then_closes(cast, course):
    end(course, cast.tomas, early_reason="own_wish")

    assert care.has_care(cast.tomas, cast.ana.pk, course.pk, people.NOW + AFTER / 2)
    assert not care.has_care(cast.tomas, cast.ana.pk, course.pk, people.NOW + AFTER)
    assert not care.may_read(cast.sofia, cast.ana.pk, course.pk, people.NOW + AFTER)


def test_who_takes_over_what_has_ended_reads_it_as_long_and_no_longer(cast, course):
    end(course, cast.tomas, early_reason="own_wish")
    mine = cast.ana.care.get(course_id=course.pk)
    about = {"to": cast.ines, "reason": "Leave", "cancel_clashing": False}

    operations.hand_over(care=mine, by=cast.ada, at=people.NOW + AFTER / 2, **about)

    soon = people.NOW + AFTER - timedelta(minutes=1)
    assert care.has_care(cast.ines, cast.ana.pk, course.pk, soon)
    assert not care.has_care(cast.ines, cast.ana.pk, course.pk, people.NOW + AFTER)


def test_a_record_that_has_closed_is_not_handed_over(cast, course):
    end(course, cast.tomas, early_reason="own_wish")
    mine = cast.ana.care.get(course_id=course.pk)
    about = {"to": cast.ines, "reason": "Leave", "cancel_clashing": False}

    with pytest.raises(Refused, match="has ended already"):
        operations.hand_over(care=mine, by=cast.tomas, at=people.NOW + AFTER, **about)

    assert not care.has_care(cast.ines, cast.ana.pk, course.pk, people.NOW + AFTER)


def test_the_person_gets_a_neutral_mail_and_an_open_focus_ends(cast, course):
    operations.set_focus(
        course=course, area="grief", about="", by=cast.tomas, at=people.NOW
    )

    end(course, cast.tomas, early_reason="own_wish")

    assert MailPointer.objects.filter(member=cast.ana.member).count() == 1
    assert queries.foci_of([course.pk]) == {}


def test_nothing_new_is_agreed_in_a_course_that_has_ended(cast, course):
    end(course, cast.tomas, early_reason="own_wish")

    with pytest.raises(Refused, match="has ended on Sunday, 22 November 2026"):
        operations.set_focus(
            course=course, area="grief", about="", by=cast.tomas, at=people.NOW
        )
    with pytest.raises(Refused, match="has ended"):
        operations.raise_ending(course=course, by=cast.tomas, at=people.NOW)


def test_the_same_variant_can_begin_anew_after_the_end(cast, course):
    end(course, cast.tomas, early_reason="own_wish")

    again = operations.start_course(
        person=cast.ana,
        by=cast.tomas,
        at=people.NOW,
        condition=course.condition,
        variant_id=course.variant_id,
        sessions=16,
        minutes=50,
        first_on=people.NOW.date() + timedelta(days=4),
        wall_time=course.series.wall_time,
    )

    assert again.pk != course.pk


def keep(course, by, version=0, *, shared=False, **words):
    return operations.keep_words(
        course=course,
        words=WORDS | words,
        shared=shared,
        version=version,
        by=by,
        at=people.NOW,
    )


def test_the_words_are_the_persons_and_earlier_ones_are_kept(cast, course):
    keep(course, cast.ana.member)
    keep(course, cast.ana.member, 1, better="I sleep better")

    ending = Ending.objects.get(course=course)
    (before,) = EndingVersion.objects.filter(ending=ending)
    assert (ending.better, ending.words_version) == ("I sleep better", 2)
    assert before.words["better"] == "I sleep"


def test_the_same_words_again_are_no_new_version(cast, course):
    keep(course, cast.ana.member)
    keep(course, cast.ana.member)

    assert Ending.objects.get(course=course).words_version == 1


def test_words_over_newer_words_are_refused(cast, course):
    keep(course, cast.ana.member)

    with pytest.raises(Stale):
        keep(course, cast.ana.member, better="Otherwise")


def test_the_therapist_does_not_write_them_for_somebody_with_an_account(cast, course):
    with pytest.raises(Refused, match="the person's own"):
        keep(course, cast.tomas)


def test_they_can_be_changed_after_the_end(cast, course):
    end(course, cast.tomas, early_reason="own_wish")

    assert keep(course, cast.ana.member).better == "I sleep"
