"""The first draft of the paragraph to the person, from what was entered."""

from collections.abc import Sequence

from openipt.core.formulation import Known, draft
from openipt.core.measures import load_measures
from openipt.courses.models import Contract, Diagnosis, Focus
from openipt.inventory import queries as inventory
from openipt.web import dates
from openipt.web.sentences import said

from .goals import goals_of

DAYS_OF_A_WEEK = 7


def drafted(
    contract: Contract, diagnosis: Diagnosis | None, foci: Sequence[Focus]
) -> str:
    """Return a paragraph from what was entered, in the reader's language.

    When it began, what happened in the year before and who supports the person is said
    where they look at their timeline and their people with the care team.
    """
    person = contract.course.person
    measure = load_measures().get(diagnosis.measure) if diagnosis else None
    support = inventory.shared_support_of(person)
    known = Known(
        illness=diagnosis.named if diagnosis else "",
        measure=measure.short_name if measure else "",
        total=diagnosis.total if diagnosis else None,
        scored_on=dates.short_day(diagnosis.scored_on)
        if diagnosis and diagnosis.scored_on
        else "",
        treatable=bool(diagnosis and diagnosis.treatable and diagnosis.no_fault),
        words=(diagnosis.own_words or "") if diagnosis else "",
        onset=inventory.shared_onset_of(person),
        before=[
            (one.event.title, one.when) for one in inventory.shared_before_onset(person)
        ],
        areas=[(focus.area, focus.about or "") for focus in foci],
        details={focus.area: dict(focus.details or {}) for focus in foci},
        supports=[(tie.label, tie.good) for tie in support],
        goals=[goal.title for goal in goals_of(contract.course)],
        sessions=contract.sessions,
        weeks=_weeks(contract),
        last_on=dates.day(contract.last_on, year=True),
    )
    return " ".join(said(one) for one in draft(known))


def _weeks(contract: Contract) -> int:
    """Return how many weeks lie between the first session and the last, both counted."""
    return (contract.last_on - contract.first_on).days // DAYS_OF_A_WEEK + 1
