"""The order of a session.

Safety, what kept them away, how the person has been, what was tried, what they shared,
what was left over, what the phase asks for with the focus among it (behind the link
between mood and events), the ending in time, and the agreement for the week. Source of
the order: IPT-UK, stages of IPT; the minutes are a proposal of this product.
"""

from collections.abc import Iterable
from dataclasses import replace

from openipt.core.protocols import Phase, PhaseTask, Variant
from openipt.core.sentences import Sentence, sentence

from . import opening, work
from .minutes import share_minutes
from .model import TASK, AgendaItem, Situation
from .tasks import tasks_now

_EARLY_SIGNS = "early_signs"
_FOCUS_TASK = "work_on_focus"
MOOD_LINK = "link_mood_and_event"
"""The task that the links noted in a session do."""
_LINK_TASKS = (MOOD_LINK, "group_link_week")
"""What links mood to what happened; the focus comes after it."""


def agenda(
    variant: Variant, phase: Phase, situation: Situation
) -> tuple[AgendaItem, ...]:
    """Return the points of a session in their order; the minutes add up to the session's.

    Points have weights that are scaled to the time there is, each at least one minute as
    long as there are as many minutes as points. Only what was read in its source appears.
    """
    tasks = tasks_now(variant, phase, situation)
    first = [task for task in tasks if _comes_first(variant, task)]
    rest = [task for task in tasks if task not in first]
    wanted = _with_carried(
        situation,
        before=[
            *opening.risk(situation),
            *opening.missed(situation),
            *(_phase_item(variant, task) for task in first),
            *opening.measures(situation),
            *opening.tried(situation),
            *opening.shared(situation),
        ],
        after=[
            *_with_focus(variant, rest, work.focus(variant, phase, situation)),
            *work.ending(variant, phase, situation),
            work.closing(situation),
        ],
    )
    minutes = share_minutes([item.minutes for item in wanted], situation.minutes)
    return tuple(
        replace(item, minutes=given)
        for item, given in zip(wanted, minutes, strict=True)
    )


def _comes_first(variant: Variant, task: PhaseTask) -> bool:
    """In maintenance early signs are looked for before anything else."""
    return variant.stage == "maintenance" and task.key == _EARLY_SIGNS


def _with_focus(
    variant: Variant, tasks: list[PhaseTask], focus: list[AgendaItem]
) -> list[AgendaItem]:
    """Return the points of the phase with those of the focus in their place.

    They stand where the phase works on the focus, else behind the link between mood and
    events, else first.
    """
    keys = [task.key for task in tasks]
    places = [keys.index(key) + 1 for key in _LINK_TASKS if key in keys]
    place = places[0] if places else 0
    if focus and _FOCUS_TASK in keys:
        place = keys.index(_FOCUS_TASK)
        tasks = [task for task in tasks if task.key != _FOCUS_TASK]
    items = [_phase_item(variant, task) for task in tasks]
    return [*items[:place], *focus, *items[place:]]


def _phase_item(variant: Variant, task: PhaseTask) -> AgendaItem:
    return AgendaItem(
        key=f"{TASK}{task.key}",
        title=Sentence(task.title),
        why=Sentence(task.why),
        minutes=task.minutes,
        kind="phase",
        source=variant.source(task.source).title,
        task=task.key,
        opens=task.opens or ("focus" if task.key == _FOCUS_TASK else ""),
    )


def _with_carried(
    situation: Situation, *, before: list[AgendaItem], after: list[AgendaItem]
) -> list[AgendaItem]:
    """Return all points; what was left over is marked, or stands between the two."""
    left = {point.key: point for point in situation.carried}
    there = {item.key for item in (*before, *after)}
    extra = [
        AgendaItem(
            key=point.key,
            title=point.title or sentence("Your own point"),
            words=point.words,
            why=sentence("You left it for this session."),
            minutes=max(point.minutes, 1),
            kind="carried",
            is_carried=True,
        )
        for key, point in left.items()
        if key not in there
    ]
    return [*_marked(before, left), *extra, *_marked(after, left)]


def _marked(items: list[AgendaItem], left: Iterable[str]) -> list[AgendaItem]:
    return [replace(item, is_carried=item.key in left) for item in items]
