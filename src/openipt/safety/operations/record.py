"""One step in the life of an alert: its row, its trace, and whose pages it changes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from openipt import audit
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.people.models import CareRelationship, Member
from openipt.safety.models import Alert, AlertEvent

TOLD = "told"
NOBODY = "nobody"
ANSWERED_AGAIN = "answered_again"


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskSource:
    """What was answered: the kind of trigger, and the words as the person saw them."""

    kind: str
    measure: str = ""
    item: int | None = None
    answering_id: UUID | None = None
    answer: str = ""


def write_event(  # noqa: PLR0913 -- a step has this many sides; all by keyword
    *,
    alert: Alert,
    state: str,
    by: Member | None,
    at: datetime,
    note: str = "",
    step: str = "",
    to: Member | None = None,
) -> None:
    """Write a step and its trace, in the transaction that makes it."""
    AlertEvent.objects.create(
        service_id=alert.service_id,
        person_id=alert.person_id,
        alert=alert,
        state=state,
        step=step,
        to=to,
        by=by,
        note=note or None,
        at=at,
    )
    audit.record(
        action=f"safety.alert.{state}",
        resource="alert",
        object_id=alert.pk,
        subjects=[alert.person_id],
        service_id=alert.service_id,
        by=by,
        at=at,
    )


def touch_all(*, alert: Alert, at: datetime) -> None:
    """Raise the change counter of everybody on whose pages the alert stands."""
    told = alert.recipients.values_list("member_id", flat=True)
    team = CareRelationship.objects.filter(
        people_queries.active_on(at), person_id=alert.person_id
    ).values_list("member_id", flat=True)
    everybody = {*told, *team, alert.owner_id}
    if alert.person.member_id is not None:
        everybody.add(alert.person.member_id)
    people.touch(everybody)
