"""Each question about appointments, answered with the reason or an empty string for yes."""

from datetime import datetime

from django.utils.translation import gettext as _

from .models import Appointment

RECORDABLE = (
    Appointment.State.ATTENDED,
    Appointment.State.LATE_CANCEL,
    Appointment.State.MISSED,
    Appointment.State.PLANNED,
)
"""What may be recorded about a session; back to planned takes a wrong click away."""

_NEEDS_THE_START = frozenset({Appointment.State.ATTENDED, Appointment.State.MISSED})


def refusal_to_record(appointment: Appointment, state: str, at: datetime) -> str:
    """Return why this cannot be recorded now, or "".

    Somebody can cancel late before a session begins; whether they came shows only then.
    """
    if appointment.state == Appointment.State.CANCELLED:
        return _("This session was taken out of the calendar.")
    if state not in RECORDABLE:
        return _("Choose attended, late cancel or missed.")
    if state in _NEEDS_THE_START and at < appointment.starts_at:
        return _("This session has not begun yet.")
    return ""
