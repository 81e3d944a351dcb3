"""Who is told of an alert: asked anew at each step, so that a change of team counts."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from openipt.core.risk import Recipient
from openipt.people import queries as people
from openipt.people.models import CareRelationship, Member, Person
from openipt.safety.models import Alert

from .hours import today_at

CHAIN: tuple[Recipient, ...] = ("therapist", "deputy", "supervisor", "manager")
"""Whom a step goes on to when there is nobody to tell."""


def is_here(member: Member, at: datetime) -> bool:
    """Return whether the member reads today: active, and not away."""
    on = today_at(member.service, at)
    return member.state == Member.State.ACTIVE and people.absence_of(member, on) is None


def therapists_of(person: Person, at: datetime) -> list[Member]:
    """Return who treats the person now, the longest first, the suspended included.

    Whoever has care in another role comes after the therapists: somebody is better than
    nobody.
    """
    team = CareRelationship.objects.filter(people.active_on(at), person=person)
    in_order = sorted(
        team.select_related("member__service", "member__deputy"),
        key=lambda care: (care.role != "therapist", care.starts_at, care.pk),
    )
    return _each_once(care.member for care in in_order)


def owner_for(person: Person, at: datetime) -> Member | None:
    """Return who answers for an alert of this person, or None if nobody could.

    The therapist who is here today; else one who is away, else their deputy; else a
    therapist whose care is paused; else a manager or administrator of the service.
    """
    in_charge = therapists_of(person, at)
    pools: tuple[Callable[[], list[Member]], ...] = (
        lambda: [member for member in in_charge if is_here(member, at)],
        lambda: _active(in_charge),
        lambda: _deputies(in_charge, at),
        lambda: _active(_paused(person)),
        lambda: _in_office(person.service_id),
    )
    return next((found[0] for pool in pools if (found := pool())), None)


def told_at_once(
    person: Person, owner: Member, at: datetime
) -> list[tuple[Member, str]]:
    """Return who is told the moment an alert is raised, and as what.

    Every therapist of the person; for one who is away or suspended the deputy as well.
    Where nobody treats the person any more it is the owner alone.
    """
    told: list[tuple[Member, str]] = []
    for member in therapists_of(person, at):
        if member.state == Member.State.ACTIVE:
            told.append((member, "therapist"))
        if not is_here(member, at):
            told.extend((deputy, "deputy") for deputy in _deputies([member], at))
    if owner.state == Member.State.ACTIVE:
        told.append((owner, _office_of(owner)))
    return _first_of_each(told)


def told_at_step(alert: Alert, to: Recipient, at: datetime) -> list[tuple[Member, str]]:
    """Return who is told at a step, and as what; empty if there is nobody."""
    in_charge = _each_once([*therapists_of(alert.person, at), alert.owner])
    if to == "therapist":
        return told_at_once(alert.person, alert.owner, at)
    if to == "deputy":
        found = _deputies(in_charge, at)
    elif to == "supervisor":
        found = _supervisors(in_charge, at)
    else:
        found = _managers(alert.service_id, at)
    return [(member, to) for member in found]


def after(to: Recipient) -> tuple[Recipient, ...]:
    """Return who comes after a recipient in the chain."""
    return CHAIN[CHAIN.index(to) + 1 :]


def _deputies(members: Iterable[Member], at: datetime) -> list[Member]:
    found = (people.deputy_now(each, today_at(each.service, at)) for each in members)
    return _each_once(deputy for deputy in found if deputy is not None)


def _supervisors(members: Iterable[Member], at: datetime) -> list[Member]:
    """Return the supervisors who are here, and the deputies of those who are away."""
    all_of_them = _each_once(
        supervisor
        for member in members
        for supervisor in people.supervisors_of(member, at)
    )
    here = [member for member in all_of_them if is_here(member, at)]
    away = [member for member in all_of_them if member not in here]
    return _each_once([*here, *_deputies(away, at)])


def _managers(service_id: UUID, at: datetime) -> list[Member]:
    """Return the managers who are here; if all are away, all of them: they are the last.

    A service without a manager has an administrator at least, who stands in for one: an
    alert that nobody takes must not come to its end before somebody heard of it.
    """
    last = people.managers_of(service_id) or _in_office(service_id)
    return [member for member in last if is_here(member, at)] or last


def _active(members: Iterable[Member]) -> list[Member]:
    return [member for member in members if member.state == Member.State.ACTIVE]


def _paused(person: Person) -> list[Member]:
    paused = CareRelationship.objects.filter(
        person=person, state=CareRelationship.State.PAUSED
    ).select_related("member__service", "member__deputy")
    return _each_once(care.member for care in paused.order_by("-starts_at", "-pk"))


def _in_office(service_id: UUID) -> list[Member]:
    """Return the managers, then the administrators: they see to it that somebody acts."""
    active = Member.objects.filter(service_id=service_id, state=Member.State.ACTIVE)
    members = list(active.order_by("pk"))
    return [
        member
        for office in ("manager", "admin")
        for member in members
        if office in member.role_set
    ]


def _office_of(owner: Member) -> str:
    known = (role for role in ("therapist", "supervisor") if role in owner.role_set)
    return next(known, "manager")


def _each_once(members: Iterable[Member]) -> list[Member]:
    return list({member.pk: member for member in members}.values())


def _first_of_each(told: Iterable[tuple[Member, str]]) -> list[tuple[Member, str]]:
    """Keep the first role of each member: who is therapist and deputy is therapist."""
    kept: dict[UUID, tuple[Member, str]] = {}
    for member, role in told:
        kept.setdefault(member.pk, (member, role))
    return list(kept.values())
