"""What was hard, what was worked on, and how far goals were, as the person takes it away."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from openipt.core.goals import load_steps, step_at
from openipt.core.protocols import ProblemArea
from openipt.courses.models import (
    Course,
    Focus,
    FocusVersion,
    GoalRating,
    GoalVersion,
    IssueVersion,
)
from openipt.courses.queries import variant_of
from openipt.inventory import queries as inventory
from openipt.people.models import Person

from .pieces import Fact, Item, facts


def hard(person: Person) -> Iterable[Item]:
    """Go through every version of everything that was hard, the oldest first."""
    names = {
        str(one.relationship_id): one.tie.label
        for one in inventory.everybody_of(person)
    }
    rows = IssueVersion.objects.filter(person=person).select_related(
        "by", "issue__course"
    )
    near = {True: _("yes"), False: _("no"), None: ""}
    for row in rows.order_by("at", "version"):
        said = row.content
        areas = _areas(row.issue.course)
        area = areas.get(said["area"])
        yes = [
            _(question.text)
            for one in areas.values()
            for question in one.shown_questions
            if f"{one.key}.{question.key}" in said["answers"]
        ]
        yield Item(
            title=said["title"],
            at=row.at,
            facts=facts(
                ("severity", _("How hard"), str(said["severity"])),
                (
                    "who",
                    _("With whom"),
                    names.get(said["relationship"], "") or said["who"],
                ),
                ("about", _("What happens"), said["about"]),
                ("near_onset", _("Near the start"), near[said["near_onset"]]),
                ("area", _("What it may be"), _(area.plain) if area else ""),
                ("answers", _("What applies"), " ".join(yes)),
                ("by", _("Written by"), row.by.name),
                (
                    "removed",
                    _("Then"),
                    _("taken off the list") if row.is_removed else "",
                ),
            ),
        )


def foci(person: Person) -> Iterable[Item]:
    """Go through what was worked on, with every way in which it was put."""
    rows = Focus.objects.filter(person=person).select_related("course", "agreed_by")
    versions: dict[object, list[FocusVersion]] = {}
    kept = FocusVersion.objects.filter(person=person).select_related("by")
    for row in kept.order_by("version"):
        versions.setdefault(row.focus_id, []).append(row)
    for focus in rows.order_by("agreed_at", "pk"):
        area = _areas(focus.course).get(focus.area)
        title = _(area.plain) if area else focus.area
        if not versions.get(focus.pk):
            yield Item(
                title=title,
                at=focus.agreed_at,
                facts=facts(
                    ("about", _("What it is about"), focus.about),
                    ("by", _("Written by"), focus.agreed_by.name),
                ),
            )
        for row in versions.get(focus.pk, []):
            yield Item(title=title, at=row.at, facts=_put(row, area))


def goals(person: Person) -> Iterable[Item]:
    """Go through every version of every goal and every rating, the oldest first."""
    for row in (
        GoalVersion.objects.filter(person=person)
        .select_related("by")
        .order_by("at", "version")
    ):
        yield Item(
            title=row.content["title"],
            at=row.at,
            facts=facts(
                *(
                    (
                        f"level_{step.key}",
                        _(step.label),
                        row.content["levels"].get(step.key),
                    )
                    for step in load_steps()
                ),
                ("by", _("Written by"), row.by.name),
            ),
        )
    rated = GoalRating.objects.filter(person=person).select_related("by", "goal")
    for one in rated.order_by("at", "pk"):
        said = _("me") if one.said == GoalRating.Said.PERSON else one.by.name
        yield Item(
            title=_("How far: %(goal)s") % {"goal": one.goal.title},
            at=one.at,
            facts=facts(
                ("level", _("Where it was"), _(step_at(one.level).label)),
                ("words", _("A word about it"), one.words),
                ("said", _("Said by"), said),
            ),
        )


def _areas(course: Course) -> dict[str, ProblemArea]:
    return {area.key: area for area in variant_of(course).known_areas}


def _put(row: FocusVersion, area: ProblemArea | None) -> tuple[Fact, ...]:
    details = row.content["details"]
    stages = {stage.key: stage.text for stage in area.stages} if area else {}
    written = [
        (
            one.key,
            _(one.label),
            _(stages[details[one.key]])
            if one.kind == "stage" and details[one.key] in stages
            else details[one.key],
        )
        for one in (area.details if area else ())
        if details.get(one.key)
    ]
    ended = row.content.get("ended") or {}
    return facts(
        ("about", _("What it is about"), row.content["about"]),
        *written,
        ("reason", _("Why it is different here"), row.content["reason"]),
        ("ended", _("Then"), _("the work on it ended") if ended else ""),
        ("ended_words", _("A word about it"), ended.get("words", "")),
        ("by", _("Written by"), row.by.name),
    )
