"""What happens again and again, each by a name and a number of seconds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

Work = TypeVar("Work", bound=Callable[[], object])


@dataclass(frozen=True, kw_only=True, slots=True)
class Recurring:
    """A function without arguments, how often it runs, and whether there is need."""

    kind: str
    every_seconds: int
    work: Callable[[], object]
    when: Callable[[], bool]


_recurring: dict[str, Recurring] = {}


def always() -> bool:
    """Tell that there is need."""
    return True


def periodic(
    kind: str, *, every: int, when: Callable[[], bool] = always
) -> Callable[[Work], Work]:
    """Let the worker call a function without arguments every so many seconds.

    It may run twice for one turn, after a crash, and reads the clock itself. `when` is a
    cheap read asked first: a turn without need writes nothing at all.

    :raises ValueError: if the kind is taken or the time is not a second at least
    """

    def register(work: Work) -> Work:
        known = _recurring.get(kind)
        if known and known.work is not work:
            raise ValueError(f"{kind} happens already.")
        if every < 1:
            raise ValueError(f"{kind} cannot happen every {every} s.")
        _recurring[kind] = Recurring(
            kind=kind, every_seconds=every, work=work, when=when
        )
        return work

    return register


def registered() -> list[Recurring]:
    """Return all that happens again and again, by name."""
    return [_recurring[kind] for kind in sorted(_recurring)]


def find(kind: str) -> Recurring | None:
    """Return what recurs under this name, or None if no part registers it any more."""
    return _recurring.get(kind)


def keep_rows(at: datetime) -> None:
    """Give each recurring thing its row, due at once the first time."""
    from .models import Periodic

    stored = dict(Periodic.objects.values_list("kind", "every_seconds"))
    for recurring in registered():
        if recurring.kind not in stored:
            row = Periodic(
                kind=recurring.kind, every_seconds=recurring.every_seconds, next_at=at
            )
            Periodic.objects.bulk_create([row], ignore_conflicts=True)
        elif stored[recurring.kind] != recurring.every_seconds:
            # Due at once: a shorter time must not wait for the end of a longer one.
            Periodic.objects.filter(pk=recurring.kind).update(
                every_seconds=recurring.every_seconds, next_at=at
            )
