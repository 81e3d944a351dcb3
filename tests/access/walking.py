"""Asks one address after the other and looks at everything that comes back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.db import connection, transaction
from django.urls import reverse

from .addresses import Address
from .world import World

TOKENS = re.compile(
    r'((?:csrf-token" content|csrfmiddlewaretoken" value)=)"\w*"', re.ASCII
)
CHANGES = re.compile(
    r"^\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)\"?",
    re.IGNORECASE,
)
ALWAYS_WRITTEN = frozenset({"audit_auditevent", "django_session", "cache"})
"""The trail, the session and the counters of attempts: what any request may write."""


@dataclass(frozen=True)
class Answer:
    """What came back, and what was written on the way."""

    path: str
    status: int
    text: str
    headers: dict[str, str]
    cookies: SimpleCookie
    written: frozenset[str]

    @property
    def all_of_it(self) -> str:
        """Body, headers and cookies as one text."""
        heads = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{self.text}\n{heads}\n{self.cookies.output()}"

    @property
    def page(self) -> str:
        """The body without the tokens that differ each time."""
        return TOKENS.sub(r"\1", self.text)


@dataclass
class Browser:
    """An actor's browser whose every request is undone."""

    world: World
    actor: str
    cookies: SimpleCookie = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.world.client(self.actor)
        self.client.raise_request_exception = False
        # What a first page leaves in the session is not written anew by every other one.
        self.client.get("/accounts/inactive/")
        self.client.get("/nowhere/")
        self.cookies = self.client.cookies.copy()

    def ask(
        self,
        address: Address,
        method: str = "GET",
        key: str = "any",
        form: dict[str, Any] | None = None,
    ) -> Answer:
        """Send one request, undo what it wrote, and return what came back."""
        self.client.cookies = self.cookies.copy()
        path = self.path(address, key)
        with undone(), writing() as written:
            answer = self._send(path, method, form or {})
        return Answer(
            path=path,
            status=answer.status_code,
            text=answer.getvalue().decode(errors="replace"),
            headers=dict(answer.headers),
            cookies=answer.cookies,
            written=frozenset(written) - ALWAYS_WRITTEN,
        )

    def path(self, address: Address, key: str) -> str:
        arguments = self.world.arguments(address.arguments, key)
        return reverse(address.name, kwargs=arguments)

    def _send(self, path: str, method: str, form: dict[str, Any]):
        body, kind = "", "application/octet-stream"
        if method in {"POST", "PUT", "PATCH", "DELETE"}:
            body = urlencode(form, doseq=True)
            kind = "application/x-www-form-urlencoded"
        return self.client.generic(method, path, body, content_type=kind)


@contextmanager
def undone() -> Iterator[None]:
    """Undo everything that is written inside. What must be outermost may stand in here."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


@contextmanager
def writing() -> Iterator[set[str]]:
    """Collect the names of tables that are written inside."""
    written: set[str] = set()

    def look(execute, sql, params, many, context):
        if found := CHANGES.match(sql):
            written.add(found.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield written
