"""The people in a life as their person takes them away, with everything said before."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from openipt.core.inventory import load_choices, tie_of
from openipt.inventory.models import RelationshipVersion
from openipt.people.models import Person

from .pieces import Fact, Item, facts


def people_in_life(person: Person) -> Iterable[Item]:
    """Go through every version of everybody, the oldest first."""
    rows = RelationshipVersion.objects.filter(person=person).select_related("by")
    for row in rows.order_by("at", "version"):
        tie = tie_of(row.content)
        taken_out = _("taken out of the circle") if row.is_removed else ""
        yield Item(
            title=tie.label,
            at=row.at,
            facts=(
                *_said(row.content),
                *facts(
                    ("by", _("Written by"), row.by.name),
                    ("removed", _("Then"), taken_out),
                ),
            ),
        )


def _said(content: Mapping[str, Any]) -> tuple[Fact, ...]:
    tie, choices = tie_of(content), load_choices()
    contact = choices.contacts.get(tie.contact)
    wished = "" if tie.wished is None else _(choices.ring_at(tie.wished).label)
    died = "" if tie.alive else tie.died or _("has died")
    return facts(
        ("kind", _("Who it is"), _(choices.kinds[tie.kind].label)),
        ("ring", _("How close"), _(choices.ring_at(tie.closeness).label)),
        ("wished", _("How close I wish"), wished),
        (
            "standing",
            _("How it is between us"),
            _(choices.standings[tie.standing].label),
        ),
        ("contact", _("Contact"), _(contact.label) if contact else ""),
        ("since", _("Since when"), tie.since),
        ("died", _("Died"), died),
        ("confidant", _("I can tell them anything"), _("yes") if tie.confidant else ""),
        ("good", _("What is good"), tie.good),
        ("hard", _("What is hard"), tie.hard),
        ("mine", _("What I expect of them"), tie.mine),
        ("theirs", _("What they expect of me"), tie.theirs),
        ("change", _("What I would like to change"), tie.change),
    )
