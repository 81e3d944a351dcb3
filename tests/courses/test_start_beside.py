"""A course beside or after another one: what goes on, and what has a reason."""

from datetime import timedelta

import pytest

from openipt.core.ids import new_id
from openipt.courses import operations
from openipt.courses.models import Contract, Course
from tests import people

from .starting import START, filled, text_of

WHY = "Two different matters."


@pytest.fixture
def course(cast):
    """Ana's course in its sixth week, individual IPT of the Columbia tradition."""
    return cast.extra["ana"]


@pytest.fixture
def tomas(cast):
    return cast.client("tomas")


def known(cast, **changes):
    return filled(
        **{
            "who": "known",
            "person": str(cast.ana.pk),
            "wall_time": "08:00",
            "first_on": "2026-12-02",
        }
        | changes
    )


def maintenance(cast, **changes):
    return known(cast, variant_id="ipt_maintenance", sessions="24", **changes)


def open_ones(cast):
    found = Course.objects.filter(person=cast.ana, ended_at=None)
    return set(found.values_list("variant_id", flat=True))


def record_remission(cast, course):
    operations.record_remission(
        course=course, measure="phq9", total=3, on_date=people.NOW.date(),
        by=cast.tomas, at=people.NOW,
    )  # fmt: skip


def end(cast, course):
    course.series.appointments.filter(starts_at__lt=people.NOW).update(state="attended")
    operations.end_course(
        course=course, by=cast.tomas, at=people.NOW, afterwards="",
        early_reason="own_wish",
    )  # fmt: skip


# --- beside a course that is open


def test_another_individual_course_beside_one_has_a_reason(cast, course, tomas):
    form = known(cast, variant_id="ipt_individual_uk")
    asked = tomas.post(START, form)

    assert asked.status_code == 422
    assert (
        "There is an open course of Individual IPT, Columbia tradition already: end it, "
        "let it go on, or say why both."
    ) in text_of(asked)
    assert 'name="reason"' in text_of(asked)
    assert open_ones(cast) == {"ipt_individual_columbia"}

    assert tomas.post(START, form | {"reason": WHY}).status_code == 302
    new = Course.objects.get(person=cast.ana, variant_id="ipt_individual_uk")
    assert Contract.objects.get(course=new).reason == WHY


def test_the_same_variant_beside_itself_is_refused_whatever_the_reason(cast, tomas):
    refused = tomas.post(START, known(cast, reason=WHY))

    assert refused.status_code == 422
    assert "End it before you start another one" in text_of(refused)
    assert "say why both" not in text_of(refused)


def test_a_group_beside_individual_therapy_is_no_question(cast, course, tomas):
    form = known(cast, variant_id="ipt_group_who", sessions="8", minutes="90")

    assert tomas.post(START, form).status_code == 302
    assert open_ones(cast) == {"ipt_individual_columbia", "ipt_group_who"}


def test_after_the_end_another_course_is_no_question(cast, course, tomas):
    end(cast, course)

    form = known(cast, variant_id="ipt_individual_uk")
    assert tomas.post(START, form).status_code == 302


# --- maintenance that does not go on from a course


def test_maintenance_does_not_begin_beside_the_course_that_leads_there(
    cast, course, tomas
):
    refused = tomas.post(START, maintenance(cast, reason=WHY))

    assert refused.status_code == 422
    assert "Maintenance goes on from the course that began on" in text_of(refused)
    assert "that the illness has gone" in text_of(refused)
    assert open_ones(cast) == {"ipt_individual_columbia"}


def test_after_the_end_it_begins_from_the_decision_only(cast, course, tomas):
    end(cast, course)

    refused = tomas.post(START, maintenance(cast, reason=WHY))

    assert refused.status_code == 422
    assert "Decide on it on the page of its ending" in text_of(refused)
    assert open_ones(cast) == set()


def test_after_remission_it_begins_without_a_decision_for_a_reason(cast, course, tomas):
    record_remission(cast, course)
    end(cast, course)

    asked = tomas.post(START, maintenance(cast))
    assert asked.status_code == 422
    assert "Say why it begins without one." in text_of(asked)
    assert "nobody has recorded that it has" not in text_of(asked)

    assert tomas.post(START, maintenance(cast, reason=WHY)).status_code == 302
    assert open_ones(cast) == {"ipt_maintenance"}


def test_for_somebody_treated_elsewhere_it_asks_whether_the_illness_has_gone(cast):
    client = cast.client("ines")
    form = filled(variant_id="ipt_maintenance", sessions="24")

    asked = client.post(START, form)
    assert asked.status_code == 422
    assert "begins after the illness has gone, and nobody has recorded" in text_of(
        asked
    )
    assert "Source: IPT Institute, maintenance IPT" in text_of(asked)

    assert client.post(START, form | {"reason": WHY}).status_code == 302


def test_who_cannot_write_in_the_course_before_is_asked_for_a_reason(cast, course):
    """Nobody can decide there any more: its record has closed."""
    end(cast, course)
    later = people.NOW + timedelta(days=90)
    about = {
        "condition": "depression", "variant_id": "ipt_maintenance", "sessions": 24,
        "minutes": 50, "first_on": later.date(), "wall_time": course.series.wall_time,
    }  # fmt: skip
    person = cast.ana
    person.care.update(ends_at=later + timedelta(days=1))
    person.care.filter(course_id=course.pk).update(course_id=new_id(), ends_at=None)

    with pytest.raises(operations.ReasonWanted, match="by a decision"):
        operations.start_course(person=person, by=cast.tomas, at=later, **about)
    new = operations.start_course(
        person=person, by=cast.tomas, at=later, reason=WHY, **about
    )

    assert new.variant_id == "ipt_maintenance"


# --- the rhythm


def test_another_rhythm_than_the_variants_has_a_reason_from_the_start(cast):
    client = cast.client("ines")
    asked = client.post(START, filled(days_between="60"))

    page = text_of(asked)
    assert asked.status_code == 422
    assert "a session every 7 days is proposed here; this would be every 60" in page
    assert "This would take 138 weeks; acute treatment takes 12 to 20." in page
    assert not Course.objects.filter(therapist=cast.ines).exists()

    form = filled(days_between="60", reason="She is at sea.")
    assert client.post(START, form).status_code == 302


@pytest.mark.parametrize("days", ["", "7", "10"])
def test_the_usual_rhythm_has_none(cast, days):
    form = filled(sessions="14", days_between=days)
    assert cast.client("ines").post(START, form).status_code == 302
