"""Where a task of a phase is done: the page that it opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from openipt.core.protocols.parts import Page

from .pages import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A page of a course or of its person: its name, its address and whose id that takes."""

    title: str | Promise
    page: str
    subject: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    title: str | Promise
    page: str
    of_person: bool = False
    writers_only: bool = False
    """Whether a supervisor, who reads, has nothing to open there."""


PLACES: Mapping[Page, _Page] = MappingProxyType(
    {
        "diagnosis": _Page(title=gettext_lazy("Diagnosis"), page="courses:diagnosis"),
        "recovery_role": _Page(
            title=gettext_lazy("What may rest for now"), page="courses:recovery-role"
        ),
        "inventory": _Page(
            title=gettext_lazy("The people in their life"),
            page="inventory:people",
            of_person=True,
        ),
        "timeline": _Page(
            title=gettext_lazy("Timeline"), page="home:timeline", of_person=True
        ),
        "focus": _Page(
            title=gettext_lazy("Focus"), page="courses:focus", writers_only=True
        ),
        "formulation": _Page(
            title=gettext_lazy("Formulation"), page="courses:formulation"
        ),
        "contract": _Page(title=gettext_lazy("Contract"), page="courses:contract"),
        "goals": _Page(title=gettext_lazy("Goals"), page="courses:goals"),
        "progress": _Page(title=gettext_lazy("Progress"), page="home:course-progress"),
        "ending": _Page(title=gettext_lazy("Ending"), page="home:ending"),
        "relapse_plan": _Page(
            title=gettext_lazy("Plan for staying well"), page="home:staying-well"
        ),
        "maintenance": _Page(
            title=gettext_lazy("Maintenance"), page="home:maintenance"
        ),
    }
)
"""A page for each word that a task of a phase can open."""


def place_of(opens: Page, record: Record) -> Place | None:
    """Return where a task is done; None where that is by talking, or not for this reader."""
    found = PLACES.get(opens)
    if found is None or (found.writers_only and not record.is_writer):
        return None
    subject = record.person.pk if found.of_person else record.course.pk
    return Place(title=found.title, page=found.page, subject=subject)
