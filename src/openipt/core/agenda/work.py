"""What a session works on: the focus, the ending in time, the agreement for the week."""

from collections.abc import Collection

from openipt.core.protocols import Phase, ProblemArea, Variant, is_between
from openipt.core.protocols.rules import check_ending_raised
from openipt.core.sentences import Sentence, sentence

from .model import AgendaItem, FocusWork, Situation
from .opening import SHORTEST

FOCUS = "focus:"
"""With what the key of a point begins that works on a focus; the area follows."""
_FOCUS_MINUTES = 15
_SPEAKS_OF_THE_END = "speak_of_the_end"
_STAGE = "stage"
_POINTS_TO = {"dispute": "role_dispute", "grieved": "grief"}
"""How it stands with somebody in the circle, and the area that makes one think of."""


def candidates_of(
    variant: Variant, standings: Collection[str]
) -> tuple[ProblemArea, ...]:
    """Return the areas of a variant that the circle of somebody points to."""
    wanted = {area for standing, area in _POINTS_TO.items() if standing in standings}
    return tuple(area for area in variant.shown_areas if area.key in wanted)


def focus(variant: Variant, phase: Phase, situation: Situation) -> list[AgendaItem]:
    """Return a point for each focus, or for what may become one in the first phase."""
    if phase == variant.phases[0]:
        if situation.foci:
            return []
        return [_candidate(variant, area) for area in situation.candidates]
    if not is_between(variant, phase):
        return []
    return [_focus(variant, one) for one in situation.foci]


def _candidate(variant: Variant, area: ProblemArea) -> AgendaItem:
    return AgendaItem(
        key=f"candidate:{area.key}",
        title=sentence("Find out whether this is the focus: {area}", area=_name(area)),
        why=sentence("The circle points to it, and no focus has been chosen yet."),
        minutes=10,
        kind="focus",
        source=variant.source(area.source).title,
        points=tuple(Sentence(question.text) for question in area.shown_questions),
        opens="focus",
    )


def _focus(variant: Variant, work: FocusWork) -> AgendaItem:
    area = work.area
    stage = next((one for one in area.shown_stages if one.key == work.stage), None)
    steps = [*area.shown_goals, *area.shown_strategies]
    if stage is not None:
        steps = [step for step in steps if step.key != _STAGE]
    return AgendaItem(
        key=f"{FOCUS}{area.key}",
        title=sentence("Work on the focus: {area}", area=_name(area)),
        why=Sentence(stage.text)
        if stage
        else sentence(
            "Each session between the beginning and the end comes back to it."
        ),
        minutes=_FOCUS_MINUTES,
        kind="focus",
        source=variant.source(steps[0].source if steps else area.source).title,
        points=tuple(Sentence(step.text) for step in steps),
        notes=(work.about,) if work.about else (),
        details=work.details,
        opens="focus",
    )


def ending(variant: Variant, phase: Phase, situation: Situation) -> list[AgendaItem]:
    """Return the point that raises the ending in time, unless the phase does it anyway."""
    tasks = phase.tasks_in(situation.session_number)
    if any(task.key == _SPEAKS_OF_THE_END for task in tasks):
        return []
    found = check_ending_raised(
        variant,
        session=situation.session_number,
        sessions=situation.total_sessions,
        raised=situation.ending_raised,
    )
    if found is None:
        return []
    return [
        AgendaItem(
            key="ending",
            title=sentence("Speak about the ending"),
            why=found.sentence,
            minutes=10,
            kind="ending",
            source=found.source,
        )
    ]


def closing(situation: Situation) -> AgendaItem:
    """Return the last point: where the two are, and what is tried until they meet again.

    In the last session of the contract nothing is left to meet for: it is a goodbye.
    """
    is_last = situation.session_number >= situation.total_sessions
    return AgendaItem(
        key="closing",
        title=sentence("Say what each of you takes along, and say goodbye")
        if is_last
        else sentence("Agree what to try until you meet again"),
        why=sentence(
            "Say where you are: session {number} of {total}.",
            number=situation.session_number,
            total=situation.total_sessions,
        ),
        minutes=SHORTEST,
        kind="closing",
    )


def _name(area: ProblemArea) -> Sentence:
    return Sentence(area.name)
