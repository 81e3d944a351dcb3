"""The one place where the clock is read."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this instant in UTC. Views, commands and jobs read it and pass it down."""
    return datetime.now(UTC)  # noqa: TID251 -- this is the one place
