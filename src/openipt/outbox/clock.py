"""The instant, for the one loop below the web that has to know it by itself."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def now() -> datetime:
    """Return this instant in UTC, from the one place that reads the clock.

    The setting OPENIPT_CLOCK names it; the outbox lies below that place and must not
    import it.
    """
    place = getattr(settings, "OPENIPT_CLOCK", "openipt.web.clock.now")
    read: Any = import_string(place)
    at: datetime = read()
    return at
