"""What every answer must be, whoever gets it."""

import re
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import quote

from .walking import Answer

NONE, SELF = {"'none'"}, {"'self'"}
POLICY = {
    **dict.fromkeys(("default-src", "object-src", "base-uri", "frame-ancestors"), NONE),
    **dict.fromkeys(
        (
            "script-src",
            "style-src",
            "img-src",
            "font-src",
            "connect-src",
            "form-action",
            "manifest-src",
            "worker-src",
        ),
        SELF,
    ),
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), "
    "browsing-topics=()",
}
SENT_TO = {
    "choose": "/services/",
    "second-factor": "/accounts/2fa/totp/activate/",
    "agree": "/agree/",
}
LEADS = {
    *("src", "srcset", "href", "xlink:href", "action", "formaction", "data", "poster"),
    *("ping", "cite", "background", "manifest"),
    *(f"hx-{method}" for method in ("get", "post", "put", "patch", "delete")),
}
"""Attributes that a browser follows; a word in any other stays a word."""
MAY_POST = {200, 204, 302, 403, 409, 422}
"""What somebody who may use a form can be answered: done, shown, refused with the reason."""


def faults_of_headers(answer: Answer) -> list[str]:
    """Return what is wrong with the headers and cookies of any answer at all."""
    faults = [
        f"{name} is {answer.headers.get(name)!r}"
        for name, wanted in HEADERS.items()
        if answer.headers.get(name) != wanted
    ]
    if policy_in(answer.headers.get("Content-Security-Policy", "")) != POLICY:
        faults.append("another Content-Security-Policy")
    if not {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", ")):
        faults.append(f"Cache-Control is {answer.headers['Cache-Control']!r}")
    faults += [
        f"cookie {cookie.key} can be read by scripts or sent along"
        for cookie in answer.cookies.values()
        if cookie.value and not (cookie["httponly"] and cookie["samesite"] == "Lax")
    ]
    return faults


def policy_in(header: str) -> dict[str, set[str]]:
    """Return a Content-Security-Policy as its directives."""
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {name: set(values) for name, *values in parts}


def faults_of_page(answer: Answer) -> list[str]:
    """Return what stands inline in a page, which the policy would not let work."""
    if "text/html" not in answer.headers.get("Content-Type", ""):
        return []
    if answer.headers.get("Content-Disposition", "").startswith("attachment"):
        # A file to keep carries its own style; nothing in it may run, as in a page.
        return [fault for fault in _inline_in(answer.page) if fault != "<style>"]
    return list(_inline_in(answer.page))


@lru_cache(maxsize=4000)
def _inline_in(page: str) -> tuple[str, ...]:
    found = Inline()
    found.feed(page)
    return tuple(found.faults)


class Inline(HTMLParser):
    """Collects scripts, styles and handlers that stand in the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        # A block of data runs nothing.
        if (
            tag == "script"
            and not known.get("src")
            and known.get("type") != "application/json"
        ):
            self.faults.append("a script in the page")
        if tag in {"style", "iframe", "object", "embed", "base"}:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.faults.append(f"{name} on <{tag}>")
            if name not in LEADS:
                continue
            if re.match(r"\s*(javascript|data|vbscript):", value or "", re.IGNORECASE):
                self.faults.append(f"{value[:30]} in {name}")
            if _is_foreign(value or ""):
                self.faults.append(f"{name} leads to {value[:40]}")


def _is_foreign(address: str) -> bool:
    return bool(re.match(r"(https?:)?//", address)) and not address.startswith(
        "http://testserver/"
    )


def is_as_expected(answer: Answer, wanted: str, allowed: set[int]) -> bool:
    """Tell whether an answer is what the table leads one to expect."""
    login = f"/accounts/login/?next={quote(answer.path)}"
    if wanted == "open":
        return answer.status in allowed and answer.headers.get("Location") != login
    if wanted == "missing":
        return answer.status == 404
    if wanted == "method":
        return answer.status == 405 and bool(answer.headers.get("Allow"))
    return answer.status == 302 and answer.headers["Location"] == SENT_TO.get(
        wanted, login
    )
