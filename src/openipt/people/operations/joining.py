"""One-time codes: handed over in person, used once, kept only as a keyed digest."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, Refused
from openipt.people import access
from openipt.people.models import (
    Account,
    Invitation,
    Member,
    MemberChange,
    Person,
)
from openipt.vault import blind_index

from .pulse import touch

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""32 signs, 5 bits each; I, L, O and U are left out, and read as what they look like."""
LENGTH = 16
GROUP = 4
PERSON_HAS = timedelta(days=14)
STAFF_HAS = timedelta(days=3)
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """Return a code of 80 random bits as four groups of four signs."""
    signs = "".join(secrets.choice(ALPHABET) for _n in range(LENGTH))
    return "-".join(signs[n : n + GROUP] for n in range(0, LENGTH, GROUP))


def digest_of(code: str) -> str:
    """Return the keyed digest of a code, however somebody wrote its letters and groups."""
    signs = "".join(c for c in code.upper() if c.isascii() and c.isalnum())
    return blind_index("invitation", signs.translate(_READ_AS))


def issue_code(
    *, member: Member, by: Member | None, at: datetime, address: str = ""
) -> str:
    """Return a new code for somebody invited; codes given before stop working.

    It works for 14 days for a person and 3 days for staff, and with `address` only for
    that sign-in address. Stands inside an operation.
    """
    _open_invitations(member).update(revoked_at=at)
    code = new_code()
    Invitation(
        service_id=member.service_id,
        member=member,
        code_digest=digest_of(code),
        address_digest=_address_digest(address) if address else "",
        created_by=by,
        created_at=at,
        expires_at=at + (PERSON_HAS if member.is_person else STAFF_HAS),
    ).save(force_insert=True)
    audit.record(
        action="people.code.issued",
        resource="member",
        object_id=member.id,
        service_id=member.service_id,
        by=by,
        at=at,
    )
    return code


@transaction.atomic
def invite_person(*, person: Person, by: Member, at: datetime) -> str:
    """Return a one-time code with which the person opens an account.

    A second call gives a new code and ends the first. Whether an emergency number is
    live is asked by the part that knows help numbers, before this.

    :raises Refused: if `by` may not, or the person has an account
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if reason := access.refusal_to_invite_person(by, person):
        raise Refused(reason)
    if person.member is None:
        member = Member(
            service_id=person.service_id,
            state=Member.State.INVITED,
            roles=["person"],
            name=person.name,
            created_at=at,
        )
        member.save(force_insert=True)
        person.member = member
        person.save(update_fields=["member"])
        note_change(member, MemberChange.What.INVITED, by=by, at=at)
    return issue_code(member=person.member, by=by, at=at)


@transaction.atomic
def revoke_invitation(*, member: Member, by: Member, at: datetime) -> None:
    """Take back every open code of a member; without one this does nothing.

    :raises Refused: if `by` may neither invite this person nor administer
    """
    person = Person.objects.filter(member=member).first()
    reason = access.refusal_to_administer(by, member.service_id)
    if reason and person is not None:
        reason = access.refusal_to_invite_person(by, person)
    if reason:
        raise Refused(reason)
    if _open_invitations(member).update(revoked_at=at):
        audit.record(
            action="people.code.revoked",
            resource="member",
            object_id=member.id,
            by=by,
            at=at,
        )


def redeem(*, code: str, email: str, password: str, at: datetime) -> Account:
    """Open an account with a code, and return it.

    The hash is made before the transaction: it is slow on purpose, and the database
    must not wait for it.

    :raises Invalid: if the code is unknown
    :raises Refused: if it is used, taken back or too old, belongs to another address, or
        the address has an account already
    """
    _usable(code, email, at)
    hashed = make_password(password)
    with transaction.atomic():
        invitation = _usable(code, email, at)
        account = Account(email=email.strip().lower(), password=hashed)
        try:
            with transaction.atomic():
                account.save(force_insert=True)
        except IntegrityError:
            raise Refused(_taken()) from None
        _join(invitation, account, at)
    return account


@transaction.atomic
def join_with(*, code: str, account: Account, at: datetime) -> Member:
    """Add the membership a code stands for to an account that is signed in.

    :raises Invalid: as `redeem`
    :raises Refused: as `redeem`, or if the account is in this service already
    """
    invitation = _usable(code, account.email, at)
    if Member.objects.filter(
        account=account, service_id=invitation.service_id
    ).exists():
        raise Refused(
            _(
                "Your account belongs to this service already. Ask an administrator to "
                "change what you may do there."
            )
        )
    return _join(invitation, account, at)


def note_change(
    member: Member,
    what: str,
    *,
    by: Member | None,
    at: datetime,
    reason: str = "",
) -> None:
    """Write a step in the life of a member; stands inside an operation."""
    MemberChange(
        service_id=member.service_id,
        member=member,
        what=what,
        roles=member.roles,
        reason=reason or None,
        by=by,
        at=at,
    ).save(force_insert=True)


def _usable(code: str, email: str, at: datetime) -> Invitation:
    """Return the invitation a code stands for, with its member.

    :raises Invalid: if nobody was given it
    :raises Refused: if it opens nothing any more, with what to do about it
    """
    found = (
        Invitation.objects.filter(code_digest=digest_of(code))
        .select_related("member")
        .first()
    )
    if found is None:
        raise Invalid(_("This code is not known here. Compare it letter by letter."))
    if (
        found.used_at
        or found.member.account_id
        or (found.member.state != Member.State.INVITED)
    ):
        raise Refused(
            _("This code has been used. If it was you, sign in with your password.")
        )
    if found.revoked_at:
        raise Refused(_("A newer code replaces this one, or it was taken back."))
    if found.expires_at <= at:
        raise Refused(_("This code is too old. Ask for a new one."))
    if found.address_digest and found.address_digest != _address_digest(email):
        raise Refused(
            _(
                "This code belongs to another address. Use the one you were invited with."
            )
        )
    return found


def _join(invitation: Invitation, account: Account, at: datetime) -> Member:
    used = Invitation.objects.filter(
        pk=invitation.pk, used_at__isnull=True, revoked_at__isnull=True
    ).update(used_at=at)
    if not used:
        raise Refused(_("This code has been used."))
    member = invitation.member
    member.account, member.state, member.joined_at = (
        account,
        Member.State.ACTIVE,
        at,
    )
    member.save(update_fields=["account", "state", "joined_at"])
    note_change(member, MemberChange.What.JOINED, by=None, at=at)
    touch([member.id, invitation.created_by_id])
    audit.record(
        action="people.member.joined",
        resource="member",
        object_id=member.id,
        subjects=Person.objects.filter(member=member).values_list("pk", flat=True),
        by=member,
        at=at,
    )
    return member


def _open_invitations(member: Member) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        member=member, used_at__isnull=True, revoked_at__isnull=True
    )


def _address_digest(address: str) -> str:
    return blind_index("invited-address", address)


def _taken() -> str:
    return _(
        "This address cannot open a new account. If you have one, sign in first and "
        "enter the code there."
    )
