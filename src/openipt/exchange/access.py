"""Each question about requests for erasure, answered with the reason or ""."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from openipt.courses.models import Course
from openipt.people.models import Member
from openipt.safety import queries as safety

from .models import ErasureRequest

DELAY = timedelta(days=14)
"""How long an accepted request waits: the person can take it back until then."""

DECIDERS = frozenset({"admin", "manager"})
_OPEN = {ErasureRequest.State.ASKED, ErasureRequest.State.PROPOSED}


def refusal_to_accept(request: ErasureRequest) -> str:
    """Return why the record cannot be erased now, or "".

    A record that care still needs is not erased: while a course runs, or while an answer
    about safety waits for somebody.
    """
    if Course.objects.filter(person=request.person_id, ended_at__isnull=True).exists():
        return _(
            "A course is still running. Its record is needed for the treatment; the "
            "request can be accepted once the course has ended."
        )
    if safety.has_open_alert(request.person_id):
        return _("An alert about this person is still open. Close it first.")
    return ""


def refusal_to_propose(member: Member, request: ErasureRequest) -> str:
    """Return why this member cannot propose an answer, or ""."""
    if not DECIDERS & member.role_set:
        return _("Only administrators and managers answer these requests.")
    if request.state != ErasureRequest.State.ASKED:
        return _("Somebody has answered this request meanwhile.")
    return ""


def refusal_to_decide(member: Member, request: ErasureRequest) -> str:
    """Return why this member cannot be the second to decide, or ""."""
    if not DECIDERS & member.role_set:
        return _("Only administrators and managers answer these requests.")
    if request.state != ErasureRequest.State.PROPOSED:
        return _("There is no answer to confirm here.")
    if request.proposed_by_id == member.pk:
        return _("Two people decide. Somebody else has to confirm what you proposed.")
    return ""


def refusal_to_withdraw(request: ErasureRequest, at: datetime) -> str:
    """Return why the request cannot be taken back now, or ""."""
    if request.state in _OPEN:
        return ""
    waits = request.not_before is not None and at.date() < request.not_before
    if request.state == ErasureRequest.State.ACCEPTED and waits:
        return ""
    return _("This request is closed. You can make a new one.")
