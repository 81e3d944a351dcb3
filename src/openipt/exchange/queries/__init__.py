"""What a person takes away, who opened their record, and what was asked to be erased."""

from .erasure import open_requests, own_request, request_for, requests_of
from .opened import Opened, opened_by
from .pieces import Fact, Item, Section
from .record import TakenRecord, as_json, record_of

__all__ = [
    "Fact",
    "Item",
    "Opened",
    "Section",
    "TakenRecord",
    "as_json",
    "open_requests",
    "opened_by",
    "own_request",
    "record_of",
    "request_for",
    "requests_of",
]
