"""Recovery mode: from a record brought back from a copy until somebody has looked."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Stale
from openipt.people.models import Member, Service


def begin_recovery(
    *, copied_at: datetime, lost_events: int | None, lost_until: datetime | None
) -> None:
    """Put every service of the installation into recovery mode."""
    Service.objects.update(
        brought_back_to=copied_at, lost_events=lost_events, lost_until=lost_until
    )


@transaction.atomic
def end_recovery(*, by: Member, at: datetime) -> None:
    """End it for the service of this member: somebody has looked at what is missing.

    :raises Stale: if somebody has ended it already
    """
    mine = Service.objects.filter(pk=by.service_id).exclude(brought_back_to=None)
    if not mine.update(brought_back_to=None, lost_events=None, lost_until=None):
        raise Stale(_("Somebody has ended recovery mode already."))
    audit.record(
        action="service.recovery.ended",
        resource="service",
        object_id=by.service_id,
        at=at,
        by=by,
    )
