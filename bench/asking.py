"""Asks the product for pages inside this process, through every middleware."""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.wsgi import get_wsgi_application
from django.db import connection

from openipt.people.models import Member
from openipt.people.session_store import SessionStore

TOKEN = "b" * 32
"""The forgery token of every session here."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The median of a request in milliseconds, that of the floor meanwhile, and queries.

    The two are taken in turns: a machine that is slower for some seconds slows both.
    """

    middle: float
    floor: float
    queries: int

    @property
    def times(self) -> float:
        """How many times the floor it takes."""
        return self.middle / self.floor


@dataclass(slots=True)
class Visitor:
    """Somebody signed in; None is nobody."""

    member: Member | None = None
    cookie: str = field(init=False, default="")

    def __post_init__(self) -> None:
        if self.member is not None:
            self.cookie = f"{settings.SESSION_COOKIE_NAME}={sign_in(self.member)}"


def sign_in(member: Member) -> str:
    """Begin a session, as if the page before had just been read; staff get a factor."""
    account = member.account
    if account is None:
        raise AssertionError("only members who joined sign in")
    if not member.is_person:
        _give_second_factor(account)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session["member_id"] = str(member.pk)
    session["kind"] = "person" if member.is_person else "staff"
    session["epoch"] = account.session_epoch
    session["began_at"] = session["seen_at"] = int(time.time())
    session["_csrftoken"] = TOKEN
    session.create()
    session.save()
    return str(session.session_key)


class Product:
    """The WSGI application as the server runs it."""

    def __init__(self) -> None:
        settings.ROOT_URLCONF = "bench.urls"
        settings.ALLOWED_HOSTS = ["127.0.0.1"]
        self._answer = get_wsgi_application()

    def ask(
        self, who: Visitor, path: str, form: dict[str, Any] | None = None
    ) -> tuple[int, bytes]:
        """Return status and body of one request."""
        said: list[str] = []

        def begin(status: str, _headers: object, _fault: object = None) -> Any:
            said.append(status)

        body = urlencode(form or {}).encode()
        answer = self._answer(
            _environment(who, path, body, "POST" if form is not None else "GET"),
            begin,
        )
        try:
            content = b"".join(answer)
        finally:
            if close := getattr(answer, "close", None):
                close()
        return int(said[0][:3]), content

    def time(
        self, who: Visitor, path: str, *, floor: Callable[[], object], rounds: int = 40
    ) -> Timing:
        """Ask again and again; a page that does not come is a fault of the bench."""
        for _warm in range(4):
            status, _body = self.ask(who, path)
        if status != HTTPStatus.OK:
            raise AssertionError(f"{path} was answered {status}")
        with counting() as queries:
            self.ask(who, path)
        floors, pages = [], []
        for _round in range(rounds):
            for _warm in range(4):
                floor()  # right after a long page it finds nothing where it was
            floors.append(timed(floor))
            pages.append(timed(lambda: self.ask(who, path)))
        return Timing(median(pages), median(floors), len(queries))


def timed(act: Callable[[], object]) -> float:
    """Return how many milliseconds something takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def several(act: Callable[[], object], rounds: int = 25) -> list[float]:
    """Return the milliseconds of each of some runs, after a few that do not count."""
    for _warm in range(3):
        act()
    return [timed(act) for _round in range(rounds)]


@contextmanager
def counting() -> Iterator[list[str]]:
    """Collect the statements that are sent inside."""
    sent: list[str] = []

    def look(execute: Any, sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield sent


def _environment(who: Visitor, path: str, body: bytes, method: str) -> dict[str, Any]:
    bare, _mark, query = path.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": bare,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": who.cookie,
        "HTTP_ACCEPT_ENCODING": "gzip, br",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _give_second_factor(account: Any) -> None:
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator

    Authenticator.objects.get_or_create(
        user=account,
        type=Authenticator.Type.TOTP,
        defaults={"data": {"secret": get_adapter().encrypt("JBSWY3DPEHPK3PXP")}},
    )
