"""What belongs to a person's therapy, as doors with a line each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openipt.courses import queries as courses
from openipt.courses.models import Course, Formulation, FormulationAnswer, Goal, Issue
from openipt.inventory.models import LifeEvent, Relationship
from openipt.learning.models import Suggestion
from openipt.people import queries as people
from openipt.people.models import Member, Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A way to a page: what it is called, what is behind it, and a mark where it waits."""

    title: str
    line: str
    url: str
    icon: str
    mark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Doors that belong together."""

    title: str
    doors: tuple[Door, ...]


def therapy_of(member: Member) -> tuple[Group, ...]:
    """Return the doors of this person's therapy.

    :raises Missing: if the member is no person
    """
    person = people.own_person(member)
    counts = _counts(person)
    newest = Course.objects.filter(person=person).order_by("-started_at", "-pk")
    course_id = newest.values_list("pk", flat=True).first()
    groups = [Group(title=_("My life"), doors=(_people(counts), _timeline(counts)))]
    if course_id is not None:
        working = (_plan(person), _hard(counts), _goals(counts))
        groups.insert(0, Group(title=_("What we work on"), doors=working))
    before_after = (
        Door(
            title=_("Before and after"),
            line=_("In numbers and in your own words"),
            url=reverse("home:own-ending", args=[course_id]),
            icon="progress",
        )
        if course_id is not None
        else None
    )
    kept = [_readings(counts), _staying_well(person), before_after]
    doors = tuple(door for door in kept if door is not None)
    return (*groups, Group(title=_("To read and to keep"), doors=doors))


def _counts(person: Person) -> Mapping[str, int]:
    """Return how many there are of everything that a door counts; one query."""
    running = {"course__ended_at__isnull": True}
    wanted: dict[str, QuerySet[Any]] = {
        "people": Relationship.objects.filter(removed_at__isnull=True),
        "events": LifeEvent.objects.filter(removed_at__isnull=True),
        "hard": Issue.objects.filter(removed_at__isnull=True, **running),
        "goals": Goal.objects.filter(
            ended_at__isnull=True, focus__ended_at__isnull=True, **running
        ),
        "suggested": Suggestion.objects.filter(ended_at__isnull=True),
    }
    columns = {
        name: Coalesce(
            Subquery(
                rows.filter(person=person)
                .order_by()
                .values("person")
                .annotate(n=Count("pk"))
                .values("n"),
                output_field=IntegerField(),
            ),
            0,
        )
        for name, rows in wanted.items()
    }
    row = Person.objects.filter(pk=person.pk).annotate(**columns).values(*columns)
    counted: dict[str, int] = row[0]
    return counted


def _waits_for_answer(person: Person) -> bool:
    """Return whether the newest formulation that was shown waits for the person."""
    shown = Formulation.objects.filter(
        person=person, course__ended_at__isnull=True, shown_at__isnull=False
    ).order_by("-shown_at", F("number").desc())
    newest = shown.values_list("pk", flat=True).first()
    if newest is None:
        return False
    answered = FormulationAnswer.objects.filter(
        formulation_id=newest, side=FormulationAnswer.Side.PERSON
    )
    return not answered.exists()


def _plan(person: Person) -> Door:
    waits = _waits_for_answer(person)
    return Door(
        title=_("My plan"),
        line=_("How it hangs together, what may rest, and what you both agreed to"),
        url=reverse("courses:own-plan"),
        icon="target",
        mark=_("waits for you") if waits else "",
    )


def _hard(counts: Mapping[str, int]) -> Door:
    line = ngettext("%(n)s thing, the hardest first", "%(n)s things, the hardest first", counts["hard"])  # fmt: skip
    return Door(
        title=_("What is hard"),
        line=_counted(line, counts["hard"], _("With whom it is hard, and how much")),
        url=reverse("courses:own-issues"),
        icon="note",
    )


def _goals(counts: Mapping[str, int]) -> Door:
    line = ngettext("%(n)s goal to look at", "%(n)s goals to look at", counts["goals"])
    return Door(
        title=_("What we work on"),
        line=_counted(line, counts["goals"], _("The focus, and how far you have come")),
        url=reverse("courses:own-goals"),
        icon="check",
    )


def _people(counts: Mapping[str, int]) -> Door:
    line = ngettext(
        "%(n)s person in your circle", "%(n)s people in your circle", counts["people"]
    )
    empty = _("Who is close to you, and how it is between you")
    return Door(
        title=_("My people"),
        line=_counted(line, counts["people"], empty),
        url=reverse("inventory:own"),
        icon="circles",
    )


def _timeline(counts: Mapping[str, int]) -> Door:
    line = ngettext(
        "%(n)s thing that happened", "%(n)s things that happened", counts["events"]
    )
    return Door(
        title=_("My timeline"),
        line=_counted(line, counts["events"], _("What happened, and when")),
        url=reverse("home:own-timeline"),
        icon="clock",
    )


def _readings(counts: Mapping[str, int]) -> Door:
    return Door(
        title=_("Readings"),
        line=_("Two minutes each, in plain words"),
        url=reverse("learning:own"),
        icon="eye",
        mark=_("one for you") if counts["suggested"] else "",
    )


def _staying_well(person: Person) -> Door:
    begun, complete = courses.plan_line(person)
    lines = {
        (False, False): _("What you notice first, what helps, and whom to call"),
        (True, False): _("Begun, not complete yet"),
        (True, True): _("Complete, and there when you need it"),
    }
    return Door(
        title=_("My plan for staying well"),
        line=lines[begun, complete],
        url=reverse("home:own-staying-well"),
        icon="sprout",
    )


def _counted(line: str, number: int, empty: str) -> str:
    return line % {"n": number} if number else empty
