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
    return _parsed(_language())


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
    on = _day_of(value)
    with_year = timezone.localdate().year != on.year if year is None else year
    return _by_skeleton(on, "yMMMMEEEEd" if with_year else "MMMMEEEEd", _language())


def short_day(value: date | datetime) -> str:
    """Return "26 Nov 2026"."""
    return _by_pattern(_day_of(value), "d MMM y", _language())


def day_month(value: date) -> str:
    """Return "26 Nov", for the axis of a chart."""
    return _by_skeleton(value, "MMMd", _language())


def month_year(value: date) -> str:
    """Return "March 2019"."""
    return _by_skeleton(value, "yMMMM", _language())


def short_month(value: date, *, year: bool = True) -> str:
    """Return "Mar 2019", or "Mar"."""
    if not year:
        return _by_pattern(value, "LLL", _language())
    return _by_skeleton(value, "yMMM", _language())


def month_name(month: int) -> str:
    """Return "March" as it stands alone, in a list."""
    return _by_pattern(date(2000, month, 1), "LLLL", _language())


def clock(value: datetime | time) -> str:
    """Return "17:00" in the active zone."""
    at = local(value).time() if isinstance(value, datetime) else value
    return _by_clock(at, _language())


def moment(value: datetime) -> str:
    """Return "Thursday 26 November, 17:00"."""
    return f"{day(value)}, {clock(value)}"


def weekday(value: date) -> str:
    """Return "Thursday"."""
    return _by_pattern(value, "EEEE", _language())


def short_weekday(value: date) -> str:
    """Return "Thu"."""
    return _by_pattern(value, "EEE", _language())


def weekday_clock(value: datetime) -> str:
    """Return "Thu 17:00" for something in the coming days."""
    at = local(value)
    return f"{short_weekday(at.date())} {clock(at.time())}"


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


def _day_of(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def _language() -> str:
    return get_language() or "en"


# A list says the same few days and hours again and again, and Babel takes its time.


@lru_cache(maxsize=4096)
def _by_pattern(on: date, pattern: str, language: str) -> str:
    return str(format_date(on, pattern, locale=_british(_parsed(language))))


@lru_cache(maxsize=4096)
def _by_skeleton(on: date, skeleton: str, language: str) -> str:
    return str(format_skeleton(skeleton, on, locale=_british(_parsed(language))))


@lru_cache(maxsize=1024)
def _by_clock(at: time, language: str) -> str:
    return str(format_time(at, "HH:mm", locale=_british(_parsed(language))))


def _british(locale: Locale) -> Locale:
    """English without a territory reads day before month, as the rest of the product."""
    return Locale("en", "GB") if locale.language == "en" else locale
