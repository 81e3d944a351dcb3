"""When a service reads, from what its administrator has set."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from openipt.core.risk import ServiceHours
from openipt.people.models import Service

_WHOLE_DAY = ((time(0), time(0)),)


def today_at(service: Service, at: datetime) -> date:
    """Return the date on the service's wall at an instant."""
    return at.astimezone(ZoneInfo(service.zone)).date()


def hours_of(service: Service) -> ServiceHours | None:
    """Return the hours that the service has set, or None if it has set none."""
    weekly = {
        int(weekday): tuple(
            (time.fromisoformat(opens), _closing(closes)) for opens, closes in openings
        )
        for weekday, openings in service.hours.items()
    }
    if not any(weekly.values()):
        return None
    return ServiceHours(
        zone=ZoneInfo(service.zone),
        weekly=weekly,
        holidays=frozenset(date.fromisoformat(day) for day in service.holidays),
    )


def clock_hours(service: Service) -> ServiceHours:
    """Return the hours that escalation waits for.

    A service that has set none counts as always open: somebody is told too early rather
    than too late. So does one whose hours cannot be read, whoever damaged them: an answer
    must not be refused, and an alert not rest, for that.
    """
    try:
        known = hours_of(service)
    except (ValueError, TypeError, AttributeError):
        known = None
    return known or ServiceHours(
        zone=ZoneInfo(service.zone),
        weekly=dict.fromkeys(range(7), _WHOLE_DAY),
    )


def _closing(text: str) -> time:
    """Return a closing time; "24:00" is the end of the day, as people write it."""
    return time(0) if text == "24:00" else time.fromisoformat(text)
