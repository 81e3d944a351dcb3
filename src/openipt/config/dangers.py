"""Settings under which nobody should be let in; each with how to mend it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

LOOPBACK = frozenset({"", "localhost", "127.0.0.1", "::1"})


def dangers() -> Iterator[tuple[str, str]]:
    """Yield the name of each dangerous setting and a sentence; nothing is good."""
    database: dict[str, Any] = settings.DATABASES["default"]
    host = str(database.get("HOST", ""))
    is_far = host not in LOOPBACK and not host.startswith("/")
    if is_far and not database.get("PASSWORD"):
        yield (
            "DATABASE_URL",
            (
                f"The database at {host} is opened without a password: whoever reaches it "
                f"reads everything. Give it one."
            ),
        )
    if is_far and database["OPTIONS"].get("sslmode", "prefer") in {"disable", "allow", "prefer"}:  # fmt: skip
        yield (
            "DATABASE_URL",
            (
                f"The way to the database at {host} may be read on the way. Add "
                f"?sslmode=verify-full."
            ),
        )
    if settings.DEBUG:
        yield (
            "DEBUG",
            "DEBUG shows the inside of the program to everybody. Turn it off.",
        )
    if settings.OPENIPT_DEMO or settings.OPENIPT_TESTING:
        return
    served = set(settings.ALLOWED_HOSTS) - {"localhost", "127.0.0.1", "[::1]"}
    if served and not settings.OPENIPT_SECURE:
        yield (
            "OPENIPT_PLAIN_HTTP",
            "It answers by a public name without HTTPS. Remove OPENIPT_PLAIN_HTTP.",
        )
    if served and not settings.OPENIPT_PROXIES:
        yield (
            "OPENIPT_PROXIES",
            (
                "It answers by a public name and counts no proxy before it: everybody would "
                "seem to come from one address, and one could lock all out. Set it to 1."
            ),
        )
    if "*" in served:
        yield "OPENIPT_HOSTS", "OPENIPT_HOSTS is *: name the hosts it answers to."
