"""Two at the same instant: one alert, one who takes it, every step once."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from openipt.core.errors import Stale
from openipt.core.ids import new_id
from openipt.safety import operations
from openipt.safety.models import Alert, AlertEvent
from openipt.safety.operations import RiskSource
from tests.safety.conftest import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Do all acts at the same instant; SQLite in memory lets only one in at a time."""
    if connection.vendor == "sqlite":
        return [_outcome(act) for act in acts]
    gate, outcomes = Barrier(len(acts)), []

    def run(act):
        gate.wait()
        outcomes.append(_outcome(act))
        connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _outcome(act):
    try:
        act()
    except Exception as failure:  # noqa: BLE001 -- handed to the test
        return type(failure)
    return None


def answer(person, level="red"):
    source = RiskSource(kind="answer", measure="phq9", item=9, answering_id=new_id())
    return lambda: operations.raise_alert(
        person=person, source=source, level=level, by=person.member, at=MONDAY
    )


def test_answers_at_once_open_one_alert(cast):
    outcomes = at_once(*(answer(cast.ana) for _each in range(4)))

    assert outcomes == [None] * 4
    assert Alert.objects.get().sources.count() == 4


def test_only_one_of_two_takes_it(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY)
    outcomes = at_once(
        lambda: operations.acknowledge(alert=alert, by=cast.tomas, at=MONDAY),
        lambda: operations.acknowledge(alert=alert, by=cast.sofia, at=MONDAY),
    )

    assert sorted(outcomes, key=str) == sorted([None, Stale], key=str)
    assert AlertEvent.objects.filter(state="acknowledged").count() == 1


def test_two_workers_make_a_step_once(cast, raised):
    from datetime import timedelta

    alert, due = raised(), MONDAY + timedelta(minutes=15)
    outcomes = at_once(
        *(lambda: operations.escalate(alert_id=alert.pk, at=due) for _each in range(3))
    )

    assert outcomes == [None] * 3
    assert AlertEvent.objects.filter(to=cast.ines).count() == 1
