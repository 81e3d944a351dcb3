"""Every form that says it is kept as it is typed is kept."""

import re

import pytest

from openipt.core.errors import Invalid
from openipt.people import operations
from tests import people

from . import sending

pytestmark = pytest.mark.django_db

KEYS = re.compile(r'(?:data-draft-key|name="draft_key" value)="([^"]+)"')


@pytest.mark.parametrize("actor", ["ana", "tomas", "sofia"])
def test_the_key_of_every_draft_is_one_that_is_kept(world, actor):
    found, wrong = set(), set()
    for name, answer in sending.answers(world, actor, methods=("GET",)):
        for key in KEYS.findall(answer.text):
            found.add(key.partition(":")[0])
            if not is_kept(world.actors[actor], key):
                wrong.add((name, key))

    assert not wrong
    if actor == "tomas":
        assert {"recovery-role", "diagnosis", "formulation", "focus", "goal"} <= found


def is_kept(member, key):
    try:
        operations.save_draft(member=member, key=key, fields={}, at=people.NOW)
    except Invalid:
        return False
    return True
