"""How the keeping of the record stands: for staff, for `doctor`, for the monitor."""

from datetime import datetime, timedelta

from .models import Happening

DRILL_OLD_AFTER = timedelta(days=14)
COPY_OLD_AFTER = timedelta(hours=36)


def last(kind: str) -> Happening | None:
    """Return the newest copy, drill or upgrade that went well."""
    rows = Happening.objects.filter(kind=kind, went_well=True)
    return rows.order_by("-at").first()


def age_of_last(kind: str, at: datetime) -> timedelta | None:
    """Return how long ago the last one went well, None if none ever did."""
    found = last(kind)
    return max(at - found.at, timedelta(0)) if found else None
