"""What opens a phase lies within the course, and says what it rests on."""

from datetime import timedelta

import pytest

from openipt.core.errors import Invalid, Refused
from openipt.courses import operations, queries
from openipt.courses.models import (
    Diagnosis,
    FormulationAnswer,
    PhaseEntry,
    RecoveryRole,
    Remission,
)
from tests import people

from .starting import text_of

TODAY = people.NOW.date()
GONE = {"measure": "phq9", "total": "3", "on_date": TODAY.isoformat()}
SAID = {"version": "0", "named": "A depression", "score": "", "present": "Her sister"}


@pytest.fixture
def course(cast):
    """Ana's course in its sixth week, with nothing opened by hand yet."""
    found = cast.extra["ana"]
    found.opened_phase = ""
    found.save(update_fields=["opened_phase"])
    return found


@pytest.fixture
def page(course):
    return f"/courses/{course.pk}/"


@pytest.fixture
def tomas(cast):
    return cast.client("tomas")


@pytest.fixture
def shown(cast, course):
    """A text that somebody without an account was shown yesterday."""
    course.person.member = None
    course.person.save(update_fields=["member"])
    at = people.NOW - timedelta(days=1)
    text = operations.write_formulation(
        course=course, text="So it hangs together.", version=0, by=cast.tomas, at=at
    )
    operations.show_formulation(formulation=text, by=cast.tomas, at=at)
    text.refresh_from_db()
    text.course = course
    return text


def earliest(course):
    return course.started_at.date() - timedelta(days=28)


def test_nobody_agreed_before_they_could_read_it(tomas, shown, page):
    address = f"{page}formulation/{shown.pk}/spoken/"
    for day in ("1995-01-01", str(TODAY - timedelta(days=2))):
        refused = tomas.post(address, {"spoken_on": day})
        assert refused.status_code == 422
        assert f'value="{day}"' in text_of(refused)
    assert "They could read it from" in text_of(refused)
    assert not FormulationAnswer.objects.exists()

    sent = {"spoken_on": str(TODAY - timedelta(days=1))}
    assert tomas.post(address, sent).status_code == 302


def test_the_operations_refuse_the_same_days(cast, course, shown):
    by = {"by": cast.tomas, "at": people.NOW}
    day = earliest(course) - timedelta(days=1)
    with pytest.raises(Invalid):
        operations.note_spoken_agreement(formulation=shown, spoken_on=day, **by)
    with pytest.raises(Invalid):
        operations.say_diagnosis(course=course, version=0, named="x", said_on=day, **by)
    with pytest.raises(Invalid):
        operations.record_remission(
            course=course, measure="phq9", total=3, on_date=day, **by
        )


@pytest.mark.parametrize("days", [-1, 0])
def test_the_diagnosis_was_said_in_the_course(tomas, course, page, days):
    day = str(earliest(course) + timedelta(days=days))

    answer = tomas.post(f"{page}diagnosis/say/", SAID | {"said_on": day})

    assert answer.status_code == (422 if days else 302)
    assert Diagnosis.objects.count() == (0 if days else 1)
    if days:
        assert "That was before this course." in text_of(answer)
        assert "Her sister" in text_of(answer)


@pytest.mark.parametrize("days", [-1, 0])
def test_the_illness_went_in_the_course(tomas, course, page, days):
    day = str(earliest(course) + timedelta(days=days))

    answer = tomas.post(f"{page}phase/remission/", GONE | {"on_date": day})

    assert answer.status_code == (422 if days else 302)
    assert Remission.objects.count() == (0 if days else 1)


def test_what_goes_on_goes_back_to_the_course_before(cast, course):
    before = cast.extra["bea"]
    before.started_at = course.started_at - timedelta(days=300)
    before.save(update_fields=["started_at"])
    course.continues = before
    course.save(update_fields=["continues"])

    operations.record_remission(
        course=course, measure="phq9", total=3, by=cast.tomas, at=people.NOW,
        on_date=earliest(before),
    )  # fmt: skip

    assert queries.remission_of(course).total == 3


def test_a_score_that_says_otherwise_wants_words_that_are_kept(tomas, course, page):
    refused = tomas.post(f"{page}phase/remission/", GONE | {"total": "27"})

    assert refused.status_code == 422
    assert "With 27 points in the PHQ-9 the illness does not count as gone" in text_of(
        refused
    )
    assert "remission below 5" in text_of(refused)
    assert 'value="27"' in text_of(refused)
    assert not Remission.objects.exists()

    told = GONE | {"total": "6", "words": "What is left is the sleep"}
    assert tomas.post(f"{page}phase/remission/", told).status_code == 302
    assert Remission.objects.get().words == "What is left is the sleep"
    assert "What is left is the sleep" in text_of(tomas.get(f"{page}phase/"))


def test_a_measure_without_a_number_wants_words(tomas, course, page):
    sent = GONE | {"measure": "gad7", "total": "0"}
    refused = tomas.post(f"{page}phase/remission/", sent)

    assert refused.status_code == 422
    assert "Write what you go by." in text_of(refused)

    sent["words"] = "Nothing is avoided any more"
    assert tomas.post(f"{page}phase/remission/", sent).status_code == 302


def test_below_the_number_nothing_is_asked(tomas, course, page):
    assert tomas.post(f"{page}phase/remission/", GONE).status_code == 302
    assert Remission.objects.get().words is None


def test_a_long_beginning_is_not_explained_before_it_is_long(cast, tomas):
    bea = cast.extra["bea"]
    bea.opened_phase = ""
    bea.save(update_fields=["opened_phase"])
    answer = tomas.post(f"/courses/{bea.pk}/phase/longer/", {"reason": "just in case"})

    assert answer.status_code == 403
    assert "takes no longer here" in text_of(answer)
    assert not PhaseEntry.objects.filter(course=bea).exists()
    with pytest.raises(Refused):
        operations.explain_long_beginning(
            course=bea, reason="x", by=cast.tomas, at=people.NOW
        )


def let_rest(cast, course, review_on):
    return operations.give_recovery_role(
        course=course, version=0, is_last_phase=False, rests="The garden",
        review_on=review_on, by=cast.tomas, at=people.NOW,
    )  # fmt: skip


def test_in_the_last_phase_the_rule_is_said_before_a_day_that_has_passed(
    cast, tomas, course, page, clock
):
    let_rest(cast, course, TODAY + timedelta(days=7))
    course.opened_phase = queries.variant_of(course).phases[1].key
    course.save(update_fields=["opened_phase"])
    clock.move_to(people.NOW + timedelta(weeks=8))
    tomas = cast.client("tomas")
    rule = "The course is in its last phase, and something still rests."

    assert rule in text_of(tomas.get(page))
    assert "It is time to look again" not in text_of(tomas.get(page))
    assert rule in text_of(tomas.get(f"{page}recovery-role/"))


def test_before_the_last_phase_a_day_that_has_passed_is_said(cast, course, page, clock):
    let_rest(cast, course, TODAY + timedelta(days=7))
    clock.move_to(people.NOW + timedelta(days=8))

    assert "It is time to look again" in text_of(cast.client("tomas").get(page))


def test_what_rests_is_kept_as_it_is_typed(cast, tomas, course, page):
    address = f"{page}recovery-role/"
    key = f"recovery-role:{course.pk}"
    assert f'data-draft-key="{key}"' in text_of(tomas.get(address))

    sent = {"draft_key": key, "rests": "Cooking may rest", "version": "0"}
    assert tomas.post("/drafts/", sent).status_code == 204
    assert "Cooking may rest" in text_of(tomas.get(address))

    assert tomas.post(
        f"{address}give/", sent | {"review_on": str(TODAY + timedelta(9))}
    )
    assert RecoveryRole.objects.get().rests == "Cooking may rest"
    page = text_of(tomas.get(f"{page}recovery-role/"))
    assert page.count("Cooking may rest") == 2  # what was agreed, and its form


def test_what_was_said_stands_there_as_text_before_its_form(cast, tomas, course, page):
    address = f"{page}diagnosis/"
    assert "<details" not in text_of(tomas.get(address)).partition("<main")[2]
    tomas.post(f"{address}say/", SAID | {"said_on": str(TODAY), "treatable": "on"})

    shown = text_of(tomas.get(address)).partition("<main")[2]
    assert shown.index('<b dir="auto">A depression</b>') < shown.index("<form")
    assert "It was said that it can be treated." in shown.partition("<form")[0]
    assert '<details class="more" open' not in shown

    wrong = text_of(
        tomas.post(f"{address}say/", SAID | {"version": "1", "said_on": ""})
    )
    assert "open" in wrong.partition("<main")[2].partition("<form")[0]


def test_what_was_written_about_an_older_text_is_not_lost(cast, course):
    by = {"by": cast.tomas, "at": people.NOW}
    versions = []
    for version, text in enumerate(("One", "Two")):
        made = operations.write_formulation(
            course=course, text=text, version=version, **by
        )
        made.course = course
        operations.show_formulation(formulation=made, **by)
        versions.append(made)
    wrong = {"answer": "perhaps", "words": "That was not how it began"}

    answer = cast.client("ana").post(f"/my/therapy/plan/{versions[0].pk}/", wrong)

    page = text_of(answer)
    assert answer.status_code == 422
    assert "That was not how it began" in page
    assert "A newer text was shown to you meanwhile." in page
    assert f'action="/my/therapy/plan/{versions[1].pk}/"' in page
