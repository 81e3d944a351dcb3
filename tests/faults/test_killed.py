"""Killed in the middle of submits: what was acknowledged is there afterwards, once."""

import json
import random
import time
from collections import Counter

import pytest

from .driving import REPORT, Sender, note


def shoot(server, machine, rounds, seed):
    dice = random.Random(seed)
    senders = [Sender(server.address) for _ in range(2)]
    for sender in senders:
        sender.start()
    for number in range(rounds):
        time.sleep(dice.uniform(1.5, 3.0))
        server.kill(("parent", "worker", "group")[number % 3], dice)
        time.sleep(dice.uniform(0.0, 0.3))
        server.stop()
        server.start()
    time.sleep(2)
    for sender in senders:
        sender.stop()
    server.stop()
    found = json.loads(machine.run_code(REPORT))
    tried = [one for sender in senders for one in sender.tried]
    acknowledged = [one for sender in senders for one in sender.acknowledged]
    print("answered with", set().union(*(sender.seen for sender in senders)))
    return tried, acknowledged, found


def judge(what, tried, acknowledged, found):
    lost = set(acknowledged) - set(found["kept"])
    note(what, tried=len(tried), acknowledged=len(acknowledged), lost=len(lost))
    assert len(acknowledged) > 5, "too little was sent to say anything"
    assert lost == set()
    assert [one for one, n in Counter(found["kept"]).items() if n > 1] == []
    assert set(found["kept"]) <= set(tried)
    assert found["sound"] == "ok"


def test_nothing_acknowledged_is_lost(server, machine):
    judge("kill -9, 3 rounds", *shoot(server, machine, 3, seed=1))


@pytest.mark.long
def test_nothing_acknowledged_is_lost_in_many_rounds(server, machine):
    judge("kill -9, 60 rounds", *shoot(server, machine, 60, seed=2))


def test_what_was_not_acknowledged_can_be_sent_again_and_is_kept_once(server, machine):
    sender = Sender(server.address)
    visitor = sender._signed_in()
    sender.send(visitor, "01a20d0b-0000-7000-8000-000000000001")
    server.kill("group", random.Random(3))
    server.stop()
    server.start()
    visitor = sender._signed_in()

    sender.send(visitor, "01a20d0b-0000-7000-8000-000000000001")

    assert len(json.loads(machine.run_code(REPORT))["kept"]) == 1
