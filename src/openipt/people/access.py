"""Each question about people, answered with the reason or an empty string for yes."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from openipt.web.door import STAFF

from .models import Agreement, CareRelationship, Member, Person, Supervision

CLINICAL = frozenset({"therapist", "supervisor"})
"""The roles that may read a record and act on an alert."""


def refusal_to_administer(member: Member, service_id: UUID) -> str:
    """May this member change members, dates and settings of that service?"""
    if member.service_id != service_id or not _is_active(member, {"admin"}):
        return _("Only an administrator of this service can do that.")
    return ""


def refusal_to_add_person(member: Member, service_id: UUID) -> str:
    """May this member take a new person into the service?"""
    if member.service_id != service_id or not _is_active(
        member, {"therapist", "admin"}
    ):
        return _("Only a therapist or an administrator can add a person.")
    return ""


def refusal_to_give_care(member: Member, service_id: UUID) -> str:
    """May a record of that service be opened for this member?"""
    if member.service_id != service_id or not _is_active(member, {"therapist"}):
        return _("Care can only be given to an active therapist of this service.")
    return ""


def refusal_to_change_care(member: Member, care: CareRelationship) -> str:
    """May this member end, pause, resume or hand over that care?"""
    if care.member_id == member.id and _is_active(member, {"therapist"}):
        return ""
    return refusal_to_administer(member, care.service_id)


def refusal_to_invite_person(member: Member, person: Person) -> str:
    """May this member hand the person a code that opens an account?

    Whether the member is in charge of the person is asked before, by the query that
    returned the person.
    """
    if person.service_id != member.service_id or not _is_active(
        member, {"therapist", "admin"}
    ):
        return _("Only a therapist or an administrator can invite a person.")
    if person.member is not None and person.member.account_id is not None:
        return _("This person has an account already. A code never opens one again.")
    return ""


def refusal_to_keep(member: Member) -> str:
    """May something new that this member writes be kept?

    A person who has not read a newer notice yet may go on; one who has taken the agreement
    back may not, whatever page still stands open somewhere.
    """
    if not member.is_person:
        return ""
    ends = Agreement.objects.filter(member=member).values_list(
        "withdrawn_at", flat=True
    )
    if ends and None not in ends:
        return _("You have taken your agreement back, so nothing new is kept.")
    return ""


def refusal_of_roles(member: Member | None, roles: Collection[str]) -> str:
    """Do these roles go together, and with what the member does now? None: somebody new."""
    if not roles or not set(roles) <= STAFF:
        return _("Choose at least one role.")
    if member is None:
        return ""
    if member.is_person:
        return _("A person in therapy cannot be given a role of the staff.")
    return _refusal_to_give_up(member, roles)


def refusal_to_stand_in(member: Member | None, deputy: Member) -> str:
    """May that member stand in as deputy for this one? None: for somebody new."""
    if member is not None and deputy.id == member.id:
        return _("Nobody can be their own deputy.")
    if member is not None and deputy.service_id != member.service_id:
        return _("A deputy belongs to the same service.")
    if not _is_active(deputy, CLINICAL):
        return _("A deputy is an active therapist or supervisor.")
    return ""


def refusal_to_supervise(supervisor: Member, therapist: Member) -> str:
    """May the one supervise the other?"""
    if supervisor.id == therapist.id:
        return _("Nobody can supervise themselves.")
    if supervisor.service_id != therapist.service_id:
        return _("Supervision stays within one service.")
    if not _is_active(supervisor, {"supervisor"}):
        return _("Choose somebody who has the role of a supervisor.")
    if "therapist" not in therapist.role_set or (
        therapist.state == Member.State.SUSPENDED
    ):
        return _("Choose a therapist who is supervised.")
    return ""


def refusal_to_suspend(member: Member, by: Member) -> str:
    """May this membership be suspended by that administrator?"""
    if member.id == by.id:
        return _("You cannot suspend yourself. Ask another administrator.")
    if member.state == Member.State.INVITED:
        return _("This member has not joined yet. Take the code back instead.")
    return ""


def is_last_admin(member: Member) -> bool:
    """Return True if the service would have no administrator without this member."""
    active = Member.objects.filter(
        service_id=member.service_id, state=Member.State.ACTIVE
    ).exclude(pk=member.pk)
    return not any("admin" in roles for roles in active.values_list("roles", flat=True))


def _is_active(member: Member, roles: Collection[str]) -> bool:
    return member.state == Member.State.ACTIVE and bool(member.role_set & set(roles))


def _refusal_to_give_up(member: Member, kept: Collection[str]) -> str:
    if "therapist" not in kept and _cares_for_somebody(member):
        return _(
            "This therapist still has people in care. Hand them over before you take "
            "the role away."
        )
    if "supervisor" not in kept and _supervises_somebody(member):
        return _(
            "This supervisor still supervises somebody. End that before you take the "
            "role away."
        )
    return ""


def _cares_for_somebody(member: Member) -> bool:
    ended = CareRelationship.State.ENDED
    return CareRelationship.objects.filter(member=member).exclude(state=ended).exists()


def _supervises_somebody(member: Member) -> bool:
    return Supervision.objects.filter(supervisor=member, ends_at__isnull=True).exists()
