"""What the two noted of events and mood, as the person takes it away.

It was said by the person and noted with them. Notes of sessions and process notes are
not here: they are what others wrote.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from openipt.core.agenda import move_of
from openipt.encounters.models import MoodLink, MoodLinkVersion
from openipt.people.models import Person
from openipt.web import dates

from .pieces import Fact, Item, facts


def mood_and_events(person: Person) -> Iterable[Item]:
    """Go through every link with all that was said before, the oldest first."""
    before: dict[object, list[MoodLinkVersion]] = {}
    for old in MoodLinkVersion.objects.filter(person=person).order_by("version"):
        before.setdefault(old.link_id, []).append(old)
    rows = MoodLink.objects.filter(person=person).select_related("encounter")
    for row in rows.order_by("pk"):
        title = _("Session %(n)s") % {"n": row.encounter.number}
        for old in before.get(row.pk, []):
            yield Item(
                title=_("%(title)s (version %(n)s)")
                % {"title": title, "n": old.version},
                at=old.at,
                facts=_said(old.content),
            )
        taken_out = dates.moment(row.removed_at) if row.removed_at else ""
        yield Item(
            title=title,
            at=row.at,
            facts=_said(row.content) + facts(("removed", _("Taken out"), taken_out)),
        )


def _said(content: Mapping[str, Any]) -> tuple[Fact, ...]:
    move = move_of(content)
    return facts(
        ("what", _("What happened"), move.what),
        ("whom", _("With whom"), move.whom),
        ("moved", _("How mood moved, from -3 to +3"), str(move.moved)),
    )
