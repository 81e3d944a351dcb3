"""Ids that sort by the time they were made."""

import time
from concurrent.futures import ThreadPoolExecutor

from openipt.core import ids
from openipt.core.ids import new_id, repeatable_ids


def test_ids_are_version_7_and_carry_the_time(monkeypatch):
    # Other tests moved the clock ahead, and ids never go back.
    monkeypatch.setattr(ids, "_last", (0, 0))
    before = time.time_ns() // 1_000_000
    made = new_id()

    assert made.version == 7
    assert before <= made.int >> 80 <= before + 1000


def test_ids_rise_within_a_millisecond_and_across_threads():
    with ThreadPoolExecutor(4) as pool:
        found = [i for batch in pool.map(lambda _: [new_id() for _ in range(3000)], range(4)) for i in batch]  # fmt: skip
    alone = [new_id() for _ in range(9000)]

    assert len(set(found)) == 12000
    assert alone == sorted(alone)


def test_ids_rise_when_the_clock_steps_back(monkeypatch):
    first = new_id()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_000_000)

    assert new_id() > first


def test_repeatable_ids_repeat_and_end_with_their_block():
    with repeatable_ids(1, 1000):
        one = [new_id() for _ in range(3)]
    with repeatable_ids(1, 1000):
        again = [new_id() for _ in range(3)]

    assert one == again == sorted(one)
    assert new_id() not in one
