"""What was made of an agenda: another order, other minutes, own points, what waits.

A plan is kept as it stood on the page. The agenda may change after it was kept: what is
new joins where it belongs, what has gone drops out, and safety always comes first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from openipt.core.sentences import Sentence, sentence

from .model import TASK, AgendaItem, Carried

PointState = Literal["", "aside", "carried"]
STATES: tuple[PointState, ...] = ("", "aside", "carried")
MOST_MINUTES = 180
MOST_OWN = 12
RISK = "risk"
OWN = "own-"
"""With what the key of somebody's own point begins."""
_ALWAYS = frozenset(
    {RISK, "missed", "measures", "tried", "shared", "ending", "closing"}
)
"""Keys of points that are no task, no focus and nobody's own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanPoint:
    """A point as it was planned; `words` is an own title, else `title` a generated one."""

    key: str
    minutes: int
    state: PointState = ""
    words: str = ""
    title: Sentence | None = None

    @property
    def is_own(self) -> bool:
        """Whether somebody added it by hand."""
        return self.key.startswith(OWN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The points of one session in the order somebody gave them."""

    points: tuple[PlanPoint, ...] = ()

    def with_minutes(self, minutes: Mapping[str, int]) -> "Plan":
        """Give points other minutes; unknown keys are passed over."""
        return self._each(lambda p: replace(p, minutes=minutes.get(p.key, p.minutes)))

    def with_state(self, key: str, state: PointState) -> "Plan":
        """Set a point aside, leave it for next time, or take it up again; never safety."""
        if key == RISK:
            return self
        return self._each(lambda p: replace(p, state=state) if p.key == key else p)

    def with_own(self, key: str, words: str, minutes: int) -> "Plan":
        """Add an own point, before the closing."""
        added = PlanPoint(key=key, minutes=minutes, words=words)
        place = next(
            (n for n, p in enumerate(self.points) if p.key == "closing"),
            len(self.points),
        )
        return Plan(points=(*self.points[:place], added, *self.points[place:]))

    def moved(self, key: str, step: int) -> "Plan":
        """Move a point up (-1) or down (1) among those that are on."""
        on = [p.key for p in self.points if not p.state]
        if key not in on:
            return self
        place = on.index(key)
        other = min(max(place + step, 0), len(on) - 1)
        on.insert(other, on.pop(place))
        return self.ordered(on)

    def ordered(self, keys: Sequence[str]) -> "Plan":
        """Put points in this order; those that are not named keep theirs behind them."""
        places = {key: place for place, key in enumerate(keys)}
        return Plan(
            points=tuple(
                sorted(self.points, key=lambda p: places.get(p.key, len(places)))
            )
        )

    def _each(self, change: Any) -> "Plan":
        return Plan(points=tuple(change(point) for point in self.points))


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A point of the agenda with what was planned for it."""

    item: AgendaItem
    minutes: int
    state: PointState = ""


def arranged(items: Sequence[AgendaItem], plan: Plan | None) -> tuple[Planned, ...]:
    """Return the agenda as it was planned; without a plan, as it was generated."""
    if plan is None:
        return tuple(Planned(item=item, minutes=item.minutes) for item in items)
    generated = {item.key: item for item in items}
    rows = [
        Planned(item=item, minutes=point.minutes, state=point.state)
        for kept in plan.points
        for point in [kept if kept.key in generated else _renamed(kept)]
        if (item := generated.get(point.key) or _own(point)) is not None
    ]
    for place, item in enumerate(items):
        if all(row.item.key != item.key for row in rows):
            before = [one.key for one in items[:place]]
            rows.insert(_after(rows, before), Planned(item=item, minutes=item.minutes))
    safe = [replace(row, state="") for row in rows if row.item.key == RISK]
    return tuple(safe + [row for row in rows if row.item.key != RISK])


def snapshot(planned: Iterable[Planned]) -> Plan:
    """Return the plan that is on the page."""
    return Plan(
        points=tuple(
            PlanPoint(
                key=row.item.key,
                minutes=row.minutes,
                state=row.state,
                words=row.item.words,
                title=None if row.item.words else row.item.title,
            )
            for row in planned
        )
    )


def carried_of(plan: Plan | None) -> tuple[Carried, ...]:
    """Return what a session left for the next one."""
    return tuple(
        Carried(key=p.key, minutes=p.minutes, words=p.words, title=p.title)
        for p in map(_renamed, plan.points if plan else ())
        if p.state == "carried"
    )


def as_content(plan: Plan) -> dict[str, Any]:
    """Return what is kept of a plan."""
    return {
        "points": [
            {
                "key": point.key,
                "minutes": point.minutes,
                "state": point.state,
                "words": point.words,
                "title": point.title.template if point.title else "",
                "named": {name: str(v) for name, v in point.title.pairs}
                if point.title
                else {},
            }
            for point in plan.points
        ]
    }


def plan_of(content: Mapping[str, Any]) -> Plan:
    """Return the plan that was kept."""
    return Plan(
        points=tuple(
            PlanPoint(
                key=row["key"],
                minutes=row["minutes"],
                state=cast("PointState", row["state"]),
                words=row["words"],
                title=_title(row["title"], row["named"]) if row["title"] else None,
            )
            for row in content["points"]
        )
    )


def _title(template: str, named: Mapping[str, str]) -> Sentence:
    return sentence(template, **{name: Sentence(v) for name, v in named.items()})


def _renamed(point: PlanPoint) -> PlanPoint:
    """Return a point of a plan that was kept while tasks had their bare keys."""
    key = point.key
    if key in _ALWAYS or ":" in key or point.is_own:
        return point
    return replace(point, key=f"{TASK}{key}")


def _own(point: PlanPoint) -> AgendaItem | None:
    """Return an own point, or one left for next time whose occasion has gone."""
    if not point.is_own and point.state != "carried":
        return None
    return AgendaItem(
        key=point.key,
        title=point.title or sentence("Your own point"),
        words=point.words,
        why=sentence("You put it on the agenda."),
        minutes=point.minutes,
        kind="own",
    )


def _after(rows: Sequence[Planned], before: Sequence[str]) -> int:
    """Return the place behind the last of the points that come before."""
    places = [n for n, row in enumerate(rows) if row.item.key in before]
    return places[-1] + 1 if places else 0
