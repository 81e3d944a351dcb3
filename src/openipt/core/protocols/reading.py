"""Turns rows of data files into the parts of a variant."""

from types import MappingProxyType
from typing import TypedDict, TypeVar, cast

from openipt.core.data_files import Table

from .areas import (
    COUNTS,
    DETAIL_KINDS,
    DETAIL_NEEDS,
    AreaDetail,
    AreaPoint,
    AreaQuestion,
    AreaSet,
    Counts,
    DetailKind,
    DetailNeed,
)
from .parts import (
    EVERY,
    NEEDS,
    PAGES,
    POLICIES,
    SEVERITIES,
    WHENS,
    BetweenSessions,
    EndingRule,
    Every,
    Exclusion,
    ExtraSessions,
    FocusRule,
    GroupSize,
    Need,
    Page,
    PhaseTask,
    Policy,
    Requirement,
    ScheduledMeasure,
    Severity,
    Source,
    Span,
    Statement,
    Technique,
    When,
)

_C = TypeVar("_C", bound=str)


class Said(TypedDict):
    """Where a statement comes from and whether it was read there."""

    source: str
    verified: bool


def said(row: Table) -> Said:
    """Return where a row comes from."""
    return {"source": row.text("source"), "verified": row.flag("verified")}


def chosen(row: Table, key: str, choices: tuple[_C, ...]) -> tuple[_C, ...]:
    """Return a list of texts that are all among the choices; empty if absent."""
    for value in row.texts_or_none(key):
        if value not in choices:
            offered = ", ".join(choices)
            raise row.problem(key, f"{value!r} is none of {offered}")
    return cast("tuple[_C, ...]", row.texts_or_none(key))


def read_source(row: Table) -> Source:
    """Return a source."""
    source = Source(
        key=row.text("key"),
        title=row.text("title"),
        address=row.text_or_empty("address"),
        vouches=row.flag("vouches") if "vouches" in row else True,
    )
    row.done()
    return source


def read_span(row: Table) -> Span:
    """Return a range of whole numbers."""
    least, most, where = row.number("least"), row.number("most"), said(row)
    row.done()
    with row.checking():
        return Span(least=least, most=most, **where)


def read_task(row: Table) -> PhaseTask:
    """Return a task of a phase."""
    task = PhaseTask(
        key=row.text("key"),
        title=row.text("title"),
        why=row.text("why"),
        minutes=row.number("minutes", least=1, most=120),
        every_session=row.flag_or_false("every_session"),
        opens=cast("Page", row.choice("opens", PAGES)) if "opens" in row else "",
        by_hand=row.flag_or_false("by_hand"),
        **said(row),
    )
    row.done()
    return task


def read_technique(row: Table) -> Technique:
    """Return a technique."""
    technique = Technique(
        key=row.text("key"), name=row.text("name"), what=row.text("what"), **said(row)
    )
    row.done()
    return technique


def read_needs(row: Table) -> tuple[Need, ...]:
    """Return what a phase asks for before it opens."""
    return chosen(row, "needs", NEEDS)


def read_waits(row: Table) -> MappingProxyType[str, int]:
    """Return which tasks of a phase wait for a session."""
    inner = row.table_or_none("from_session")
    waits = (
        {key: inner.number(key, least=1, most=200) for key in inner} if inner else {}
    )
    return MappingProxyType(waits)


def read_scheduled(row: Table) -> ScheduledMeasure:
    """Return a measure and how often it is asked."""
    scheduled = ScheduledMeasure(
        measure=row.text("measure"),
        every=cast("Every", row.choice("every", EVERY)),
        **said(row),
    )
    row.done()
    return scheduled


def read_between(row: Table) -> BetweenSessions:
    """Return what is agreed for the time between sessions."""
    between = BetweenSessions(
        word=row.text("word"),
        policy=cast("Policy", row.choice("policy", POLICIES)),
        **said(row),
    )
    row.done()
    return between


def read_statement(row: Table) -> Statement:
    """Return a sentence about the variant."""
    told = Statement(key=row.text("key"), text=row.text("text"), **said(row))
    row.done()
    return told


def read_area_set(row: Table | None) -> AreaSet:
    """Return where the choice of areas comes from; a proposal where the file says nothing."""
    if row is None:
        return AreaSet(source="product", verified=False)
    area_set = AreaSet(**said(row))
    row.done()
    return area_set


def read_foci(row: Table) -> FocusRule:
    """Return how many areas are worked on at a time."""
    foci = FocusRule(most=row.number("most", least=1, most=20), **said(row))
    row.done()
    return foci


def read_ending(row: Table) -> EndingRule:
    """Return what the ending is called and when it is raised."""
    ending = EndingRule(
        word=row.text("word"),
        raise_before=row.number("raise_before", least=1, most=50),
        **said(row),
    )
    row.done()
    return ending


def read_exclusion(row: Table) -> Exclusion:
    """Return whom the variant is not for."""
    exclusion = Exclusion(
        key=row.text("key"),
        text=row.text("text"),
        severity=cast("Severity", row.choice("severity", SEVERITIES)),
        condition=row.text_or_empty("condition"),
        **said(row),
    )
    row.done()
    return exclusion


def read_requirement(row: Table) -> Requirement:
    """Return what must be so for the variant to be right."""
    wanted = Requirement(
        key=cast("Need", row.choice("key", NEEDS)), text=row.text("text"), **said(row)
    )
    row.done()
    return wanted


def read_extra(row: Table) -> ExtraSessions:
    """Return meetings beside the counted sessions."""
    extra = ExtraSessions(
        key=row.text("key"),
        name=row.text("name"),
        when=cast("When", row.choice("when", WHENS)),
        most=row.number("most", least=1, most=100),
        after_session=row.number_or_none("after_session", least=1, most=200),
        **said(row),
    )
    row.done()
    return extra


def read_group(row: Table) -> GroupSize:
    """Return how large a group is and how many lead it."""
    numbers = {
        key: row.number(key, least=1, most=100)
        for key in ("least", "most", "leaders_least", "leaders_most")
    }
    where = said(row)
    row.done()
    with row.checking():
        return GroupSize(**numbers, **where)


def read_point(row: Table) -> AreaPoint:
    """Return a goal, a strategy or a stage."""
    point = AreaPoint(key=row.text("key"), text=row.text("text"), **said(row))
    row.done()
    return point


def read_question(row: Table) -> AreaQuestion:
    """Return a question that helps to recognise an area."""
    question = AreaQuestion(
        key=row.text("key"),
        text=row.text("text"),
        counts=cast("Counts", row.choice("counts", COUNTS)),
        **said(row),
    )
    row.done()
    return question


def read_detail(row: Table) -> AreaDetail:
    """Return something that is written down for a focus."""
    detail = AreaDetail(
        key=row.text("key"),
        label=row.text("label"),
        kind=cast("DetailKind", row.choice("kind", DETAIL_KINDS)),
        need=cast("DetailNeed", row.choice("need", DETAIL_NEEDS)),
        rule=row.text_or_empty("rule"),
    )
    row.done()
    return detail
