"""What can be done with alerts and help numbers."""

from .after_loss import reopen_after_loss
from .clock import escalate, note_sent, start_from_now, tell_new_therapists
from .help_numbers import (
    HelpNumber,
    add_help_number,
    change_help_number,
    check_help_number,
    retire_help_number,
)
from .raising import not_safe, raise_alert
from .record import RiskSource
from .responding import (
    acknowledge,
    assess,
    close,
    note_shown,
    record_contact,
    reopen,
)

__all__ = [
    "HelpNumber",
    "RiskSource",
    "acknowledge",
    "add_help_number",
    "assess",
    "change_help_number",
    "check_help_number",
    "close",
    "escalate",
    "not_safe",
    "note_sent",
    "note_shown",
    "raise_alert",
    "record_contact",
    "reopen",
    "reopen_after_loss",
    "retire_help_number",
    "start_from_now",
    "tell_new_therapists",
]
