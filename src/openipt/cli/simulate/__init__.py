"""`openipt simulate`: many invented courses, to see how the product bears them."""

import sys
from datetime import UTC, datetime

from openipt.cli.ready import load_django, make_ready
from openipt.config.lifetime import lock_folder
from openipt.core.errors import Invalid, Refused

from .plan import MOST_COURSES, MOST_SEED


def simulate(*, courses: int, seed: int, today: str | None) -> int:
    """Fill a database with whole courses of invented people, up to so many.

    What an interrupted run has made stays, and the same command goes on from there.

    :raises Invalid: if a number or the day is unusable
    :raises Refused: if the database holds anything else, is of an older version, in use,
        or holds more courses already; or if somebody interrupts
    """
    if not 1 <= courses <= MOST_COURSES:
        raise Invalid(f"--courses is {courses}; write 1 to {MOST_COURSES}.")
    if not 0 <= seed <= MOST_SEED:
        raise Invalid(f"--seed is {seed}; write 0 to {MOST_SEED}.")
    day = _day(today)
    load_django()
    from django.conf import settings

    with lock_folder(settings.OPENIPT_DATA_DIR):
        make_ready()
        _fill(courses, seed, day)
    return 0


def _fill(wanted: int, seed: int, today: datetime) -> None:
    from . import filling

    filling.check_database(seed)
    made = filling.courses_made(seed)
    if made > wanted:
        raise Refused(
            f"There are {made} courses already; simulate takes none away. Ask for more, "
            "or set OPENIPT_DATA_DIR to an empty folder."
        )
    try:
        filling.fill(
            wanted=wanted, seed=seed, at=filling.day_of(seed, today), tell=_tell
        )
    except KeyboardInterrupt:
        made = filling.courses_made(seed)
        raise Refused(
            f"Interrupted: {made} of {wanted} courses are there, each of them whole. The "
            "same command goes on from here."
        ) from None
    finally:
        _tell_end()
    sys.stdout.write(f"{wanted} courses of seed {seed} are there.\n")


def _day(text: str | None) -> datetime:
    """Return the first instant of a day, in UTC.

    :raises Invalid: if it is no date
    """
    from openipt.web.clock import now

    if text is None:
        return now().replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as wrong:
        raise Invalid(
            f"--today {text!r} is no date; write one such as 2026-11-24."
        ) from wrong


def _tell(made: int) -> None:
    """Say how far it is where somebody looks on."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{made} courses …")
        sys.stderr.flush()


def _tell_end() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\n")
