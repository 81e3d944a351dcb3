"""The circle then and now, for before and after."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.courses.models import Contract, Course
from openipt.inventory import access as inventory_access
from openipt.inventory import queries as inventory
from openipt.inventory.queries import Between, Moved
from openipt.web import dates


def circle_then(
    course: Course, contract: Contract, *, for_person: bool
) -> Between | None:
    """Return the circle of a course's beginning under that of its end, or of now.

    None where there is nobody, or the person does not look at it with this reader.
    """
    if not for_person and not inventory_access.has_agreed(course.person):
        return None
    zone = timezone.get_current_timezone()
    ended = course.ended_at
    return inventory.between(
        course.person,
        zone=zone,
        since=contract.first_on,
        until=ended.astimezone(zone).date() if ended else None,
    )


def moves_of(circle: Between) -> list[dict[str, Any]]:
    """Return in words who stood where, those who moved first."""
    rows = sorted(circle.moved, key=lambda one: one.stayed)
    nobody = _("not there")
    return [
        {
            "label": one.label,
            "before": _(one.before) if one.before else nobody,
            "after": _after(one) if one.after else nobody,
            "stayed": one.stayed,
            "sentence": _sentence(one),
        }
        for one in rows
    ]


def headings_of(circle: Between) -> dict[str, str]:
    """Return the words of the table and of the drawing."""
    until = circle.until
    return {
        "who": _("Who"),
        "then": _("On %(day)s") % {"day": dates.short_day(circle.first)},
        "now": _("On %(day)s") % {"day": dates.short_day(until)} if until else _("Now"),
        "key": _("Dashed: where somebody was. A line leads to where they are now."),
    }


def drawn(circle: Between) -> dict[str, Any]:
    """Return the drawing for paper, with words for those who do not see it."""
    drawing = circle.drawing
    sentences = [row["sentence"] for row in moves_of(circle)]
    return {
        "size": drawing.size,
        "middle": drawing.middle,
        "own": drawing.own,
        "rings": list(drawing.rings),
        "me": _("me"),
        "placed": [
            {
                "x": one.x,
                "y": one.y,
                "radius": one.radius,
                "initials": one.initials,
                "name": one.name,
                "shape": one.dot.shape,
                "ghost": one.dot.is_ghost,
            }
            for one in drawing.placed
        ],
        "moves": [
            {"x1": one.x1, "y1": one.y1, "x2": one.x2, "y2": one.y2}
            for one in drawing.moves
        ],
        "alt": " ".join(
            [_("A circle with oneself in the middle and people around."), *sentences]
        ),
        "rows": moves_of(circle),
        **headings_of(circle),
    }


def _after(one: Moved) -> str:
    ring = {"ring": _(one.after)}
    if one.stayed or one.before != one.after:
        return ring["ring"]
    words = _("%(ring)s, closer") if one.nearer > 0 else _("%(ring)s, farther")
    return words % ring


def _sentence(one: Moved) -> str:
    words = {"name": one.label, "before": _(one.before), "after": _(one.after)}
    words = {
        key: text.lower() if key != "name" else text for key, text in words.items()
    }
    if not one.before:
        return _("%(name)s: new, %(after)s.") % words
    if not one.after:
        return _("%(name)s: %(before)s then, not there now.") % words
    if not one.stayed and one.before == one.after:
        closer = _("%(name)s: %(after)s, and closer than then.")
        farther = _("%(name)s: %(after)s, and a little farther than then.")
        return (closer if one.nearer > 0 else farther) % words
    if one.stayed:
        return _("%(name)s: %(after)s, as before.") % words
    return _("%(name)s: from %(before)s to %(after)s.") % words
