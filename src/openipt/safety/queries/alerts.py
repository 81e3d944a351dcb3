"""What a member may see of alerts. Every function starts from the member."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from openipt.core.errors import Missing
from openipt.core.risk import WAITING_ALERT_STATES, AlertState, Level
from openipt.people import queries as people
from openipt.people.models import CareRelationship, Member, Person
from openipt.safety import access
from openipt.safety.models import Alert, AlertRecipient
from openipt.sql.prepared import Prepared
from openipt.vault import keys, open_value

CLOCKS_DIFFER_BY = timedelta(minutes=1)
"""Two machines may tell times so far apart; a clock that was set right shows by more."""

UNNOTIFIED_STATES: tuple[AlertState, ...] = ("raised", "shown")


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertLine:
    """One open alert as it stands in a list."""

    id: UUID
    person_id: UUID
    name: str
    level: Level
    state: AlertState
    is_waiting: bool
    raised_at: datetime
    owner: str
    is_mine: bool
    told_as: str
    """As what this member was told; "" for who sees it through care alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """An alert, and how much of it this member may see: "full" or "summary"."""

    alert: Alert
    extent: str

    @property
    def is_full(self) -> bool:
        """Whether the words of the answer and of the notes may be shown."""
        return self.extent == "full"


def open_alerts_for(member: Member, at: datetime) -> list[AlertLine]:
    """Return the open alerts of the member's own persons and those they were told of.

    Those that nobody has taken come first, red before amber, the oldest first.
    """
    rows = _OPEN.rows(member=member.pk, service=member.service_id, at=at)
    alerts = [_Open(*row) for row in rows]
    keys.prefetch({subject for a in alerts for subject in (a.person_id, a.owner_id)})
    lines = [_line(alert, member) for alert in alerts]
    return sorted(
        lines,
        key=lambda line: (not line.is_waiting, line.level != "red", line.raised_at),
    )


class _Open(NamedTuple):
    """The columns of an open alert that a line needs."""

    pk: UUID
    person_id: UUID
    person_name: bytes
    level: str
    state: str
    raised_at: datetime
    owner_id: UUID
    owner_name: bytes
    told_as: str | None


def _open_for(member: UUID, service: UUID, at: datetime) -> QuerySet[Alert, Any]:
    told = AlertRecipient.objects.filter(alert=OuterRef("pk"), member=member)
    somebody = Member(pk=member, service_id=service)
    return (
        Alert.objects.filter(service_id=service, closed_at__isnull=True)
        .annotate(told_as=Subquery(told.values("role")[:1]))
        .filter(
            Q(person_id__in=people.care_of(somebody, at).values("person_id"))
            | Q(told_as__isnull=False)
        )
        .values_list(
            "pk",
            "person_id",
            "person__name",
            "level",
            "state",
            "raised_at",
            "owner_id",
            "owner__name",
            "told_as",
        )
    )


_OPEN = Prepared(_open_for, member=UUID, service=UUID, at=datetime)


def has_open_alert(person_id: UUID) -> bool:
    """Return whether an alert about this person waits for somebody to close it."""
    return Alert.objects.filter(person_id=person_id, closed_at__isnull=True).exists()


def open_alerts_of(person_ids: Iterable[UUID]) -> dict[UUID, Alert]:
    """Return the open alert of each person that has one; for lists already authorised."""
    found = Alert.objects.filter(person_id__in=list(person_ids), closed_at__isnull=True)
    return {alert.person_id: alert for alert in found}


def alert_for(member: Member, alert_id: UUID, at: datetime) -> Reading:
    """Return an alert and how much of it the member may see.

    :raises Missing: also when it exists but is not theirs to see
    """
    alert = (
        Alert.objects.filter(pk=alert_id, service_id=member.service_id)
        .select_related("person", "owner__service", "acknowledged_by")
        .first()
    )
    if alert is None:
        raise Missing
    extent = access.reads_alert(member, alert, at)
    if not extent:
        raise Missing
    return Reading(alert=alert, extent=extent)


def own_alert(member: Member) -> Alert | None:
    """Return the open alert of the person this member is, or None."""
    return (
        Alert.objects.filter(person__member=member, closed_at__isnull=True)
        .select_related("owner", "acknowledged_by", "person__service")
        .first()
    )


def clock_runs(at: datetime) -> bool:
    """Return whether the sweep has anything to look at; one read of an index."""
    return (
        Alert.objects.filter(closed_at__isnull=True)
        .filter(
            Q(tell_at__lte=at) | Q(state__in=WAITING_ALERT_STATES) | _later_than(at)
        )
        .exists()
    )


def ahead_of_the_clock(at: datetime) -> list[UUID]:
    """Return the open alerts whose clock started later than now: it was set back since."""
    found = Alert.objects.filter(_later_than(at), closed_at__isnull=True)
    return list(found.order_by("first_raised_at", "pk").values_list("pk", flat=True))


def _later_than(at: datetime) -> Q:
    late = at + CLOCKS_DIFFER_BY
    return Q(raised_at__gt=late) | Q(acknowledged_at__gt=late)


def overdue(at: datetime) -> list[UUID]:
    """Return the alerts whose clock has somebody to tell by now, the longest first."""
    found = Alert.objects.filter(closed_at__isnull=True, tell_at__lte=at)
    return list(found.order_by("tell_at", "pk").values_list("pk", flat=True))


def not_yet_notified(at: datetime) -> list[UUID]:
    """Return the alerts of which nobody knows yet whether a pointer has gone out."""
    found = Alert.objects.filter(
        closed_at__isnull=True, state__in=UNNOTIFIED_STATES, raised_at__lte=at
    ).order_by("raised_at", "pk")
    return list(found.values_list("pk", flat=True))


def without_their_therapist(at: datetime) -> list[UUID]:
    """Return alerts nobody has taken whose person has a therapist who was not told.

    So it is after a hand-over: who has charge now must hear of it at once.
    """
    told = AlertRecipient.objects.filter(
        alert_id=OuterRef(OuterRef("pk")), member_id=OuterRef("member_id")
    )
    untold = CareRelationship.objects.filter(
        people.active_on(at),
        ~Exists(told),
        person_id=OuterRef("person_id"),
        role="therapist",
        member__state=Member.State.ACTIVE,
    )
    found = Alert.objects.filter(
        Exists(untold), closed_at__isnull=True, state__in=WAITING_ALERT_STATES
    )
    return list(found.order_by("raised_at", "pk").values_list("pk", flat=True))


def may_ask_risk(person_id: UUID, course_therapist: Member, at: datetime) -> str:
    """Return why risk items are closed for this person now, or "" if they are open."""
    return access.refusal_to_ask_risk(course_therapist, person_id, at)


def _line(alert: _Open, member: Member) -> AlertLine:
    person, owner, service = alert.person_id, alert.owner_id, member.service_id
    return AlertLine(
        id=alert.pk,
        person_id=person,
        name=open_value(Person, "name", person, person, service, alert.person_name),
        level=cast("Level", alert.level),
        state=cast("AlertState", alert.state),
        is_waiting=alert.state in WAITING_ALERT_STATES,
        raised_at=alert.raised_at,
        owner=open_value(Member, "name", owner, owner, service, alert.owner_name),
        is_mine=owner == member.pk,
        told_as=alert.told_as or "",
    )
