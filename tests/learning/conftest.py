"""It is Sunday morning; Ana had her sixth session on Thursday."""

import pytest
import time_machine

from tests import people


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(people.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(db):
    return people.gather_with_courses()
