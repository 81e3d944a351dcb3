"""The one thing to read that a person's day shows: suggested first, else what fits best."""

from dataclasses import dataclass
from typing import Any

from openipt.core.protocols import Phase, find_variant
from openipt.core.readings import Reading, Whereabouts, load_readings
from openipt.learning import queries as learning
from openipt.people.models import Member
from openipt.vault import open_value


@dataclass(frozen=True, kw_only=True, slots=True)
class ToRead:
    """A reading; `by` is who suggested it, else `because` says why it is offered."""

    reading: Reading
    by: str = ""
    because: str = ""


def to_read(person: Any, course: Any, phase: Phase | None) -> ToRead | None:
    """Return what to read now, None where all that fits was read; no query.

    `person` and `course` come with the columns of `learning.queries`, the key of who
    suggested something is at hand.
    """
    suggested = load_readings().get(person.suggested_reading or "")
    if suggested is not None:
        whom = person.suggested_by
        name = open_value(
            Member, "name", whom, whom, person.service_id, person.suggested_name
        )
        return ToRead(reading=suggested, by=name)
    if course is None or phase is None:
        return None
    where = Whereabouts(
        variant=find_variant(course.variant_id, course.variant_version),
        phase=phase,
        areas=learning.split(course.focus_areas),
    )
    offers = learning.offers_of(where, learning.split(person.read_ids))
    unread = next((offer for offer in offers if not offer.is_read), None)
    return ToRead(reading=unread.reading, because=unread.because) if unread else None
