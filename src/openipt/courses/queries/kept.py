"""Since when the pages of a course hold what a task of its phases asks for."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from openipt.core.protocols.parts import Page
from openipt.courses.models import (
    Contract,
    Course,
    Diagnosis,
    Focus,
    MaintenanceDecision,
    RecoveryRole,
)
from openipt.inventory import queries as inventory
from openipt.people.models import Member
from openipt.sql.prepared import Prepared

from .afterwards import how_it_went, seen_plan
from .formulation import shown, versions_of


@dataclass(frozen=True, kw_only=True, slots=True)
class _Look:
    """Who looks at which course, and when."""

    member: Member
    course: Course
    at: datetime


def kept_on_pages(
    member: Member, course: Course, pages: Collection[str], at: datetime
) -> dict[str, datetime]:
    """Return since when these pages of a course hold what is done there.

    A page that holds nothing yet is left out. The course was reached by this member.
    """
    look = _Look(member=member, course=course, at=at)
    found = ((page, LOOK_UP[page](look)) for page in LOOK_UP if page in pages)
    return {page: since for page, since in found if since is not None}


def _diagnosis(look: _Look) -> datetime | None:
    rows = Diagnosis.objects.filter(course=look.course).order_by("number")
    return rows.values_list("at", flat=True).first()


def _recovery_role(look: _Look) -> datetime | None:
    rows = RecoveryRole.objects.filter(course=look.course).order_by("number")
    return rows.values_list("at", flat=True).first()


def _people(look: _Look) -> datetime | None:
    return inventory.shared_since(look.course.person)[0]


def _timeline(look: _Look) -> datetime | None:
    return inventory.shared_since(look.course.person)[1]


def _focus(look: _Look) -> datetime | None:
    rows = Focus.objects.filter(course=look.course, ended_at__isnull=True)
    return rows.order_by("agreed_at").values_list("agreed_at", flat=True).first()


def _formulation(look: _Look) -> datetime | None:
    """Return since when both agree to the newest version that was shown."""
    newest = shown(versions_of(look.course))
    if newest is None or not newest.is_accepted:
        return None
    return max(one.at for one in (newest.person, newest.therapist) if one)


def _contract(look: _Look) -> datetime | None:
    rows = Contract.objects.filter(course=look.course).order_by("version")
    return rows.values_list("agreed_at", flat=True).first()


def _relapse_plan(look: _Look) -> datetime | None:
    """Return since when the plan is complete, if it was written in this course.

    It counts where whoever looks may read it.
    """
    plan = seen_plan(look.member, look.course.person, look.at)
    written = plan.updated_at if plan.is_there and plan.missing is None else None
    return written if written and written >= look.course.started_at else None


def _maintenance(look: _Look) -> datetime | None:
    """Return when it was decided; another treatment is decided where they look back."""
    if decided := _DECIDED.rows(course=look.course.pk):
        at: datetime = decided[0][0]
        return at
    went = how_it_went(look.course)
    return went[0].row.at if went and went[0].steps else None


_DECIDED = Prepared(
    lambda course: (
        MaintenanceDecision.objects.filter(course_id=course)
        .order_by("-at", "-pk")
        .values_list("at")[:1]
    ),
    course=UUID,
)


LOOK_UP: Mapping[Page, Callable[[_Look], datetime | None]] = MappingProxyType(
    {
        "diagnosis": _diagnosis,
        "recovery_role": _recovery_role,
        "inventory": _people,
        "timeline": _timeline,
        "focus": _focus,
        "formulation": _formulation,
        "contract": _contract,
        "relapse_plan": _relapse_plan,
        "maintenance": _maintenance,
    }
)
"""What looks a page up. Goals, progress and ending hold something from the start on."""
