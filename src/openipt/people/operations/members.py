"""Members of a service: invited, given roles and a deputy, suspended, reinstated."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, Refused, Stale
from openipt.core.ids import new_id
from openipt.people import access
from openipt.people.models import Account, Member, MemberChange, Service
from openipt.web.sent_again import check_same

from .joining import issue_code, note_change
from .pulse import touch

What = MemberChange.What


class NewMember(TypedDict):
    """Whom an administrator invites. `email` empty: the code works for any address.

    `submission_id` names the form that was sent, so that sending it twice invites once.
    """

    name: str
    roles: Iterable[str]
    deputy: Member | None
    email: str
    submission_id: UUID | None


class MemberDetails(TypedDict, total=False):
    """What an administrator may change about a member."""

    name: str
    roles: Iterable[str]
    deputy: Member | None


@transaction.atomic
def invite_member(
    *, by: Member, at: datetime, **whom: Unpack[NewMember]
) -> tuple[Member, str]:
    """Invite somebody to the staff; return them and the code, which is kept nowhere.

    :raises Refused: if `by` may not, the deputy cannot be one, or this was sent before
    :raises Invalid: without a name or a role
    :raises SentBefore: if the form was sent before for somebody else
    """
    if refused := access.refusal_to_administer(by, by.service_id):
        raise Refused(refused)
    roles = _checked_roles(None, whom["roles"])
    name = _checked_name(whom["name"])
    _check_deputy(None, whom["deputy"], by)
    submission_id = whom["submission_id"] or new_id()
    Service.objects.select_for_update().get(pk=by.service_id)
    if already := Member.objects.filter(pk=submission_id).first():
        check_same((already.name, set(already.roles)), (name, set(roles)))
        raise Refused(_("This invitation was made already; its code was shown once."))
    member = Member(
        id=submission_id,
        service_id=by.service_id,
        state=Member.State.INVITED,
        roles=roles,
        name=name,
        deputy=whom["deputy"],
        created_at=at,
    )
    member.save(force_insert=True)
    note_change(member, What.INVITED, by=by, at=at)
    _record(member, "invited", by=by, at=at)
    return member, issue_code(member=member, by=by, at=at, address=whom["email"])


@transaction.atomic
def invite_again(*, member: Member, by: Member, at: datetime, email: str = "") -> str:
    """Return a new code for a member of the staff who has not joined yet.

    :raises Refused: if `by` may not, or the member has joined
    """
    held = _held(member, by)
    if held.state != Member.State.INVITED:
        raise Refused(_("This member has joined already. A code never opens it again."))
    if held.is_person:
        raise Refused(_("A person is invited by their therapist, from the record."))
    return issue_code(member=held, by=by, at=at, address=email)


@transaction.atomic
def change_member(
    *,
    member: Member,
    version: int,
    by: Member,
    at: datetime,
    **details: Unpack[MemberDetails],
) -> Member:
    """Change a member's name, roles or deputy; what is not named stays.

    :raises Refused: if `by` may not, or what the member does forbids it
    :raises Invalid: without a name or a role
    :raises Stale: if somebody changed the member since `version`
    """
    held = _held(member, by)
    if held.version != version:
        raise Stale(_("Somebody changed this member while you were looking at it."))
    changed = _apply(held, details, by)
    if not changed:
        return held
    held.version += 1
    held.save(update_fields=[*changed, "version"])
    if "roles" in changed:
        note_change(held, What.ROLES, by=by, at=at)
    _record(held, "changed", by=by, at=at, fields=changed)
    return held


@transaction.atomic
def set_roles(
    *, member: Member, roles: Iterable[str], by: Member, at: datetime
) -> Member:
    """Give a member these roles and no others; see `change_member`."""
    version = Member.objects.values_list("version", flat=True).get(pk=member.pk)
    return change_member(member=member, version=version, by=by, at=at, roles=roles)


@transaction.atomic
def set_deputy(
    *, member: Member, deputy: Member | None, by: Member, at: datetime
) -> Member:
    """Name who stands in for a member; see `change_member`."""
    version = Member.objects.values_list("version", flat=True).get(pk=member.pk)
    return change_member(member=member, version=version, by=by, at=at, deputy=deputy)


@transaction.atomic
def suspend(*, member: Member, reason: str, by: Member, at: datetime) -> None:
    """Close the service to a member from the next click on; twice is once.

    :raises Refused: if `by` may not, it is `by`, or nobody could administer any more
    :raises Invalid: without a reason
    """
    held = _held(member, by)
    if held.state == Member.State.SUSPENDED:
        return
    if refused := access.refusal_to_suspend(held, by):
        raise Refused(refused)
    if "admin" in held.roles and access.is_last_admin(held):
        raise Refused(_last_admin())
    _set_state(held, Member.State.SUSPENDED, _checked_reason(reason), by=by, at=at)


@transaction.atomic
def reinstate(*, member: Member, reason: str, by: Member, at: datetime) -> None:
    """Open the service again to a member who was suspended; twice is once.

    :raises Refused: if `by` may not
    :raises Invalid: without a reason
    """
    held = _held(member, by)
    if held.state == Member.State.SUSPENDED:
        _set_state(held, Member.State.ACTIVE, _checked_reason(reason), by=by, at=at)


@transaction.atomic
def end_sessions(*, member: Member, by: Member, at: datetime) -> None:
    """Sign the member's account out everywhere; a member may do it for themselves.

    :raises Refused: if `by` is somebody else and may not administer
    """
    if by.id != member.id and (
        refused := access.refusal_to_administer(by, member.service_id)
    ):
        raise Refused(refused)
    if member.account_id is None:
        return
    Account.objects.filter(pk=member.account_id).update(
        session_epoch=F("session_epoch") + 1
    )
    _record(member, "signed_out_everywhere", by=by, at=at)


def _held(member: Member, by: Member) -> Member:
    """Return the member as it is now; the service's row keeps others waiting.

    Two administrators who suspend each other at the same instant must not both succeed.
    """
    if refused := access.refusal_to_administer(by, member.service_id):
        raise Refused(refused)
    Service.objects.select_for_update().get(pk=member.service_id)
    acting = Member.objects.get(pk=by.pk)
    if refused := access.refusal_to_administer(acting, member.service_id):
        raise Refused(refused)
    return Member.objects.get(pk=member.pk)


def _apply(held: Member, details: MemberDetails, by: Member) -> list[str]:
    """Set what is new on the member and return the names of those fields."""
    changed: list[str] = []
    if "name" in details and (name := _checked_name(details["name"])) != held.name:
        held.name = name
        changed.append("name")
    if "roles" in details:
        roles = _checked_roles(held, details["roles"])
        if set(roles) != held.role_set:
            if "admin" in held.roles and "admin" not in roles:
                _check_admin_stays(held, by)
            held.roles = roles
            changed.append("roles")
    if "deputy" in details and details["deputy"] != held.deputy:
        _check_deputy(held, details["deputy"], by)
        held.deputy = details["deputy"]
        changed.append("deputy")
    return changed


def _check_admin_stays(held: Member, by: Member) -> None:
    if held.state == Member.State.ACTIVE and access.is_last_admin(held):
        raise Refused(_last_admin())
    if held.id == by.id:
        raise Refused(_("Another administrator takes this role from you, not you."))


def _set_state(
    held: Member, state: Member.State, reason: str, *, by: Member, at: datetime
) -> None:
    held.state = state
    held.save(update_fields=["state"])
    what = What.SUSPENDED if state == Member.State.SUSPENDED else What.REINSTATED
    note_change(held, what, by=by, at=at, reason=reason)
    _record(held, what.value, by=by, at=at)


def _check_deputy(member: Member | None, deputy: Member | None, by: Member) -> None:
    if deputy is None:
        return
    if deputy.service_id != by.service_id:
        raise Refused(_("A deputy belongs to the same service."))
    if refused := access.refusal_to_stand_in(member, deputy):
        raise Refused(refused)


def _checked_roles(member: Member | None, roles: Iterable[str]) -> list[str]:
    chosen = sorted(set(roles))
    if refused := access.refusal_of_roles(member, chosen):
        raise (Refused if member else Invalid)(refused)
    return chosen


def _checked_name(name: str) -> str:
    if not name.strip():
        raise Invalid(_("Write a name."))
    return name.strip()


def _checked_reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Write the reason: somebody may ask later."))
    return reason.strip()


def _last_admin() -> str:
    return _("A service needs an administrator. Make somebody else one first.")


def _record(
    member: Member,
    step: str,
    *,
    by: Member,
    at: datetime,
    fields: Iterable[str] = (),
) -> None:
    touch([member.id])
    audit.record(
        action=f"people.member.{step}",
        resource="member",
        object_id=member.id,
        fields=fields,
        by=by,
        at=at,
    )
