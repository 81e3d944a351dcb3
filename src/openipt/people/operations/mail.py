"""A neutral mail that says only that there is something to read after signing in."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openipt import outbox
from openipt.people.models import MailPointer, Member

DELIVER = "openipt.people.jobs.deliver_pointer"
"""Jobs stand above operations: they are named here, not imported."""


@transaction.atomic
def send_pointer(
    *, member: Member, kind: str, dedupe_key: str, at: datetime
) -> MailPointer | None:
    """Let a mail say to a member that there is something to read.

    `kind` is a code for what it is about and never leaves this house; `dedupe_key` names
    the occasion, so that asking twice sends one mail. Somebody without an account, or
    suspended, gets none.
    """
    if member.account_id is None or member.state != Member.State.ACTIVE:
        return None
    MailPointer.objects.bulk_create(
        [
            MailPointer(
                service_id=member.service_id,
                member=member,
                kind=kind,
                dedupe_key=dedupe_key,
                created_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    pointer = MailPointer.objects.get(dedupe_key=dedupe_key)
    outbox.enqueue(
        DELIVER,
        due_at=at,
        dedupe_key=f"pointer:{pointer.pk}",
        service_id=member.service_id,
        pointer_id=pointer.pk,
    )
    return pointer


def mark_sent(*, pointer_id: UUID, at: datetime) -> None:
    """Note when the mail left; the first time counts."""
    MailPointer.objects.filter(pk=pointer_id, sent_at__isnull=True).update(sent_at=at)
