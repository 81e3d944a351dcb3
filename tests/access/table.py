"""The hand-written table of who may open what, and what it leads one to expect."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .world import NOBODY, World, relation

FILE = Path(__file__).with_name("table.toml")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SAFE = ("GET", "HEAD")


@dataclass(frozen=True, kw_only=True)
class Row:
    """What the table says about one address."""

    name: str
    roles: list[str]
    methods: list[str] = field(default_factory=lambda: ["GET"])
    early: list[str] = field(default_factory=list)
    to: list[str] | None = None
    never: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=lambda: [200])
    writes: list[str] = field(default_factory=list)
    form: dict[str, Any] | None = None
    by: str = ""
    on: str = ""
    after: list[str] = field(default_factory=list)
    sent: int = 302
    fields: list[str] = field(default_factory=list)
    stranger: int = 0

    @property
    def allowed_methods(self) -> frozenset[str]:
        more = ["HEAD"] if "GET" in self.methods else []
        return frozenset([*self.methods, *more])

    def filled(self, world: World, actor: str) -> dict[str, Any]:
        """Return the form as this actor sends it, with ids of the world in it."""
        return {
            name: [_said(one, world, actor) for one in value]
            if isinstance(value, list)
            else _said(value, world, actor)
            for name, value in self._typed().items()
        }

    def _typed(self) -> dict[str, Any]:
        return dict.fromkeys(self.fields, "1") if self.form is None else self.form


def _said(value: str, world: World, actor: str) -> str:
    if not (value.startswith("{") and value.endswith("}")):
        return value
    member = world.actors[actor]
    me = str(member.pk) if member else ""
    return {**world.words, "me": me}[value[1:-1]]


def read_table() -> dict[str, Row]:
    """Return the table by name of address; an unknown key in it is an error."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: Row(name=name, **row) for name, row in rows.items()}


def expected(row: Row, world: World, actor: str, key: str, method: str) -> str:
    """Return what must happen: "open" or how it is refused.

    missing: 404; login, choose, second-factor, agree: sent there; method: 405.
    """
    if away := is_turned_away(row, world, actor):
        return away
    if method not in row.allowed_methods:
        return "method"
    if "public" not in row.roles and (first := _first_things(row, actor)):
        return first
    return "open" if _reaches(row, actor, key, method) else "missing"


def is_turned_away(row: Row, world: World, actor: str) -> str:
    """Return how the door refuses somebody of these roles, or "" where it lets them in."""
    member = world.actors[actor]
    if "public" in row.roles:
        return ""
    if member is None:
        return "login"
    if "account" in row.roles:
        return ""
    if actor == "suspended":
        return "choose"
    return "" if member.role_set & set(row.roles) else "missing"


def _first_things(row: Row, actor: str) -> str:
    if actor == "no_second_factor" and "second factor" not in row.early:
        return "second-factor"
    if actor == "not_agreed" and "agreement" not in row.early:
        return "agree"
    return ""


def _reaches(row: Row, actor: str, key: str, method: str) -> bool:
    if row.to is None:
        return True
    whose, _stroke, word = key.partition("/")
    asked = "GET" if method in SAFE else method
    if key == NOBODY or word in row.never or f"{asked} {word}" in row.never:
        return False
    if "anybody" in row.to:
        return True
    return whose != "any" and bool(relation(actor, whose) & set(row.to))
