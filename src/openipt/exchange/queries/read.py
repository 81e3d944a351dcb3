"""What a person read, and what was suggested to them, as they take it away."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from openipt.core.readings import load_readings
from openipt.learning.models import ReadingState, Suggestion
from openipt.people.models import Person
from openipt.web import dates

from .pieces import Item, facts


def what_was_read(person: Person) -> Iterable[Item]:
    """Go through what was opened and read, then what was suggested, the oldest first."""
    for row in ReadingState.objects.filter(person=person).order_by("opened_at", "pk"):
        read = dates.moment(row.read_at) if row.read_at else _("not read to the end")
        yield Item(
            title=_title(row.reading),
            at=row.opened_at,
            facts=facts(
                ("read", _("Read"), read), ("version", _("Version"), row.version)
            ),
        )
    rows = Suggestion.objects.filter(person=person).select_related("suggested_by")
    for given in rows.order_by("suggested_at", "pk"):
        ended = dates.moment(given.ended_at) if given.ended_at else ""
        yield Item(
            title=_("Suggested to me: %(title)s") % {"title": _title(given.reading)},
            at=given.suggested_at,
            facts=facts(
                ("by", _("By"), given.suggested_by.name),
                ("words", _("With these words"), given.words),
                ("ended", _("Read or taken back"), ended),
            ),
        )


def _title(reading_id: str) -> str:
    """Return what a reading is called; one that is not there any more keeps its id."""
    reading = load_readings().get(reading_id)
    return _(reading.title) if reading else reading_id
