"""Builds variants from their data files."""

from collections.abc import Mapping
from functools import cache

from openipt.core.data_files import Table, load_all, newest
from openipt.core.errors import DataProblem

from .model import (
    BetweenSessions,
    Lineage,
    Phase,
    PhaseTask,
    ProblemArea,
    ScheduledMeasure,
    Source,
    Span,
    Statement,
    Variant,
)

GROUP = "openipt.protocols"
BUILT_IN = "openipt.core.protocols.data"


@cache
def load_variants() -> Mapping[str, Variant]:
    """Return the newest version of every variant that is installed, by id.

    Raises `DataProblem` if a data file is wrong.
    """
    return newest(_all_variants())


def find_variant(variant_id: str, version: str) -> Variant:
    """Return a variant in the version that a course was agreed in.

    Raises `DataProblem` if the package that brought it is no longer installed.
    """
    found = _all_variants().get((variant_id, version))
    if found is None:
        raise DataProblem(f"protocol {variant_id} {version} is not installed")
    return found


@cache
def _all_variants() -> Mapping[tuple[str, str], Variant]:
    return load_all(GROUP, BUILT_IN, build_variant)


def build_variant(table: Table) -> Variant:
    """Return the variant that a data file describes; raises `DataProblem`."""
    values = {
        "id": table.text("id"),
        "version": table.text("version"),
        "lineage": Lineage(table.choice("lineage", tuple(Lineage))),
        "name": table.text("name"),
        "summary": table.text("summary"),
        "sessions": _span(table, "sessions"),
        "usual_sessions": table.number("usual_sessions", least=1, most=200),
        "minutes": _span(table, "minutes"),
        "usual_minutes": table.number("usual_minutes", least=1, most=600),
        "days_between": table.number("days_between", least=1, most=366),
        "phases": tuple(_phase(row) for row in table.tables("phases")),
        "problem_areas": tuple(_area(row) for row in table.tables("problem_areas")),
        "measures": tuple(_scheduled(row) for row in table.tables("measures")),
        "between_sessions": _between(table.table("between_sessions")),
        "statements": tuple(_told(row) for row in table.tables_or_none("statements")),
        "sources": tuple(_source(row) for row in table.tables("sources")),
    }
    table.done()
    with table.checking():
        return Variant(**values)  # type: ignore[arg-type]  # read key by key above


def _span(table: Table, key: str) -> Span:
    row = table.table(key)
    least, most = row.number("least"), row.number("most")
    source, verified = row.text("source"), row.flag("verified")
    row.done()
    with row.checking():
        return Span(least=least, most=most, source=source, verified=verified)


def _phase(row: Table) -> Phase:
    phase = Phase(
        key=row.text("key"),
        name=row.text("name"),
        sessions=row.number_or_none("sessions", least=1, most=100),
        source=row.text("source"),
        verified=row.flag("verified"),
        tasks=tuple(_task(task) for task in row.tables("tasks")),
    )
    row.done()
    return phase


def _task(row: Table) -> PhaseTask:
    task = PhaseTask(
        key=row.text("key"),
        title=row.text("title"),
        why=row.text("why"),
        minutes=row.number("minutes", least=1, most=120),
        every_session=row.flag_or_false("every_session"),
        source=row.text("source"),
        verified=row.flag("verified"),
    )
    row.done()
    return task


def _area(row: Table) -> ProblemArea:
    area = ProblemArea(
        key=row.text("key"),
        name=row.text("name"),
        choose_when=row.text("choose_when"),
        source=row.text("source"),
        verified=row.flag("verified"),
    )
    row.done()
    return area


def _scheduled(row: Table) -> ScheduledMeasure:
    scheduled = ScheduledMeasure(
        measure=row.text("measure"),
        every=row.choice("every", ("session",)),
        source=row.text("source"),
        verified=row.flag("verified"),
    )
    row.done()
    return scheduled


def _between(row: Table) -> BetweenSessions:
    between = BetweenSessions(
        word=row.text("word"),
        policy=row.choice("policy", ("none_formal", "expected", "not_stated")),
        source=row.text("source"),
        verified=row.flag("verified"),
    )
    row.done()
    return between


def _told(row: Table) -> Statement:
    told = Statement(
        key=row.text("key"),
        text=row.text("text"),
        source=row.text("source"),
        verified=row.flag("verified"),
    )
    row.done()
    return told


def _source(row: Table) -> Source:
    source = Source(
        key=row.text("key"),
        title=row.text("title"),
        address=row.text_or_empty("address"),
    )
    row.done()
    return source
