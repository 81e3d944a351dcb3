"""How it goes: for the person, and for those who treat them."""

from datetime import timedelta

import pytest
import time_machine

from openipt.audit.models import AuditEvent
from openipt.calendar.models import Appointment
from openipt.questionnaires.models import Answering
from tests import people


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(people.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(db):
    return people.gather_with_courses()


def answered(cast, measure, totals, *, apart=7, name="ana"):
    """Give a course finished questionnaires, the last one yesterday."""
    for place, total in enumerate(reversed(totals)):
        at = people.NOW - timedelta(days=1 + apart * place)
        answering = Answering.objects.create(
            service=cast.service,
            person=getattr(cast, name),
            measure=measure,
            measure_version="2026.1",
            language="en",
            items={"1": 1},
            started_at=at,
            completed_at=at,
            total=total,
            band="" if total is None else band_of(total),
            missing=4 if total is None else 0,
        )
        answering.asked_by.create(service=cast.service, course=cast.extra[name])


def band_of(total):
    from openipt.core.measures import load_measures

    return load_measures()["phq9"].band_of(total).key


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def own(cast):
    return text_of(cast.client("ana"), "/progress/")


def course_address(cast, name="ana"):
    return f"/courses/{cast.extra[name].pk}/progress/"


def theirs(cast, reader="tomas"):
    return text_of(cast.client(reader), course_address(cast))


def test_without_answers_the_page_says_what_will_stand_here(cast):
    assert "Nothing to see yet" in own(cast)
    assert "No answers yet" in theirs(cast)


def test_the_way_is_told_in_words_with_dates(cast):
    answered(cast, "phq9", [18, 15, 11])

    for text in (own(cast), theirs(cast)):
        assert (
            "From moderately severe on 7 Nov 2026 to moderate on 21 Nov 2026: "
            "7 points lower." in text
        )
        assert "a clear change for the better" in text
        assert "clearly better" in text


def test_one_answer_is_shown_with_its_date_and_no_change(cast):
    answered(cast, "phq9", [12])

    text = own(cast)

    assert "<b>Moderate</b>, 12 of 27" in text
    assert "21 Nov 2026</span>, yesterday" in text
    assert "clear" not in text


@pytest.mark.parametrize(
    ("totals", "recovered"),
    [([16, 10], False), ([15, 9], True), ([9, 3], False), ([14, 9], False)],
)
def test_recovered_is_from_a_case_to_none_with_a_change_that_counts(
    cast, totals, recovered
):
    answered(cast, "phq9", totals)

    assert ("Recovered: from 10 points" in theirs(cast)) is recovered


def test_bands_scores_sessions_and_reliable_change_are_drawn(cast):
    answered(cast, "phq9", [18, 15, 11])
    Appointment.objects.filter(
        series=cast.extra["ana"].series, starts_at__lt=people.NOW
    ).update(state=Appointment.State.ATTENDED)

    text = own(cast)

    assert text.count('class="band"') == 5
    assert text.count('<circle class="mark') == 3
    assert text.count('<path class="session"') == 6
    assert text.count('<path class="reliable"') == 1
    assert "6 sessions so far." in text


def test_the_table_says_what_the_drawing_shows(cast):
    answered(cast, "phq9", [18, 15, 11])

    text = own(cast)

    for said in ("7 Nov 2026", "14 Nov 2026", "21 Nov 2026", ">−3<", ">−4<"):
        assert said in text


def test_a_long_gap_breaks_the_line_and_is_said(cast):
    answered(cast, "phq9", [18, 11], apart=29)

    text = own(cast)

    assert '<polyline class="line"' not in text
    assert "more than 4 weeks before it" in text


def test_an_answer_without_a_score_stands_in_the_table_and_not_in_the_drawing(cast):
    answered(cast, "phq9", [18, None, 11])

    text = own(cast)

    assert text.count('<circle class="mark') == 2
    assert "no score" in text


def test_the_person_is_led_to_results_and_staff_to_answers(cast):
    answered(cast, "phq9", [18, 11])
    last = Answering.objects.order_by("-completed_at")[0]

    assert f'href="/measures/result/{last.pk}/"' in own(cast)
    assert f'href="/courses/{cast.extra["ana"].pk}/answers/{last.pk}/"' in theirs(cast)


def test_reading_a_course_leaves_a_trace(cast):
    theirs(cast, "sofia")

    trace = AuditEvent.objects.filter(action="home.progress.read").get()
    assert trace.actor_id == cast.sofia.pk
    assert trace.subject_ids == [str(cast.ana.pk)]


@pytest.mark.parametrize("name", ["ines", "max", "ada", "ana", "bea", "omar"])
def test_nobody_else_reads_it(cast, name):
    assert cast.client(name).get(course_address(cast)).status_code == 404


@pytest.mark.parametrize("name", ["tomas", "sofia", "max", "ada"])
def test_staff_have_no_progress_of_their_own(cast, name):
    assert cast.client(name).get("/progress/").status_code == 404


def test_nobody_sees_what_is_somebody_elses(cast):
    answered(cast, "phq9", [18, 11])

    bea = text_of(cast.client("bea"), "/progress/")

    assert "Nothing to see yet" in bea


def test_staff_see_why_a_measure_is_closed_and_what_was_not_answered(cast):
    cast.tomas.deputy = None
    cast.tomas.save(update_fields=["deputy"])

    text = theirs(cast)

    assert "PHQ-9 is not asked now." in text
    assert "no deputy" in text
    assert "Not answered for the last session: PHQ-9, GAD-7." in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_own_page_asks_as_often_for_three_as_for_one(
    cast, django_assert_num_queries, count
):
    answered(cast, "phq9", [18, 15, 11][:count])
    client = cast.client("ana")
    client.get("/progress/")

    with django_assert_num_queries(8):
        client.get("/progress/")
