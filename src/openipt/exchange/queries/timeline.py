"""The timeline as its person takes it away, with everything said before."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from openipt.core.timeline import event_of, load_kinds
from openipt.inventory.models import LifeEventVersion
from openipt.inventory.queries import effect_words, ties_of, when_words
from openipt.people.models import Person

from .pieces import Item, facts


def timeline_of(person: Person) -> Iterable[Item]:
    """Go through every version of every event, the oldest first."""
    names = {str(pk): tie.label for pk, tie in ties_of(person).items()}
    rows = LifeEventVersion.objects.filter(person=person).select_related("by")
    for row in rows.order_by("at", "life_event", "version"):
        event = event_of(row.content, is_onset=row.is_onset)
        whom = ", ".join(names[one] for one in event.whom if one in names)
        yield Item(
            title=event.title,
            at=row.at,
            facts=facts(
                ("when", _("When"), when_words(event)),
                (
                    "kind",
                    _("What it has to do with"),
                    _(load_kinds()[event.kind].label),
                ),
                ("effect", _("What it did to my mood"), effect_words(event.effect)),
                ("whom", _("With whom"), whom),
                ("words", _("In my words"), event.words),
                ("onset", _("Here it began"), _("yes") if event.is_onset else ""),
                ("by", _("Written by"), row.by.name),
                (
                    "removed",
                    _("Then"),
                    _("taken off the timeline") if row.is_removed else "",
                ),
            ),
        )
