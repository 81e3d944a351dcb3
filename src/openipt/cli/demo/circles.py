"""The people in invented lives, and how they move closer or away over a course."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from openipt.calendar.models import Appointment
from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.core.scales import load_scales
from openipt.inventory import operations as inventory
from openipt.inventory.models import Relationship
from openipt.people.models import Member, Person

from .stories import Story

TOLD_IN = 2
"""The session in which the people are gone through."""

SOME = 0.4
"""Which part of them also answer on scales about attachment and support."""

LATER = 5
"""The session in which the circle is looked at again."""

PEOPLE = (
    Tie(
        label="Ruth", kind="partner", standing="dispute", contact="together",
        closeness=30, wished=15, angle=20, since="2011",
        good="We laugh at the same things.",
        hard="When I ask for something she leaves the room.",
        mine="That she stays when I say what I need.",
        theirs="That I do not bring up old things.",
        change="Talk for ten minutes in the evening.",
    ),
    Tie(
        label="Mother", kind="parent", standing="drifting", contact="weekly",
        closeness=55, wished=40, angle=110, since="always",
        good="She calls every Sunday.", hard="She gives advice when I want comfort.",
        mine="That she listens.", theirs="That I come for lunch.",
    ),
    Tie(
        label="Father", kind="parent", standing="grieved", closeness=45, angle=160,
        since="always", alive=False, died="2024",
        good="He taught me to swim.", hard="We never spoke about his illness.",
    ),
    Tie(
        label="Jo", kind="friend", standing="supports", contact="weekly",
        closeness=25, angle=250, since="school", confidant=True,
        good="I can tell Jo anything.",
    ),
    Tie(
        label="K. from work", kind="work", standing="steady", contact="daily",
        closeness=78, wished=50, angle=300, since="2019",
        change="Say yes when K. asks me to lunch.",
    ),
    Tie(
        label="Uncle Ben", kind="family", standing="drifting", contact="rarely",
        closeness=88, angle=205,
    ),
    Tie(
        label="Mrs Example next door", kind="neighbour", standing="supports",
        contact="monthly", closeness=70, angle=65,
    ),
)  # fmt: skip


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
    known = [
        inventory.add(person=person, submission_id=new_id(), tie=tie, by=by, at=told)
        for tie in PEOPLE[: dice.randint(4, len(PEOPLE))]
    ]
    if dice.random() < SOME:
        _answer_on_scales(person, known[0], dice, by=by, at=told)
    if len(past) >= LATER:
        _some_come_closer(known, by=by, at=past[LATER - 1].starts_at)


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
    known: Sequence[Relationship], *, by: Member, at: datetime
) -> None:
    for relationship, closeness in zip(known, (18, 45), strict=False):
        inventory.move(
            relationship=relationship,
            closeness=closeness,
            angle=int(relationship.content["angle"]),
            version=1,
            by=by,
            at=at + timedelta(minutes=20),
        )
