"""A disk that is full or cannot be written: said clearly, help stands, nothing is lost."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from openipt.core.ids import new_id

from .driving import REPORT, Sender, Server, status_of
from .test_power import powered  # noqa: F401 -- the fixture

pytestmark = pytest.mark.once


@pytest.fixture
def served(powered):  # noqa: F811 -- the fixture above
    disk, machine = powered
    server = Server(machine)
    server.start()
    yield disk, machine, server
    disk.weather("fine")
    server.stop()


@pytest.mark.parametrize("weather", ["full", "read-only"])
def test_the_person_is_told_and_nothing_is_lost(served, weather):
    disk, machine, server = served
    sender = Sender(server.address)
    visitor = sender._signed_in()
    before, during = str(new_id()), str(new_id())
    assert sender.send(visitor, before) == 200

    disk.weather(weather)
    status = sender.send(visitor, during)

    assert status == 503
    page = sender.pages[-1]
    assert "It was said at last." in page
    assert "Traceback" not in page
    assert status_of(server.address, "/help/") == 200
    assert status_of(server.address, "/healthz") == 503

    disk.weather("fine")
    assert sender.send(visitor, during) == 200
    found = json.loads(machine.run_code(REPORT))
    assert sorted(found["kept"]) == sorted([before, during])
    assert found["sound"] == "ok"


def test_what_was_opened_meanwhile_does_not_stay_unable_to_write(served):
    """SQLite opens for reading what it cannot write, and threads keep what they opened."""
    disk, machine, server = served
    sender = Sender(server.address)
    visitor = sender._signed_in()

    disk.weather("read-only")
    assert sender.send(visitor, str(new_id())) == 503
    with ThreadPoolExecutor(8) as several:
        helped = several.map(lambda _: status_of(server.address, "/help/"), range(40))
    assert set(helped) == {200}

    disk.weather("fine")
    sent = [str(new_id()) for _ in range(12)]
    assert [sender.send(visitor, one) for one in sent] == [200] * len(sent)
    assert sorted(json.loads(machine.run_code(REPORT))["kept"]) == sorted(sent)
