"""From the time on the wall to the instant: once, for everything that has a date and a clock."""

from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo


def instant(on_date: date, wall_time: time, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which clocks in the zone show this date and time.

    A time that the clocks skip in spring moves forward by the skipped hour (02:30 becomes
    03:30). A time that they show twice in autumn is the first of the two.
    """
    return datetime.combine(on_date, wall_time.replace(fold=0), tzinfo=zone).astimezone(
        UTC
    )


def on_the_wall(at: datetime, zone: tzinfo) -> datetime:
    """Return the local date and time of an aware instant; raises `ValueError` if naive."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    return at.astimezone(zone)
