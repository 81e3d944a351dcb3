"""Everybody tries every door, in every way, with everybody's things."""

import pytest

from . import canaries, sending
from .walk import said, walk
from .world import ACTORS, relation

pytestmark = [pytest.mark.walk, pytest.mark.django_db]


@pytest.mark.parametrize("actor", ACTORS)
def test_walk_meets_only_what_the_table_says(planted, actor):
    faults = list(walk(planted, actor))

    assert not faults, said(faults)


@pytest.mark.long
@pytest.mark.parametrize("actor", ACTORS)
def test_the_whole_walk_meets_only_what_the_table_says(planted, actor):
    found = list(walk(planted, actor, everything=True))

    assert not found, said(found)


def test_every_word_is_found_by_each_who_may_find_it(planted):
    """Else words could be missing everywhere, and the walk above would see no leak."""
    found = {
        (canary.place, kin)
        for actor in ACTORS
        for canary in found_by(planted, actor)
        for kin in kinship(planted, actor, canary)
    }
    wanted = {
        (place, kin) for place, kinds in canaries.MAY_FIND.items() for kin in kinds
    } - {
        ("NoteVersion.text", "team"),  # two at once: the tests of sessions do that
        # In the file that one takes away: the tests of my data open it.
        ("EndingVersion.words", "self"),
        ("AlertSource.answer", "self"),
        # Whom a grief is about, of nobody in the circle: the tests of goals show it.
        ("Focus.details", "self"),
    }

    assert not wanted - found, "\n".join(map(str, sorted(wanted - found)))


def test_a_word_stands_in_every_sealed_field(planted):
    found = {
        canary.place
        for model, fields in canaries.sealed_fields()
        for row in model._default_manager.all()
        for field in fields
        for canary in canaries.found_in(str(getattr(row, field.name)))
    }

    assert found == set(canaries.MAY_FIND)


def found_by(world, actor):
    """Return every word that an actor finds on the pages that are open to them."""
    answers = (answer for _name, answer in sending.answers(world, actor))
    return {
        canary for answer in answers for canary in canaries.found_in(answer.all_of_it)
    }


def kinship(world, actor, canary):
    """Return by which of the relations that the table names an actor found a word."""
    allowed = canaries.MAY_FIND[canary.place]
    if canary.whose in canaries.RELATIONS and not allowed & {"own", "console"}:
        if "colleague" in allowed:
            return {"colleague"}
        kin = allowed & relation(actor, canary.whose)
        return kin if len(kin) == 1 else set()  # else it would be open by which
    return allowed
