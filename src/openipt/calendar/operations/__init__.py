"""Laying series of sessions, recording who came, and keeping two from one time."""

from .clashes import SlotTaken
from .series import (
    cancel_rest,
    give_series,
    lay_again,
    lay_series,
    record_attendance,
)

__all__ = [
    "SlotTaken",
    "cancel_rest",
    "give_series",
    "lay_again",
    "lay_series",
    "record_attendance",
]
