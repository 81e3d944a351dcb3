"""Signing in as a browser does it: page by page, with the tokens of forms."""

import re
import time
from dataclasses import dataclass, field

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests import people

TOKEN = re.compile(r'csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Visitor:
    """Somebody with a browser of their own in which every token is checked."""

    email: str
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def open(self, path: str, **headers):
        return self.client.get(path, **headers)

    def send(self, path: str, typed: dict, *, to: str = "", **headers):
        """Send a form of the page at `path`, with the token that stands in it."""
        page = self.open(path).content.decode()
        found = TOKEN.search(page)
        token = {"csrfmiddlewaretoken": found.group(1)} if found else {}
        headers.setdefault("HTTP_REFERER", f"http://testserver{path}")
        return self.client.post(to or path, typed | token, **headers)

    def sign_in(self, path: str = "/accounts/login/"):
        """Give the address and the password, and the code where one is asked for."""
        typed = {"login": self.email, "password": people.PASSWORD}
        if "next=" in path:
            typed["next"] = path.partition("next=")[2].replace("%2F", "/")
        answer = self.send(path, typed)
        if "/2fa/authenticate/" in answer.headers.get("Location", ""):
            answer = self.send(answer["Location"], {"code": code()})
        return answer

    def is_in(self, path: str) -> bool:
        answer = self.open(path)
        assert answer.status_code in {200, 302, 404}, answer.status_code
        return not answer.headers.get("Location", "").startswith("/accounts/login/")


def code() -> str:
    """Return the code that an authenticator app shows now."""
    return format_hotp_value(hotp_value(people.TOTP_SECRET, int(time.time()) // 30))
