"""Puts a word of its own into every sealed field, and says who may ever find it.

The table is written by hand, apart from the code that decides: the two must agree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from openipt.people.models import Member
from openipt.practice.models import Share
from openipt.vault.fields import SealedJSON, SealedText

from .world import RELATIONS, World, relation

SHAPE = re.compile(r"zq([a-z]+)7([A-Za-z]+)7([a-z]+)7(\d+)zq")

# Model.field -> which relations to whom it is about may find it on some page. No more than
# is shown: a page that begins to show more teaches this table first.
MAY_FIND: dict[str, set[str]] = {
    "Person.name": {"self", "team", "supervisor", "told", "admin"},
    "Person.called": {"self", "team", "supervisor"},
    "Person.phone": {"self", "team", "supervisor", "told"},
    "CareRelationship.endreason": set(),
    "CareChange.reason": {"admin"},
    "Alert.outcome": {"team", "supervisor"},
    "AlertSource.answer": {"self", "team", "supervisor", "told"},
    "AlertEvent.note": {"team", "supervisor", "told"},
    "Contract.missingrule": {"self", "team", "supervisor"},
    "Contract.reason": {"team", "supervisor"},
    "Focus.about": {"self", "team", "supervisor"},
    "Focus.details": {"self", "team", "supervisor"},
    "Focus.reason": {"team", "supervisor"},
    "Focus.endedwords": {"team", "supervisor"},
    "FocusVersion.content": {"self"},
    # What is hard, and the goals: the person and their care team write them together.
    "Issue.title": {"self", "team", "supervisor"},
    "Issue.about": {"self", "team", "supervisor"},
    "Issue.who": {"self", "team", "supervisor"},
    "IssueVersion.content": {"self"},
    "Goal.title": {"self", "team", "supervisor"},
    "Goal.levels": {"self", "team", "supervisor"},
    "GoalVersion.content": {"self"},
    "GoalRating.words": {"self", "team", "supervisor"},
    # What somebody says when they look back is theirs until they share it; here they do not.
    "Ending.better": {"self"},
    "Ending.helped": {"self"},
    "Ending.unfinished": {"self"},
    "Ending.signs": {"self"},
    "EndingVersion.words": {"self"},
    # The team reads these two once the course has ended; here it has not.
    "Ending.afterwards": {"self"},
    "Ending.earlywords": set(),
    # Shown where a course ended as agreed though something was open; here none has.
    "Ending.despite": set(),
    # Ana shares her plan for staying well; so does Eva, and Bea keeps hers to herself.
    "StayingWellPlan.content": {"self", "team", "supervisor"},
    # Who wrote when is shown of the versions, and not what they said.
    "StayingWellVersion.content": {"self"},
    "MaintenanceDecision.reason": {"team", "supervisor"},
    "MaintenanceDecision.reasonwithout": {"team", "supervisor"},
    "MaintenanceDecision.stoprule": {"team", "supervisor"},
    "MaintenanceDecision.reasonopen": {"team", "supervisor"},
    "HowItWent.words": {"team", "supervisor"},
    # The second version was given to the person.
    "LetterVersion.text": {"self", "team", "supervisor"},
    "Outreach.note": {"team", "supervisor"},
    # Asked by Ana and Eva, and an answer is proposed: those who decide read it.
    "ErasureRequest.why": {"admin", "manager"},
    "ErasureRequest.answer": {"admin", "manager"},
    "Task.text": {"self", "team", "supervisor"},
    "Task.whathappened": {"self", "team", "supervisor"},
    "Note.text": {"team", "supervisor"},
    # Beside what stands now, when two people changed a note at once.
    "NoteVersion.text": {"team"},
    "Addendum.text": {"team", "supervisor"},
    "Contract.prescriber": {"self", "team", "supervisor"},
    # What the two found out; the person reads it on their own page.
    "Diagnosis.named": {"self", "team", "supervisor"},
    "Diagnosis.explained": {"self", "team", "supervisor"},
    "Diagnosis.ownwords": {"self", "team", "supervisor"},
    "Diagnosis.present": {"self", "team", "supervisor"},
    "RecoveryRole.rests": {"self", "team", "supervisor"},
    "RecoveryRole.keeps": {"self", "team", "supervisor"},
    "RecoveryRole.told": {"self", "team", "supervisor"},
    "RecoveryRole.reason": {"team", "supervisor"},
    "PhaseEntry.reason": {"team", "supervisor"},
    "Remission.words": {"team", "supervisor"},
    # The shown version; the draft after it is the team's.
    "Formulation.text": {"self", "team", "supervisor"},
    "Formulation.unshown": {"team", "supervisor"},
    "FormulationAnswer.words": {"self", "team", "supervisor"},
    "Note.withoutlink": {"team", "supervisor"},
    # Own points of an agenda; what they said before is kept and not shown.
    "SessionPlan.content": {"team", "supervisor"},
    "SessionPlanVersion.content": set(),
    # What happened and how mood moved: the person takes it away with their data.
    "MoodLink.content": {"self", "team", "supervisor"},
    "MoodLinkVersion.content": {"self"},
    # Only its author, whose word it carries: no supervisor, no colleague, not the person.
    "ProcessNote.text": {"own"},
    "ProcessNoteVersion.text": set(),
    # The people in a life: Ana and Eva have agreed to look at them with their team.
    "Relationship.content": {"self", "team", "supervisor"},
    "RelationshipVersion.content": {"self", "team", "supervisor"},
    # A word that goes with a suggested reading: for the person, and for who treats them.
    "Suggestion.words": {"self", "team", "supervisor"},
    "LifeEvent.content": {"self", "team", "supervisor"},
    # What an event was before stands on its form, which a supervisor does not open.
    "LifeEventVersion.content": {"self", "team"},
    # A page of the journal: the person's own; "shared" is with whom it is shared by name.
    "Entry.private": {"self"},
    "Entry.shared": {"self", "shared"},
    "EntryVersion.content": {"self"},
    # Sealed for a member: who they are is known in their service, the rest is theirs.
    "Member.name": {"colleague"},
    "MemberChange.reason": {"console"},
    "Draft.content": {"own"},
}
NO_WORDS = {
    "Person.bornon", "Answering.items", "Issue.answers", "LetterVersion.content",
    "Paper.content", "ScaleEntry.answers",
}  # fmt: skip
"""Sealed, but a date, codes and a PDF: no word can stand there."""


@dataclass(frozen=True)
class Canary:
    """A word in a sealed field: whose it is, where it stands."""

    whose: str
    model: str
    field: str
    n: str

    @property
    def place(self) -> str:
        return f"{self.model}.{self.field}"


def sealed_fields() -> Iterator[tuple[type, list]]:
    """Yield every model with sealed fields, and those fields."""
    for model in apps.get_models():
        fields = [
            f for f in model._meta.fields if isinstance(f, SealedText | SealedJSON)
        ]
        if fields:
            yield model, fields


def plant(world: World) -> int:
    """Overwrite every sealed text with a canary; return how many were planted."""
    planted = 0
    for model, fields in sealed_fields():
        for row in model._default_manager.all():
            names = [
                field
                for field in fields
                if place_of(model, field) not in NO_WORDS and getattr(row, field.name)
            ]
            whose = label_of(world, row)
            for field in names:
                planted += 1
                name = _field_of(row, field)
                canary = f"zq{whose}7{model.__name__}7{name}7{planted}zq"
                _plant_in(row, field, canary)
            if names:
                row.save(update_fields=[field.name for field in names])
    return planted


def place_of(model: type, field) -> str:
    return f"{model.__name__}.{field.name.replace('_', '')}"


def label_of(world: World, row) -> str:
    """Return whose a row is: a course's if it belongs to one, else a person's or member's."""
    if type(row).__name__.startswith("ProcessNote"):
        return world.labels[row.author_id]
    course = getattr(row, "course_id", None)
    for step in (
        "encounter", "note", "ending", "issue", "focus", "goal", "formulation", "letter",
        "plan", "link",
    ):  # fmt: skip
        held = getattr(row, step, None)
        held = getattr(held, "encounter", held)
        course = course or getattr(held, "course_id", None)
    if course is not None and type(row).__name__ != "CareRelationship":
        return world.labels[course]
    return world.labels[getattr(row, row.sealed_for)]


def _field_of(row, field) -> str:
    if type(row).__name__ == "Formulation":
        return "text" if row.shown_at else "unshown"
    if type(row).__name__ == "Entry":
        shared = Share.objects.filter(entry=row, ended_at__isnull=True)
        return "shared" if shared.exists() else "private"
    return field.name.replace("_", "")


def _plant_in(row, field, canary: str) -> None:
    value = getattr(row, field.name)
    setattr(row, field.name, _in_leaves(value, canary))


KEPT = {
    "answers", "area", "contact", "did", "id", "just_me", "key", "kind", "relationship",
    "review_on", "standing", "state", "until", "version", "when", "whom",
}  # fmt: skip
"""Keys of a page, an agenda, a life or something hard that hold codes, not words."""


def _in_leaves(value, canary: str):
    if isinstance(value, dict):
        return {
            key: inner if key in KEPT else _in_leaves(inner, canary)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_in_leaves(inner, canary) for inner in value]
    return canary if isinstance(value, str) and value else value


def found_in(text: str) -> set[Canary]:
    return {Canary(*match) for match in SHAPE.findall(text)}


def wrong_in(world: World, actor: str, text: str) -> set[Canary]:
    """Return the words in a text that this actor may never find."""
    return {canary for canary in found_in(text) if not may_find(world, actor, canary)}


def may_find(world: World, actor: str, canary: Canary) -> bool:
    """Return what the table says: may this actor ever find this word on a page?"""
    member = world.actors[actor]
    if member is None or member.state != Member.State.ACTIVE:
        return False
    allowed = MAY_FIND[canary.place]
    if "own" in allowed:
        return canary.whose == actor.replace("_", "")
    if canary.whose in RELATIONS:
        if "colleague" in allowed:  # what a person is called, as a member
            allowed = MAY_FIND["Person.name"]
        if "console" in allowed:
            allowed = {"admin"}
        return bool(allowed & relation(actor, canary.whose))
    if canary.whose in SERVICE_OF:  # members who try no doors
        service = SERVICE_OF[canary.whose]
    else:
        service = next(
            known.service.name
            for name, known in world.actors.items()
            if known is not None and name.replace("_", "") == canary.whose
        )
    if member.service.name != service:
        return False
    return "colleague" in allowed or "admin" in member.role_set


SERVICE_OF = {"harbour": "Harbour Practice", "hill": "Hill Practice"}
