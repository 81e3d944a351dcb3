"""What every test has: keys of its own, no mail that leaves, no network."""

import socket

import pytest
from hypothesis import HealthCheck, settings

# No test is timed: a loaded machine is slow, and that says nothing about the code.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch, request):
    """Refuse any connection that would leave this machine."""
    real = socket.socket.connect

    def connect(self, address):
        if isinstance(address, tuple) and address[0] not in {
            "127.0.0.1",
            "::1",
            "localhost",
        }:
            raise AssertionError(f"A test tried to reach {address}.")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(scope="session", autouse=True)
def _key_files():
    """Give this run the key files that `openipt init` would write."""
    from openipt.vault import files

    files.new_kek()
    files.blind_key(or_new=True)


@pytest.fixture(scope="session", autouse=True)
def _guards_let_tables_be_emptied():
    """Take the guards of the trail down while a transactional test empties its tables."""
    from django.db import connection
    from django.test import TransactionTestCase

    from openipt.audit import guards

    empty = TransactionTestCase._fixture_teardown

    def teardown(self):
        guards.remove(connection)
        empty(self)
        guards.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """On SQLite let the tests' database be a file, as in earnest.

    Django would keep it in memory, where threads lock each other out of whole tables.
    """
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        place = settings.OPENIPT_DATA_DIR / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(place)
