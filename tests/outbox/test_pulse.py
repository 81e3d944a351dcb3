"""Signs of life, and leases that are kept while work goes on."""

import time
from datetime import UTC, datetime

import pytest
import structlog
import time_machine
from django.db import DatabaseError

from openipt.outbox.models import Heartbeat
from openipt.outbox.pulse import EVERY, HANGS, Pulse

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def wait_until(true, seconds=10):
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.01)
    assert true()


def test_a_beat_is_written_and_moved(db):
    pulse = Pulse("w")
    for second in range(2):
        with time_machine.travel(AT.replace(second=second), tick=False):
            pulse.beat()

    assert Heartbeat.objects.get().at == AT.replace(second=1)
    assert str(Heartbeat.objects.get()) == "worker w"


def test_a_beat_renews_what_is_held_and_nothing_else(db):
    renewed = []
    pulse = Pulse("w")
    with time_machine.travel(AT, tick=False):
        pulse.beat()
        with pulse.holding(renewed.append):
            pulse.beat()
        pulse.beat()

    assert renewed == [AT]


def test_a_lease_lasts_several_beats():
    assert EVERY == 15


@pytest.mark.django_db(transaction=True)
def test_it_beats_from_beginning_to_end_in_a_thread_of_its_own():
    with Pulse("w", every=0.02):
        wait_until(Heartbeat.objects.exists)
        first = Heartbeat.objects.get().at
        wait_until(lambda: Heartbeat.objects.get().at > first)


def test_a_missed_beat_does_not_end_it(monkeypatch):
    beats = []

    def miss():
        beats.append(1)
        raise DatabaseError("row of Ana Ruiz")

    with structlog.testing.capture_logs() as logs:
        pulse = Pulse("w", every=0.01)
        monkeypatch.setattr(pulse, "beat", miss)
        with pulse:
            wait_until(lambda: len(beats) > 2)

    assert {entry["event"] for entry in logs} == {"no sign of life"}
    assert "Ana" not in str(logs)


@pytest.mark.django_db(transaction=True)
def test_work_that_does_not_come_back_ends_the_process():
    ended = []
    with Pulse("w", every=0.01, longest=0.05, end=ended.append) as pulse:
        with pulse.holding(lambda _at: None):
            wait_until(lambda: ended)
        assert set(ended) == {HANGS}


@pytest.mark.django_db(transaction=True)
def test_many_short_pieces_of_work_do_not_hang():
    ended = []
    with Pulse("w", every=0.01, longest=0.2, end=ended.append) as pulse:
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            with pulse.holding(lambda _at: None):
                time.sleep(0.01)
        time.sleep(0.3)  # at rest is not at work

    assert ended == []
