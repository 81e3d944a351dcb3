"""Sends the forms of the table as those who may, and looks at what they changed."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.urls import Resolver404, resolve, reverse

from openipt.vault.fields import SealedJSON, SealedText

from .addresses import Address, addresses
from .table import Row, expected
from .walk import TABLE
from .walking import Answer, Browser
from .world import World

ADDRESSES = {address.name: address for address in addresses()}
FORMS = [name for name, row in TABLE.items() if "POST" in row.methods]
WHOLE_FORMS = [
    name for name in FORMS if TABLE[name].form is not None and TABLE[name].by
]
NOT_TYPED = {"csrfmiddlewaretoken", "draft_key"}


def sender_of(row: Row) -> str:
    """Return who sends the form of an address: whom the table names, or somebody it may."""
    if row.by:
        return row.by
    return "anonymous" if "public" in row.roles else "ana"


BY_CHANCE = {
    ("AuditEvent", "request_id"),
    ("Invitation", "code_digest"),
    ("DataKey", "wrapped"),
    ("DataKey", "created_at"),  # by the clock of the machine, not of the test
    ("Job", "dedupe_key"),
    ("Account", "password"),
}
"""What differs each time, whatever is sent."""
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class Sender:
    """Sends the form of one address as whoever may; call `send` inside `undone()`."""

    world: World
    row: Row

    def __post_init__(self) -> None:
        self.actor = sender_of(self.row)
        self.client = self.world.client(self.actor)
        self.client.raise_request_exception = False
        self.cookies = self.client.cookies.copy()
        self.path = path_of(self.world, ADDRESSES[self.row.name], self.row.on)
        self.good = self.row.filled(self.world, self.actor)

    def send(self, typed: dict[str, Any] | None = None, **more: Any):
        """Send a form, after those that come before it, and return the answer to it.

        What is typed is the table's form unless said; `more` is added to it.
        """
        self.client.cookies = self.cookies.copy()
        for name in self.row.after:
            earlier = TABLE[name].filled(self.world, self.actor)
            self.client.post(path_of(self.world, ADDRESSES[name], self.row.on), earlier)
        return self.client.post(
            self.path, (self.good if typed is None else typed) | more
        )

    def send_body(self, body: bytes, content_type: str):
        """Send something that is no form, perhaps."""
        self.client.cookies = self.cookies.copy()
        # `post` would read the body itself, by the charset that it claims.
        return self.client.generic("POST", self.path, body, content_type)


def path_of(world: World, address: Address, key: str) -> str:
    """Return the path of an address about the object of this key."""
    key = key or next(iter(world.keys(address.arguments)), "any")
    return reverse(address.name, kwargs=world.arguments(address.arguments, key))


def answers(
    world: World, actor: str, methods: Collection[str] = ("GET", "POST")
) -> Iterator[tuple[str, Answer]]:
    """Yield what an actor gets wherever the table lets them in, with the address's name."""
    browser = Browser(world, actor)
    for address in addresses():
        row = TABLE[address.name]
        form = row.filled(world, actor)
        keys = world.keys(address.arguments) if address.arguments else ["any"]
        for method in [one for one in methods if one in row.methods]:
            for key in keys:
                if expected(row, world, actor, key, method) == "open":
                    yield address.name, browser.ask(address, method, key, form)


class Forms(HTMLParser):
    """Collects the forms of a page that are posted: where to, and the names of fields."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.found: list[tuple[str, set[str]]] = []
        self._inside = False
        self._action = ""
        self._names: set[str] = set()
        self._targets: set[str] = set()

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag == "form":
            self._inside = known.get("method", "").lower() == "post"
            self._action = known.get("action") or self.path
            self._names, self._targets = set(), set()
        elif self._inside and tag in {"input", "textarea", "select", "button"}:
            self._names |= {known["name"]} if known.get("name") else set()
            if tag == "button":
                self._targets.add(known.get("formaction") or self._action)

    def handle_endtag(self, tag):
        if tag == "form" and self._inside:
            targets = self._targets or {self._action}
            self.found += [(target, self._names) for target in targets]
            self._inside = False


def forms_in(answer: Answer) -> Iterator[tuple[str, set[str]]]:
    """Yield the name of each address that a page posts to, and the fields it sends."""
    found = Forms(answer.path)
    found.feed(answer.text)
    for path, names in found.found:
        try:
            match = resolve(path.partition("?")[0].partition("#")[0])
        except Resolver404:
            yield path, names
        else:
            yield match.view_name, names - NOT_TYPED


def ours() -> list[type[Model]]:
    """Return every model of this product."""
    return [m for m in apps.get_models() if m.__module__.startswith("openipt.")]


def ids() -> set[UUID]:
    """Return the ids of all rows there are."""
    return {
        pk
        for model in ours()
        for pk in model._default_manager.values_list("pk", flat=True)
        if isinstance(pk, UUID)
    }


def state(known: Collection[UUID], tables: Collection[str]) -> list[str]:
    """Return all that is in these tables as sorted lines; new ids all look alike."""
    return sorted(
        _line(row, known)
        for model in ours()
        if model._meta.db_table in tables
        for row in model._default_manager.all()
    )


def _line(row: Model, known: Collection[UUID]) -> str:
    values = {
        field.attname: _value(row, field, known)
        for field in row._meta.fields
        if (type(row).__name__, field.attname) not in BY_CHANCE
    }
    line = f"{type(row).__name__} {values}"
    return ID.sub(lambda found: found[0] if UUID(found[0]) in known else "new", line)


def _value(row: Model, field: Any, known: Collection[UUID]) -> str:
    value = getattr(row, field.attname)
    if isinstance(value, UUID):
        return str(value) if value in known else "new"
    if isinstance(field, SealedText | SealedJSON):
        return f"sealed {value}"
    return str(value)
