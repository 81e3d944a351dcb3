"""What a rule says at its form: refused, or asked for a reason that is kept, with its source."""

from datetime import timedelta

import pytest

from openipt.core.protocols.rules import load_rules
from openipt.courses import queries
from openipt.courses.models import Contract, Course, RecoveryRole
from openipt.encounters.models import Encounter
from tests import people
from tests.encounters.page import address, appointment

from .starting import START, agree, filled, text_of

WHY = "We thought about it for two sessions."


@pytest.fixture
def course(cast):
    return cast.extra["ana"]


@pytest.fixture
def page(course):
    return f"/courses/{course.pk}/"


@pytest.fixture
def tomas(cast):
    return cast.client("tomas")


def contract(**changes):
    return {
        "version": "1", "sessions": "16", "days_between": "7", "minutes": "50",
        "from_on": "2026-11-26", "wall_time": "17:00", "missing_rule": "", "prescriber": "",
        "reason": "",
    } | changes  # fmt: skip


def source_of(key):
    return load_rules()[key].sources[0].title.split("&")[0]


@pytest.mark.parametrize(
    ("sessions", "said", "source"),
    [
        ("6", "6 sessions are too few for the phases", "key IPT strategies"),
        ("21", "12 to 20 sessions; 21 is outside that", "Synopsis of Psychiatry"),
    ],
)
def test_an_error_refuses_whatever_reason_is_given(cast, sessions, said, source):
    """P01, where a course is agreed."""
    refused = cast.client("ines").post(START, filled(reason=WHY, sessions=sessions))

    assert refused.status_code == 422
    assert said in text_of(refused)
    assert source in text_of(refused)
    assert not Course.objects.filter(therapist=cast.ines).exists()


@pytest.mark.parametrize(
    ("changes", "said", "source"),
    [
        ({"minutes": "90"}, "usually lasts 45 to 60 minutes", "ipsrt.org, overview"),
        (
            {"days_between": "14"},
            "14 days lie between two sessions; 7 were agreed",
            "A proposal of this product",
        ),
        (
            {"days_between": "28"},
            "Look at the plan together",
            "A proposal of this product",
        ),
        (
            {"sessions": "20"},
            "usually has 12 to 16 sessions",
            "International Society of Interpersonal Psychotherapy, key IPT strategies",
        ),
    ],
)
def test_a_warning_asks_and_the_reason_stays_in_the_contract(
    tomas, course, page, changes, said, source
):
    """P01, P03 and P04, where a contract changes."""
    asked = tomas.post(f"{page}contract/new/", contract(**changes))

    assert asked.status_code == 422
    assert said in text_of(asked)
    assert f"Source: {source}" in text_of(asked)
    assert Contract.objects.filter(course=course).count() == 1
    kept = agree(tomas, f"{page}contract/new/", contract(reason=WHY, **changes))
    assert kept.status_code == 302
    assert queries.latest_contract(course).reason == WHY
    assert WHY in text_of(tomas.get(f"{page}contract/"))


def test_what_rests_without_a_day_has_a_reason_that_is_kept(tomas, page):
    """P16."""
    form = {
        "version": "0",
        "rests": "The wash",
        "keeps": "",
        "told": "",
        "review_on": "",
    }
    give = f"{page}recovery-role/give/"

    asked = tomas.post(give, form | {"reason": "  "})
    kept = tomas.post(give, form | {"reason": WHY})

    assert asked.status_code == 422
    assert source_of("recovery_role_review") in text_of(asked)
    assert kept.status_code == 302
    assert RecoveryRole.objects.get().reason == WHY
    assert WHY in text_of(tomas.get(f"{page}recovery-role/"))


@pytest.mark.parametrize(
    ("part", "form"),
    [
        ("note/", {"text": "Words", "note_version": "0"}),
        ("sign/", {"text": "Words", "note_version": "0", "without_link": WHY}),
        ("tasks/", {"new_tasks": "A call", "due_on": "2027-01-20"}),
        ("plan/", {"plan_version": "0", "do": "begin"}),
        ("worked/", {"technique": "role_play"}),
        ("links/", {"link_what": "A call", "link_whom": "Jo", "link_moved": "-2"}),
        ("process-note/", {"text": "Words", "version": "0"}),
    ],
)
def test_nothing_is_written_about_a_session_beyond_the_contract(
    cast, tomas, page, part, form
):
    """P17, by each form of the page of a session."""
    tomas.post(f"{page}contract/new/", contract(sessions="12", reason=WHY))
    beyond = appointment(cast.ana, 14)

    refused = tomas.post(address(beyond, part), form)

    assert refused.status_code in {403, 422}
    assert "Session 14 is beyond the 12 that were agreed" in text_of(refused)
    assert source_of("overrun") in text_of(refused)
    assert not Encounter.objects.filter(appointment=beyond).exists()


def test_it_can_be_seen_everywhere_which_session_it_is(cast, tomas, page):
    """P15."""
    ana = cast.client("ana")

    for here in (page, f"{page}ending/", f"{page}diagnosis/", "/caseload/"):
        assert "session 6 of 16" in text_of(tomas.get(here))
    assert "Session 6 of 16" in text_of(ana.get("/today/"))
    assert "This is session 6 of 16." in text_of(ana.get("/my/therapy/plan/"))


def test_what_is_about_one_session_names_no_other_number(cast, tomas):
    """P15."""
    coming = appointment(cast.ana, 7)

    for part in ("", "process-note/", "beside/last-note/"):
        said = text_of(tomas.get(address(coming, part)))
        assert "ession 7 of 16" in said
        assert "6 of 16" not in said


def test_the_hint_about_drift_names_its_source(cast, tomas, course):
    """T05: it asks for no reason; it is a hint."""
    from openipt.calendar import operations as calendar
    from openipt.courses import operations

    operations.set_focus(
        course=course, area="role_transition", about="Work", by=cast.tomas,
        at=people.NOW - timedelta(days=20),
    )  # fmt: skip
    for number in (4, 5):
        planned = appointment(cast.ana, number)
        calendar.record_attendance(
            appointment=planned, state="attended", version=planned.version,
            by=cast.tomas, at=people.NOW,
        )  # fmt: skip

    shown = text_of(tomas.get(address(appointment(cast.ana, 6))))

    assert "not worked on for 2 sessions" in shown
    assert source_of("drift") in shown
