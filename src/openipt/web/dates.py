"""Dates and times as people say them, in the reader's language and the service's zone."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from django.utils import timezone
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _


def reader_locale() -> Locale:
    """Return the locale of the active language; a pseudo-language reads as English."""
    return _parsed(get_language() or "en")


@lru_cache(maxsize=32)
def _parsed(language: str) -> Locale:
    try:
        return Locale.parse(to_locale(language))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


def local(instant: datetime) -> datetime:
    """Return the instant in the zone that is active: the service's."""
    return timezone.localtime(instant)


def day(value: date | datetime, *, year: bool | None = None) -> str:
    """Return "Thursday 26 November", with the year when it is asked for or not this one."""
    on = local(value).date() if isinstance(value, datetime) else value
    with_year = timezone.localdate().year != on.year if year is None else year
    skeleton = "yMMMMEEEEd" if with_year else "MMMMEEEEd"
    return str(format_skeleton(skeleton, on, locale=_british(reader_locale())))


def short_day(value: date | datetime) -> str:
    """Return "26 Nov 2026"."""
    on = local(value).date() if isinstance(value, datetime) else value
    return str(format_date(on, "d MMM y", locale=_british(reader_locale())))


def day_month(value: date) -> str:
    """Return "26 Nov", for the axis of a chart."""
    return str(format_skeleton("MMMd", value, locale=_british(reader_locale())))


def clock(value: datetime | time) -> str:
    """Return "17:00" in the active zone."""
    at = local(value).time() if isinstance(value, datetime) else value
    return str(format_time(at, "HH:mm", locale=_british(reader_locale())))


def moment(value: datetime) -> str:
    """Return "Thursday 26 November, 17:00"."""
    return f"{day(value)}, {clock(value)}"


def weekday(value: date) -> str:
    """Return "Thursday"."""
    return str(format_date(value, "EEEE", locale=reader_locale()))


def weekday_clock(value: datetime) -> str:
    """Return "Thu 17:00" for something in the coming days."""
    name = format_date(local(value).date(), "EEE", locale=_british(reader_locale()))
    return f"{name} {clock(value)}"


def ago(value: datetime, *, at: datetime) -> str:
    """Return how long before `at` something was, in the coarsest fitting words."""
    passed = at - value
    minutes = int(passed / timedelta(minutes=1))
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext(
            "%(n)d minute ago", "%(n)d minutes ago", minutes
        ) % {"n": minutes}  # fmt: skip
    hours = minutes // 60
    if hours < 24:
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    days = (local(at).date() - local(value).date()).days
    if days == 1:
        return _("yesterday")
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}


def _british(locale: Locale) -> Locale:
    """English without a territory reads day before month, as the rest of the product."""
    return Locale("en", "GB") if locale.language == "en" else locale
