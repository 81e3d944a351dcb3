"""The rules by name, and what a breach of one says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast

from openipt.core.data_files import Table, tables_in
from openipt.core.protocols.library import load_library
from openipt.core.protocols.parts import SEVERITIES, Severity, Source
from openipt.core.sentences import Sentence, Value, sentence

_RULES = "openipt.core.protocols.data_rules"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule: its public id, how grave a breach is, what is said, where it is from.

    `title` says what the rule asks. Rules of one id belong together. `most` is a number
    that the rule works with, where it has one.
    """

    key: str
    id: str
    severity: Severity
    title: str
    template: str
    sources: tuple[Source, ...]
    most: int | None = None

    @property
    def source(self) -> str:
        """The titles of its sources."""
        return "; ".join(source.title for source in self.sources)

    @property
    def verified(self) -> bool:
        """Whether its sources vouch for it; otherwise it is this product's proposal."""
        return all(source.vouches for source in self.sources)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A breach of a rule.

    An error stops; a warning asks for a reason, which is kept; information is only shown.
    """

    rule: str
    key: str
    severity: Severity
    sentence: Sentence
    source: str


@cache
def load_rules() -> Mapping[str, Rule]:
    """Return the rules by key, in the order of the file.

    Raises `DataProblem` if the file is wrong.
    """
    rules: dict[str, Rule] = {}
    for table in tables_in(_RULES):
        for row in table.tables("rules"):
            rule = _rule(row)
            if rule.key in rules:
                raise row.problem("key", f"{rule.key!r} is there twice")
            rules[rule.key] = rule
        table.done()
    return MappingProxyType(rules)


def finding(key: str, *, source: str = "", **values: Value) -> Finding:
    """Return the breach of a rule with its sentence; `source` replaces the rule's own."""
    rule = load_rules()[key]
    return Finding(
        rule=rule.id,
        key=rule.key,
        severity=rule.severity,
        sentence=sentence(rule.template, **values),
        source=source or rule.source,
    )


def _rule(row: Table) -> Rule:
    known = load_library().sources
    for key in row.texts("sources"):
        if key not in known:
            raise row.problem("sources", f"there is no source {key!r} in the library")
    rule = Rule(
        key=row.text("key"),
        id=row.text("id"),
        severity=cast("Severity", row.choice("severity", SEVERITIES)),
        title=row.text("title"),
        template=row.text("template"),
        sources=tuple(known[key] for key in row.texts("sources")),
        most=row.number_or_none("most"),
    )
    row.done()
    return rule
