"""What was answered about attachment and support, as its person takes it away."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from openipt.core.inventory import tie_of
from openipt.core.scales import load_scales, scores_of
from openipt.inventory.models import ScaleEntry
from openipt.people.models import Person
from openipt.web import numbers

from .pieces import Item, facts


def scales_answered(person: Person) -> Iterable[Item]:
    """Go through every administration, the oldest first; set-aside ones say so."""
    rows = ScaleEntry.objects.filter(person=person).select_related(
        "relationship", "entered_by"
    )
    for row in rows.order_by("on_date", "pk"):
        scale = load_scales()[row.scale]
        scores = scores_of(scale, row.answers)
        answers = " ".join("-" if one is None else str(one) for one in row.answers)
        about = tie_of(row.relationship.content).label if row.relationship else ""
        yield Item(
            title=_(scale.name),
            at=row.entered_at,
            facts=facts(
                ("about", _("About whom"), about),
                ("on", _("Answered on"), row.on_date.isoformat()),
                ("answers", _("Answers"), answers),
                *(
                    (part.key, _(part.label), numbers.decimal(score))
                    for part in scale.parts
                    if (score := scores[part.key]) is not None
                ),
                ("by", _("Entered by"), row.entered_by.name),
                ("removed", _("Then"), _("set aside") if row.removed_at else ""),
            ),
        )
