"""Ana answers; it is Sunday morning, her next session is on Thursday."""

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


@pytest.fixture
def ana(cast):
    """Ana's browser."""
    return cast.client("ana")
