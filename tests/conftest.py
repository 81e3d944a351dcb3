"""What every test has: keys of its own, no mail that leaves, no network."""

import socket

import pytest


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
