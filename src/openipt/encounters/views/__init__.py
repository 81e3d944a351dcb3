"""The session page, and everything that can be done on it."""

from .acts import addendum, attendance, note, review, session, sign, tasks, tick

__all__ = [
    "addendum",
    "attendance",
    "note",
    "review",
    "session",
    "sign",
    "tasks",
    "tick",
]
