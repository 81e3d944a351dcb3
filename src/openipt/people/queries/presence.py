"""What keeps pages alive: drafts and change counts."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from openipt.people.models import ChangeCount, Draft, MailPointer, Member
from openipt.sql.prepared import Prepared

DRAFTS_KEPT_FOR = timedelta(days=30)


NEVER_GIVEN_BACK = frozenset({"csrfmiddlewaretoken", "draft_key", "submission_id"})
"""What belongs to one form on one screen: two forms of one draft are sent as two.

The version that was read is given back: with it, a draft that is older than what is kept
now is seen to be so.
"""


def draft_of(member: Member, key: str) -> dict[str, Any] | None:
    """Return the fields that this member had typed into the form, or None."""
    found: list[Draft] = _DRAFT.instances(member=member.pk, key=key)
    if not found:
        return None
    return {
        name: value
        for name, value in found[0].content.items()
        if name not in NEVER_GIVEN_BACK
    }


_DRAFT = Prepared(
    lambda member, key: Draft.objects.filter(member_id=member, key=key).order_by("pk"),
    member=UUID,
    key=str,
)


def submission_of_draft(member: Member, key: str) -> str:
    """Return under which id the form was to be sent whose draft was kept; "" for none."""
    draft = Draft.objects.filter(member=member, key=key).first()
    return str(draft.content.get("submission_id", "")) if draft else ""


_CHANGES = Prepared(
    lambda member: ChangeCount.objects.filter(pk=member).values_list("n"), member=UUID
)


def change_count(member: Member) -> int:
    """Return how often something on this member's pages changed: one indexed read."""
    found = _CHANGES.rows(member=member.pk)
    return found[0][0] if found else 0


def pointer_to_send(pointer_id: UUID) -> tuple[str, list[str]] | None:
    """Return where a pointer's mail goes and the service's languages.

    None if it has left already, or if its member may no longer sign in.
    """
    return (
        MailPointer.objects.filter(
            pk=pointer_id,
            sent_at__isnull=True,
            member__state=Member.State.ACTIVE,
            member__account__isnull=False,
        )
        .values_list("member__account__email", "service__languages")
        .first()
    )


def old_drafts_wait(at: datetime) -> bool:
    """Return True if there is a draft that was not touched for 30 days."""
    return Draft.objects.filter(updated_at__lt=at - DRAFTS_KEPT_FOR).exists()
