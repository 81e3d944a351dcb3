"""What nobody has read in its source is no fact: it stays off agendas and out of rules."""

import tomllib
from dataclasses import fields, is_dataclass, replace
from importlib.resources import files

import pytest

from openipt.core.agenda import FocusWork, Situation, agenda
from openipt.core.protocols import (
    load_library,
    load_variants,
    phase_sessions,
    sourced_parts,
)
from openipt.core.protocols.rules import (
    Intake,
    check_contract,
    check_foci,
    check_intake,
    check_start,
    load_rules,
)

VARIANTS = load_variants().values()
TEXTS = ("title", "why", "name", "text", "what", "choose_when", "plain")
LABELS = {"Phase", "BetweenSessions", "EndingRule", "ExtraSessions", "GroupSize"}
"""Parts whose words are only what a page calls something: a phase has some name."""


OF_EVERY_VARIANT = {"ending", "closing"}
"""Points that rest on a rule or on this product, not on what a variant says."""


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


def unread(variant):
    """Return a copy of a variant of which nobody has read anything in a source."""

    def mark(part):
        if isinstance(part, tuple):
            return tuple(map(mark, part))
        if not is_dataclass(part):
            return part
        changes = {
            field.name: mark(getattr(part, field.name))
            for field in fields(part)
            if field.name not in {"sources", "verified", "from_session"}
        }
        if any(field.name == "verified" for field in fields(part)):
            changes["verified"] = False
        return replace(part, **changes)

    return mark(variant)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: one.id)
def test_whatever_is_marked_unread_is_told_by_no_rule_as_a_fact(variant):
    """Mark a copy of the data: no rule may name a source for what it says of the variant."""
    product = load_library().sources["product"].title
    copy = unread(variant)
    window = copy.window or copy.sessions
    intake = Intake(
        conditions=(), excluded=[one.key for one in copy.exclusions], age=3,
    )  # fmt: skip

    found = [
        *check_contract(copy, sessions=window.most + 1, minutes=copy.minutes.most + 1),
        *check_contract(
            copy, sessions=window.least - 1, minutes=copy.minutes.least - 1
        ),
        check_start(copy, session=copy.phases[0].sessions + 1, present=()),
        check_foci(copy, copy.foci.most + 1),
        *check_intake(copy, intake),
    ]

    assert len(found) >= 6
    for one in found:
        assert one.source == product, one.key
        assert "proposed" in str(one.sentence), one.key


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: one.id)
def test_whatever_is_marked_unread_leaves_the_agenda(variant):
    """Mark a copy of the data: what its agenda still says is said by no part of it."""
    copy = unread(variant)
    words = {text for part in sourced_parts(copy) for text in texts_of(part)}
    sources = {source.title for source in copy.sources if source.vouches}
    total = copy.usual_sessions

    assert not copy.shown_areas
    for span in phase_sessions(copy, total):
        for session in range(span.first, span.last + 1):
            met = Situation(session_number=session, total_sessions=total, minutes=90)
            for item in agenda(copy, span.phase, met):
                assert not set(said_on([item])) & words
                if item.key not in OF_EVERY_VARIANT:
                    assert item.source not in sources, item


def test_what_the_screens_ask_for_is_empty_of_a_variant_that_nobody_has_read():
    for variant in map(unread, VARIANTS):
        assert not variant.shown_statements
        assert not variant.shown_techniques
        assert not variant.shown_exclusions
        for phase in variant.phases:
            assert not phase.shown_tasks
        for area in variant.problem_areas:
            assert not area.shown_questions
            assert not area.shown_goals
            assert not area.shown_strategies
            assert not area.shown_stages
