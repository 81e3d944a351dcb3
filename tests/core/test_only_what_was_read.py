"""What nobody has read in its source is no fact: it stays off agendas and out of rules."""

import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest

from openipt.core.agenda import FocusWork, Situation, agenda
from openipt.core.protocols import (
    load_library,
    load_variants,
    phase_sessions,
    sourced_parts,
)
from openipt.core.protocols.rules import check_contract, check_start, load_rules

VARIANTS = load_variants().values()
TEXTS = ("title", "why", "name", "text", "what", "choose_when", "plain")
LABELS = {"Phase", "BetweenSessions", "EndingRule", "ExtraSessions", "GroupSize"}
"""Parts whose words are only what a page calls something: a phase has some name."""


def texts_of(part):
    if type(part).__name__ in LABELS:
        return set()
    return {text for name in TEXTS if (text := getattr(part, name, ""))}


def unread_texts(variant):
    """Return what is said only by parts of a variant that nobody has read in a source."""
    read, unread = set(), set()
    for part in sourced_parts(variant):
        (read if part.verified else unread).update(texts_of(part))
    return unread - read


def said_on(items):
    for item in items:
        yield from (str(item.title), str(item.why), *map(str, item.points))


def situations(variant):
    """Go through the sessions of a course, with all its areas open and with none."""
    total = variant.usual_sessions
    foci = tuple(FocusWork(area=area) for area in variant.shown_areas)
    for span in phase_sessions(variant, total):
        for session in range(span.first, span.last + 1):
            bare = Situation(session_number=session, total_sessions=total, minutes=90)
            for met in (
                bare,
                replace(bare, foci=foci[:2]),
                replace(bare, foci=foci[2:]),
                replace(bare, candidates=variant.shown_areas),
            ):
                yield span.phase, met


def test_there_is_something_that_nobody_has_read():
    """Otherwise the tests of this file, and of its pages, would look for nothing."""
    unread = set().union(*map(unread_texts, VARIANTS))

    for text in (
        "Let go of the old role",
        "Speak about meeting on without a facilitator",
        "No exposure to the trauma.",
        "Is there conflict only when the mood is low?",
    ):
        assert text in unread


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: one.id)
def test_an_agenda_says_only_what_was_read(variant):
    unread = unread_texts(variant)

    for phase, met in situations(variant):
        said = set(said_on(agenda(variant, phase, met)))
        assert not said & unread


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: one.id)
def test_what_is_shown_of_a_variant_was_read(variant):
    shown = [
        *variant.shown_areas, *variant.shown_statements, *variant.shown_techniques,
        *variant.shown_exclusions,
    ]  # fmt: skip
    for phase in variant.phases:
        shown += phase.shown_tasks
    for area in variant.problem_areas:
        shown += [
            *area.shown_questions, *area.shown_goals, *area.shown_strategies,
            *area.shown_stages,
        ]  # fmt: skip

    assert all(part.verified for part in shown)
    assert all(variant.source(part.source).vouches for part in shown)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: one.id)
def test_a_number_that_nobody_has_read_is_told_as_a_proposal(variant):
    window, first = variant.window or variant.sessions, variant.phases[0]
    found = {
        "sessions": (
            window.verified,
            check_contract(
                variant, sessions=window.most + 1, minutes=variant.usual_minutes
            )[0],
        ),
        "minutes": (
            variant.minutes.verified,
            check_contract(
                variant,
                sessions=variant.usual_sessions,
                minutes=variant.minutes.most + 1,
            )[0],
        ),
        "beginning": (
            first.verified,
            check_start(variant, session=first.sessions + 1, present=()),
        ),
    }

    for name, (was_read, one) in found.items():
        is_proposal = not load_rules()[one.key].verified
        assert is_proposal is not was_read, name
        assert ("proposed" in str(one.sentence)) is not was_read, name
        if not was_read:
            assert one.source == load_library().sources["product"].title


def test_a_summary_of_a_variant_holds_no_number_that_nobody_has_read():
    """Summaries carry no mark of their own, and every form that starts a course has them."""
    words = {6: "six ", 8: "eight ", 14: "fourteen", 16: "sixteen", 24: "twenty-four"}
    for file in files("openipt.core.protocols.data").iterdir():
        if not file.name.endswith(".toml"):
            continue
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        for span in (data["sessions"], data["minutes"]):
            if span["verified"]:
                continue
            for number in {span["least"], span["most"]}:
                summary = data["summary"].lower()
                assert str(number) not in summary
                assert words.get(number, str(number)) not in summary
