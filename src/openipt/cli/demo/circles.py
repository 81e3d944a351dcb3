"""The people in invented lives, and how they move closer or away over a course."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from openipt.calendar.models import Appointment
from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.core.scales import load_scales
from openipt.inventory import operations as inventory
from openipt.inventory.models import Relationship
from openipt.people.models import Member, Person

from .stories import Story
from .timelines import day_of_loss

TOLD_IN = 2
"""The session in which the people are gone through."""

SOME = 0.4
"""Which part of them also answer on scales about attachment and support."""

LATER = 5
"""The session in which the circle is looked at again."""

AT_LEAST = 4
"""How many people are told of in every life; the first is whom the story is about."""

FIRST_ANGLE = 20


def fill_circle(
    story: Story,
    person: Person,
    past: Sequence[Appointment],
    *,
    by: Member,
    at: datetime,
) -> None:
    """Go through the people in the second session; later some have come closer."""
    if len(past) < TOLD_IN:
        return
    dice = random.Random(f"circle {story.name}")  # noqa: S311 -- invented, repeatable
    told = past[TOLD_IN - 1].starts_at + timedelta(minutes=30)
    inventory.agree(person=person, by=by, at=told)
    rows = story.told["life"]["circle"]
    rows = rows if story.is_seen else rows[: dice.randint(AT_LEAST, len(rows))]
    known = [
        inventory.add(
            person=person,
            submission_id=new_id(),
            tie=_tie(story, row, FIRST_ANGLE + 340 * place // len(rows)),
            by=by,
            at=told,
        )
        for place, row in enumerate(rows)
    ]
    if dice.random() < SOME:
        _answer_on_scales(person, known[0], dice, by=by, at=told)
    if len(past) >= LATER:
        moved = [row.get("later") for row in rows]
        _some_come_closer(known, moved, by=by, at=past[LATER - 1].starts_at)


def _tie(story: Story, row: Mapping[str, Any], angle: int) -> Tie:
    """Return somebody as they are told of; days agree with what happened."""
    told = {key: value for key, value in row.items() if key not in {"later", "since"}}
    if not row.get("alive", True):
        told["died"] = day_of_loss(story, row["label"])
    since = row.get("since")
    told["since"] = "" if since is None else str(story.first_on.year - since)
    return Tie(angle=angle, **told)


def _answer_on_scales(
    person: Person,
    about: Relationship,
    dice: random.Random,
    *,
    by: Member,
    at: datetime,
) -> None:
    """Enter what was answered on paper about the first person, and about support."""
    for scale, whom in (("mspss", None), ("ecr_rs", about)):
        asked = load_scales()[scale]
        inventory.enter_scale(
            person=person,
            submission_id=new_id(),
            scale=asked,
            about=whom,
            answers=[dice.randint(2, 6) for _item in range(asked.items)],
            on_date=at.date(),
            by=by,
            at=at,
        )


def _some_come_closer(
    known: Sequence[Relationship],
    moved: Sequence[int | None],
    *,
    by: Member,
    at: datetime,
) -> None:
    for relationship, closeness in zip(known, moved, strict=True):
        if closeness is None:
            continue
        inventory.move(
            relationship=relationship,
            closeness=closeness,
            angle=int(relationship.content["angle"]),
            version=1,
            by=by,
            at=at + timedelta(minutes=20),
        )
