"""The plan of a course as its person takes it away: what was said, what was agreed."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from openipt.courses.models import (
    Contract,
    Diagnosis,
    Formulation,
    FormulationAnswer,
    RecoveryRole,
)
from openipt.people.models import Person
from openipt.web import dates

from .pieces import Item, facts


def plan(person: Person) -> Iterable[Item]:
    """Go through everything in the plan, the oldest first of each sort.

    A formulation that was never shown is a draft of the therapist, and stays with them.
    """
    yield from _diagnoses(person)
    yield from _rests(person)
    yield from _formulations(person)
    for row in Contract.objects.filter(person=person).order_by("agreed_at", "version"):
        yield Item(
            title=_("The contract (version %(n)s)") % {"n": row.version},
            at=row.agreed_at,
            facts=facts(
                ("sessions", _("Sessions"), row.sessions),
                ("minutes", _("Minutes"), row.minutes),
                ("first_on", _("First session"), row.first_on),
                ("last_on", _("Last session"), row.last_on),
                ("missing_rule", _("When a session is missed"), row.missing_rule),
                ("prescriber", _("Who prescribes the medicine"), row.prescriber),
            ),
        )


def _diagnoses(person: Person) -> Iterable[Item]:
    for row in Diagnosis.objects.filter(person=person).order_by("at", "number"):
        yield Item(
            title=row.named,
            at=row.at,
            facts=facts(
                ("said_on", _("Said on"), row.said_on),
                ("explained", _("What was explained"), row.explained),
                ("own_words", _("In my own words"), row.own_words),
                ("present", _("Who was there"), row.present),
                ("points", _("Points"), row.total),
            ),
        )


def _rests(person: Person) -> Iterable[Item]:
    for row in RecoveryRole.objects.filter(person=person).order_by("at", "number"):
        yield Item(
            title=_("What may rest for now"),
            at=row.at,
            facts=facts(
                ("rests", _("What may rest for now"), row.rests),
                ("keeps", _("What I keep up"), row.keeps),
                ("told", _("Who knows"), row.told),
                ("review_on", _("Look at it again on"), row.review_on),
                (
                    "ended",
                    _("Taken up again"),
                    dates.moment(row.ended_at) if row.ended_at else "",
                ),
            ),
        )


def _formulations(person: Person) -> Iterable[Item]:
    said: dict[object, list[FormulationAnswer]] = {}
    answers = FormulationAnswer.objects.filter(
        person=person, side=FormulationAnswer.Side.PERSON
    )
    for answer in answers.order_by("at", "pk"):
        said.setdefault(answer.formulation_id, []).append(answer)
    shown = Formulation.objects.filter(person=person, shown_at__isnull=False)
    for row in shown.order_by("at", "number"):
        yield Item(
            title=_("What it has to do with my life (version %(n)s)")
            % {"n": row.number},
            at=row.shown_at,
            facts=facts(
                ("text", _("The text"), row.text),
                *(
                    (
                        f"answer_{number}",
                        dates.moment(answer.at),
                        _("I agreed") if answer.agrees else answer.words,
                    )
                    for number, answer in enumerate(said.get(row.pk, []), 1)
                ),
            ),
        )
