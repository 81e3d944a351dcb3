"""The trace of a change, and word of it to open pages."""

from datetime import datetime
from uuid import UUID

from openipt import audit
from openipt.people import operations as people
from openipt.people.models import Member, Person


def say(
    person: Person,
    action: str,
    *,
    by: Member,
    at: datetime,
    reading: str,
    others: set[UUID],
) -> None:
    """Leave the trace of a change, and tell the open pages of whom it concerns."""
    audit.record(
        action=action,
        resource="reading",
        object_id=person.pk,
        subjects=[person.pk],
        service_id=person.service_id,
        reason=reading,
        by=by,
        at=at,
    )
    people.touch({by.pk, person.member_id, *others})
