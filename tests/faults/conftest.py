"""A machine with Ana on it, for tests that shoot at what serves it."""

import pytest

from tests.faults.driving import FILL, Server
from tests.installation import Installation
from tests.keeping.places import tools


@pytest.fixture
def machine(tmp_path):
    made = Installation(tmp_path / "machine")
    made.environment["OPENIPT_PG_BIN"] = tools()
    made.run_code(FILL)
    yield made
    made.remove()


@pytest.fixture
def server(machine):
    served = Server(machine)
    served.start()
    yield served
    served.stop()
