"""Those whom a supervisor supervises, and how many courses each has."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from openipt.people import queries as people
from openipt.people.models import Member

from .courses import CourseRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Supervised:
    """One therapist under supervision."""

    member_id: UUID
    name: str
    courses: int


def supervised(
    member: Member, rows: Iterable[CourseRow], at: datetime
) -> list[Supervised]:
    """Return those this member supervises now, by name, with how many of the rows each has."""
    counts = Counter(row.therapist_id for row in rows)
    return [
        Supervised(member_id=each.pk, name=each.name, courses=counts[each.pk])
        for each in people.supervisees(member, at)
    ]
