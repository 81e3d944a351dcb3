"""A variant that a service dropped in is offered, agreed, worked in, and needs no Python."""

from pathlib import Path

import pytest

from openipt.core.protocols import check_file, use_folder
from openipt.core.protocols.checking import LONGEST_KEY
from openipt.courses.forms import StageForm
from openipt.courses.models import Course, Focus, Issue, PhaseEntry
from openipt.encounters.models import PhaseTaskDone

from .starting import START, filled, text_of

BRIEF = Path("src/openipt/core/protocols/data/ipt_brief.toml").read_text("utf-8")
GARDEN = """
[[tasks]]
key = "walk_round"
title = "Walk once round the garden"
why = "Talk comes easier on foot."
minutes = 5
source = "garden"
verified = true

[[areas]]
key = "role_transition"
based_on = "role_transition"
name = "New leaf"
plain = "Something in your life is new"

[[sources]]
key = "garden"
title = "The handbook of our garden"
"""


@pytest.fixture
def variant(tmp_path):
    """Follow the how-to: start from the nearest, define, check, put into the folder."""
    text = (
        BRIEF.replace('id = "ipt_brief"', 'id = "garden_ipt"')
        .replace('name = "Brief IPT"', 'name = "IPT in the garden"')
        .replace("tasks = [", 'tasks = ["walk_round", ', 1)
    )
    file = tmp_path / "garden.toml"
    file.write_text(text + GARDEN, encoding="utf-8")
    check_file(file)
    use_folder(tmp_path)
    yield "garden_ipt"
    use_folder(None)


def test_it_is_offered_agreed_and_worked_in(cast, variant):
    client = cast.client("ines")
    assert "IPT in the garden" in text_of(client.get(START))

    started = client.post(START, filled(variant_id=variant, sessions="8"))

    course = Course.objects.get(variant_id=variant)
    assert started.status_code == 302
    page = text_of(client.get(started["Location"]))
    assert "IPT in the garden" in page
    assert "New leaf" in text_of(client.get(f"/courses/{course.pk}/focus/"))
    first = course.series.appointments.get(number=1)
    session = text_of(client.get(f"/sessions/{first.pk}/"))
    assert "Walk once round the garden" in session
    assert "The handbook of our garden" in session
    refused = client.post(
        START, filled(variant_id=variant, sessions="9", name="Somebody Else")
    )
    assert refused.status_code == 422
    assert "IPT in the garden has 8 sessions; 9 is another number" in text_of(refused)


def test_without_its_file_it_is_not_offered(cast):
    assert "IPT in the garden" not in text_of(cast.client("ines").get(START))


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Course, "variant_id"),
        (Course, "opened_phase"),
        (Course, "condition"),
        (PhaseEntry, "phase"),
        (PhaseTaskDone, "key"),
        (Focus, "area"),
        (Issue, "area"),
    ],
)
def test_every_key_of_a_variant_has_room_where_it_is_kept(model, field):
    assert model._meta.get_field(field).max_length >= LONGEST_KEY


def test_every_key_of_a_stage_can_be_sent():
    assert StageForm.base_fields["stage"].max_length >= LONGEST_KEY
