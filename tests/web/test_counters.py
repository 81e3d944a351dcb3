"""What the shared cache gives back, and what it never runs."""

import pickle
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from tests import people

pytestmark = pytest.mark.django_db


class Trap:
    """Touches a file when it is read the library's way."""

    def __init__(self, place):
        self.place = place

    def __reduce__(self):
        return (Path.touch, (self.place,))


@pytest.mark.parametrize("value", [1, "y", [1.5, 2.5], {"n": [1]}, True])
def test_plain_values_come_back(value):
    cache.set("key", value, timeout=60)

    assert cache.get("key") == value
    assert cache.get_many(["key", "other"]) == {"key": value}


def test_a_value_is_gone_when_its_time_is_over():
    with time_machine.travel(people.NOW, tick=False) as clock:
        _live_and_go(clock)


def _live_and_go(clock):
    cache.set("key", 1, timeout=60)
    clock.shift(timedelta(seconds=59))
    assert cache.get("key") == 1

    clock.shift(timedelta(seconds=2))

    assert cache.get("key") is None
    assert cache.add("key", 2)
    assert cache.get("key") == 2


def test_what_somebody_wrote_into_the_table_is_not_run(tmp_path):
    cache.set("key", 1)
    trap = b64encode(pickle.dumps(Trap(tmp_path / "sprung"))).decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET value = %s", [trap])

    assert cache.get("key") is None
    assert not (tmp_path / "sprung").exists()
