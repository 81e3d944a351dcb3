"""The cast with care: Ana and Bea are in therapy with Tomas, Eva elsewhere with Omar."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from openipt.people import operations as people
from openipt.safety import operations
from openipt.safety.operations import RiskSource
from tests.people import NOW, gather
from tests.remembering import remembered

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A working day, 11:00 in the service's zone; the service reads from 9 to 17."""
NIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)


@pytest.fixture
def cast(db):
    return gather_with_care()


@remembered
def gather_with_care():
    cast = gather.__wrapped__()  # a maker that remembers calls no other
    for person, therapist, admin in (
        (cast.ana, cast.tomas, cast.ada),
        (cast.bea, cast.tomas, cast.ada),
        (cast.eva, cast.omar, cast.mia),
    ):
        cast.extra[person.pk] = people.open_care(
            person=person, member=therapist, by=admin, at=NOW - timedelta(days=50)
        )
    return cast


@pytest.fixture
def raised(cast):
    """Return a function that raises an alert for an answer to item 9."""

    def make(*, level="red", at=MONDAY, person=None, **source):
        person = person or cast.ana
        details = {"kind": "answer", "measure": "phq9", "item": 9, "answer": "CANARY"}
        return operations.raise_alert(
            person=person,
            source=RiskSource(**(details | source)),
            level=level,
            by=person.member,
            at=at,
        )

    return make


def told(alert):
    """Return (name, role) of everybody who was told, in order."""
    return [(r.member.name, r.role) for r in alert.recipients.order_by("told_at", "pk")]


def states(alert):
    """Return the states of the alert's events, in order."""
    return list(alert.events.order_by("at", "pk").values_list("state", flat=True))


def finish(alert, by, at):
    """Take an alert through every state to its end."""
    operations.acknowledge(alert=alert, by=by, at=at)
    operations.record_contact(alert=alert, reached=True, note="", by=by, at=at)
    operations.assess(alert=alert, note="We spoke.", by=by, at=at)
    return operations.close(alert=alert, outcome="Seen tomorrow.", by=by, at=at)


def without_token(response):
    """Return a page without the token of its forms, which differs each time."""
    return re.sub(
        rb'(csrf-token" content|csrfmiddlewaretoken" value)="\w+"',
        b"",
        response.content,
    )
