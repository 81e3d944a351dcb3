"""Builds the demo: two services, their staff, forty people and their months."""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from openipt.outbox.worker import run_due
from openipt.people.models import Service
from openipt.vault import keys

from . import cast
from .answers import answer
from .life import live
from .stories import others, stories

ALERT_AGO = timedelta(minutes=12)
WORRYING = (2, 3, 2, 2, 2, 2, 2, 2, 2)
"""A PHQ-9 of 19 with "more than half the days" on its last item."""


def build_services(*, at: datetime, dice: random.Random) -> None:
    """Fill an empty database. All in one transaction: half a demo would be none."""
    with transaction.atomic(), keys.scope():
        service = cast.make_service("service", at=at)
        staff = cast.make_staff(service, at=at)
        cast.make_help_lines(service, by=staff["admin"], at=at)
        for story in stories(_today(service, at), dice):
            person = live(
                story, service=service, therapist=staff[story.therapist], at=at
            )
            if story.has_alert:
                answer(person, "phq9", WORRYING, at - ALERT_AGO)
        second = cast.make_service("other_service", at=at)
        other_staff = cast.make_other_staff(second, at=at)
        cast.make_help_lines(second, by=other_staff["deputy"], at=at)
        for story in others(_today(second, at)):
            live(story, service=second, therapist=other_staff["therapist"], at=at)
    run_due(at, limit=5000)


def _today(service: Service, at: datetime) -> date:
    return at.astimezone(ZoneInfo(service.zone)).date()
