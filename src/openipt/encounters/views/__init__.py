"""The session page, and everything that can be done on it."""

from .acts import (
    addendum,
    attendance,
    headings,
    note,
    review,
    session,
    sign,
    tasks,
    tick,
)
from .panels import beside
from .plan import plan
from .process import process_note
from .work import link, links, remove_link, work

__all__ = [
    "addendum",
    "attendance",
    "beside",
    "headings",
    "link",
    "links",
    "note",
    "plan",
    "process_note",
    "remove_link",
    "review",
    "session",
    "sign",
    "tasks",
    "tick",
    "work",
]
