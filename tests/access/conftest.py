"""It is Sunday morning. Three worlds: one to change, two that stand while a file is run."""

import pytest
import time_machine
from django.core.cache import cache

from tests import people

from . import canaries, story
from .walking import undone


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(people.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db):
    """The small world as people wrote it, for a test that changes it."""
    cache.clear()
    return story.build()


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker):
    """The small world for tests that undo whatever they do."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(people.NOW, tick=False),
        undone(),
    ):
        cache.clear()
        yield story.build()


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    """The same with a word of its own in every sealed field."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(people.NOW, tick=False),
        undone(),
    ):
        cache.clear()
        built = story.build()
        canaries.plant(built)
        yield built
