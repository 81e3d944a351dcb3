"""It is Sunday morning, and everything has a word of its own in it."""

import pytest
import time_machine
from django.core.cache import cache

from tests import people

from . import canaries, story


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(people.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db):
    """The small world as people wrote it."""
    cache.clear()
    return story.build()


@pytest.fixture
def planted(world):
    """The small world with a word of its own in every sealed field."""
    canaries.plant(world)
    return world
