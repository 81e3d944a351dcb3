"""The trace of a change about a session, and word of it to open pages."""

from datetime import datetime

from openipt import audit
from openipt.encounters.models import Encounter
from openipt.people import operations as people
from openipt.people.models import Member


def say(
    encounter: Encounter,
    action: str,
    *,
    by: Member,
    at: datetime,
    quietly: bool = False,
) -> None:
    """Leave the trace of a change, and tell the open pages of whom it concerns.

    `quietly` tells nobody but who did it.
    """
    audit.record(
        action=action,
        resource="encounter",
        object_id=encounter.pk,
        subjects=[encounter.person_id],
        service_id=encounter.service_id,
        by=by,
        at=at,
    )
    people.touch({by.pk} if quietly else {by.pk, encounter.course.therapist_id})
