"""Every night a copy, every week a drill, where the operator has named a place."""

from pathlib import Path

from django.conf import settings

from openipt.core.errors import Refused
from openipt.outbox import periodic
from openipt.outbox.clock import now

from . import copying, drill

DAY = 24 * 60 * 60


def _place() -> Path | None:
    return Path(settings.OPENIPT_BACKUP_DIR) if settings.OPENIPT_BACKUP_DIR else None


def _has_place() -> bool:
    return _place() is not None


def _has_copies() -> bool:
    place = _place()
    return place is not None and bool(copying.copies_in(place))


@periodic("keeping.copy", every=DAY, when=_has_place)
def copy() -> None:
    """Make tonight's copy, and forget keyrings older than 30 days and copies beyond 14."""
    place = _place()
    if place is not None:
        copying.make_copy(place, at=now())
        copying.forget_old_keyrings(place, at=now())
        copying.forget_old_copies(place)


@periodic("keeping.drill", every=7 * DAY, when=_has_copies)
def weekly_drill() -> None:
    """Try the newest copy.

    :raises Refused: if it cannot be brought back; the worker tries again and tells
    """
    place = _place()
    if place is None:
        raise Refused("No place for copies is named.")
    drill.run_drill(place, at=now())
