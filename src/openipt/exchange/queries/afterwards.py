"""The plan for staying well and letters, as their person takes them away."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from openipt.core.afterwards import StayingWell, plan_of
from openipt.courses.models import LetterVersion, StayingWellVersion
from openipt.people.models import Person

from .pieces import Item, facts


def staying_well(person: Person) -> Iterable[Item]:
    """Go through every version of the plan for staying well, the oldest first."""
    rows = StayingWellVersion.objects.filter(person=person).select_related("by")
    for row in rows.order_by("version"):
        plan = plan_of(row.content)
        yield Item(
            title=_("My plan for staying well (version %(n)s)") % {"n": row.version},
            at=row.at,
            facts=facts(
                ("signs", _("My early signs"), "\n".join(plan.signs)),
                ("seen", _("What others notice"), "\n".join(plan.seen)),
                ("steps", _("What I do, one after the other"), "\n".join(plan.steps)),
                ("helps", _("What helps me"), plan.helps),
                ("contacts", _("Whom I call"), _contacts(plan)),
                ("risks", _("Times that may become hard"), plan.risks),
                ("review_on", _("The day I look at this again"), plan.review_on),
                ("shared", _("Shared"), _("yes") if row.shared else _("no")),
                ("by", _("Written by"), row.by.name),
            ),
        )


def letters(person: Person) -> Iterable[Item]:
    """Go through the letters that were given to the person, the oldest first."""
    rows = LetterVersion.objects.filter(person=person, given_at__isnull=False)
    for row in rows.order_by("given_at"):
        yield Item(
            title=_("A letter about my course"),
            at=row.given_at,
            facts=facts(("text", _("The letter"), row.text)),
        )


def _contacts(plan: StayingWell) -> str:
    return "\n".join(
        f"{one.name}: {one.how}" if one.how else one.name for one in plan.contacts
    )
