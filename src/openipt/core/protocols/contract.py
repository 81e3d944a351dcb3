"""Whether an agreed course keeps to what is known about IPT."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from openipt.core.data_files import Table, tables_in
from openipt.core.sentences import Sentence, sentence

from .model import Span, Variant

Severity = Literal["error", "warning", "information"]

_RULES = "openipt.core.protocols.data_rules"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule: its public id, how grave a breach is, what is said, where it is from."""

    key: str
    id: str
    severity: Severity
    template: str
    source: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A breach of a rule.

    An error stops; a warning asks for a reason, which is kept; information is only shown.
    """

    rule: str
    severity: Severity
    sentence: Sentence
    source: str


@cache
def load_rules() -> Mapping[str, Rule]:
    """Return the rules by key; raises `DataProblem` if the file is wrong."""
    rules: dict[str, Rule] = {}
    for table in tables_in(_RULES):
        for row in table.tables("rules"):
            rule = _rule(row)
            rules[rule.key] = rule
        table.done()
    return MappingProxyType(rules)


def _rule(row: Table) -> Rule:
    severity = row.choice("severity", ("error", "warning", "information"))
    rule = Rule(
        key=row.text("key"),
        id=row.text("id"),
        severity=cast("Severity", severity),
        template=row.text("template"),
        source=row.text("source"),
        least=row.number_or_none("least"),
        most=row.number_or_none("most"),
    )
    row.done()
    return rule


def check_contract(
    variant: Variant, *, weeks: int, minutes: int
) -> tuple[Finding, ...]:
    """Return what a contract breaks, the gravest first; empty if nothing.

    `weeks` is the number of weekly sessions, `minutes` the length of one. Outside the
    bounds of acute IPT (P06) is an error; inside them but outside the lineage's own range
    is a warning, and so is an unusual length of session (P03).
    """
    rules = load_rules()
    found: list[Finding] = []
    length = rules["course_weeks"]
    if not _within(length, weeks):
        found.append(_finding(length, weeks=weeks, **_bounds(length)))
    elif variant.sessions.verified and weeks not in variant.sessions:
        found.append(_own_range(variant, weeks))
    session = rules["session_minutes"]
    if not _within(session, minutes):
        found.append(_finding(session, minutes=minutes, **_bounds(session)))
    return tuple(found)


def _own_range(variant: Variant, weeks: int) -> Finding:
    span: Span = variant.sessions
    key = "own_number" if span.least == span.most else "own_range"
    rule = load_rules()[key]
    words = sentence(
        rule.template,
        variant=variant.name,
        weeks=weeks,
        least=span.least,
        most=span.most,
    )
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        sentence=words,
        source=variant.source(span.source).title,
    )


def _within(rule: Rule, number: int) -> bool:
    bounds = _bounds(rule)
    return bounds["least"] <= number <= bounds["most"]


def _bounds(rule: Rule) -> dict[str, int]:
    if rule.least is None or rule.most is None:
        raise ValueError(f"rule {rule.key} needs least and most")
    return {"least": rule.least, "most": rule.most}


def _finding(rule: Rule, **values: int) -> Finding:
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        sentence=sentence(rule.template, **values),
        source=rule.source,
    )
