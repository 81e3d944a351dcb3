"""Makes events and seals them; run as a module it does so beside other processes."""

import os
import sys
from datetime import UTC, datetime, timedelta

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openipt.config.settings")
    django.setup()

from openipt import audit
from openipt.core.ids import new_id

AT = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
FACTS = {
    "action": "people.person.read",
    "resource": "person",
    "fields": ["name", "born_on"],
    "count": 3,
}


def events(number, *, by=None, at=AT):
    """Record so many events, a second apart."""
    for second in range(number):
        audit.record_read(
            **FACTS,
            by=by,
            at=at + timedelta(seconds=second),
            object_id=new_id(),
            subjects=[new_id(), new_id()],
        )


def sealed(number, *, batches=1, by=None):
    """Record and seal so many events in each batch."""
    for _batch in range(batches):
        events(number, by=by)
        audit.seal_pending(AT)


if __name__ == "__main__":
    for _round in range(int(sys.argv[1])):
        events(5)
        audit.seal_pending(AT)
