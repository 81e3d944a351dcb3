"""After the record was brought back from a copy: what people did meanwhile is not in it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.risk import WAITING_ALERT_STATES
from openipt.safety.models import Alert

from .clock import locked
from .steps import start_anew

if TYPE_CHECKING:
    from uuid import UUID

LOOKED_BACK = timedelta(hours=72)


@transaction.atomic
def reopen_after_loss(*, copied_at: datetime, at: datetime) -> int:
    """Let every alert of the 72 hours before the copy wait to be taken; return how many.

    Also those that were being dealt with, whenever they were raised: whoever took one may
    have written elsewhere what came of it, and that is lost. Of each person the newest.
    """
    recent = Alert.objects.filter(raised_at__gte=copied_at - LOOKED_BACK)
    still_open = Alert.objects.filter(closed_at__isnull=True)
    newest: dict[UUID, Alert] = {}
    for alert in (recent | still_open).order_by("closed_at", "raised_at"):
        known = newest.get(alert.person_id)
        # An open one stays the one: a person has one open alert at most.
        if known is None or known.closed_at is not None:
            newest[alert.person_id] = alert
    taken = [a for a in newest.values() if a.state not in WAITING_ALERT_STATES]
    for found in taken:
        alert = locked(found.pk)
        alert.closed_at = alert.outcome = None
        start_anew(
            alert,
            by=None,
            at=at,
            note=_(
                "Opened again, for the record was brought back from a copy. What was "
                "done since %(day)s is not in it."
            )
            % {"day": f"{copied_at:%Y-%m-%d %H:%M} UTC"},
        )
    return len(taken)
