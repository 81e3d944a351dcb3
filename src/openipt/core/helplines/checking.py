"""How long a check of a number with its operator is good for."""

from datetime import date
from enum import Enum

WARN_DAYS_BEFORE = 30


class Standing(Enum):
    """Whether a number may be shown, and how loudly staff must be told."""

    UNCHECKED = "unchecked"
    LIVE = "live"
    EXPIRES_SOON = "expires_soon"
    EXPIRED = "expired"

    @property
    def is_shown(self) -> bool:
        """Whether a person may see it: checked, and the check still holds."""
        return self in (Standing.LIVE, Standing.EXPIRES_SOON)


def expires_on(checked_on: date) -> date:
    """Return the first day on which a check made on this day no longer holds.

    Twelve months later; a check of 29 February holds until 28 February of the next year.
    """
    try:
        return checked_on.replace(year=checked_on.year + 1)
    except ValueError:
        return date(checked_on.year + 1, 3, 1)


def standing(*, expires: date | None, on: date) -> Standing:
    """Return how a number stands on a day; `expires` is None while nobody checked it."""
    if expires is None:
        return Standing.UNCHECKED
    left = (expires - on).days
    if left <= 0:
        return Standing.EXPIRED
    return Standing.EXPIRES_SOON if left <= WARN_DAYS_BEFORE else Standing.LIVE
