"""Ending the time after a loss, and noting what was tried."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Stale

from .models import Happening, Recovery


@transaction.atomic
def end_recovery(*, recovery_id: UUID, by: audit.MemberLike, at: datetime) -> None:
    """End the recovery of a member's service: somebody has looked at what is missing.

    :raises Stale: if it has ended already
    """
    open_ones = Recovery.objects.filter(
        pk=recovery_id, service_id=by.service_id, ended_at=None
    )
    if not open_ones.update(ended_at=at, ended_by=by.id):
        raise Stale(_("Somebody has ended it already."))
    audit.record(
        action="keeping.recovery.ended",
        resource="record",
        object_id=recovery_id,
        at=at,
        by=by,
    )


@transaction.atomic
def note(
    *,
    kind: str,
    went_well: bool,
    at: datetime,
    seconds: int = 0,
    copied_at: datetime | None = None,
) -> None:
    """Note that a copy, drill or upgrade ended, and how."""
    Happening(
        kind=kind, at=at, went_well=went_well, seconds=seconds, copied_at=copied_at
    ).save(force_insert=True)
    outcome = "passed" if went_well else "failed"
    audit.record(action=f"keeping.{kind}.{outcome}", resource="record", at=at, by=None)
