"""What is there of that which a phase needs before it opens."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from openipt.core.protocols.parts import Need
from openipt.courses.models import (
    Contract,
    Course,
    Diagnosis,
    Focus,
    RecoveryRole,
    Remission,
)
from openipt.inventory import queries as inventory

from . import courses, formulation


def _is_prescribed(course: Course) -> bool:
    return bool(courses.latest_contract(course).prescriber)


LOOK_UP: Mapping[Need, Callable[[Course], bool]] = MappingProxyType(
    {
        "inventory": lambda course: inventory.count_of(course.person) > 0,
        "timeline": lambda course: inventory.event_count_of(course.person) > 0,
        "focus": lambda course: Focus.objects.filter(
            course=course, ended_at__isnull=True
        ).exists(),
        "formulation": formulation.is_accepted,
        "contract": lambda course: Contract.objects.filter(course=course).exists(),
        "diagnosis": lambda course: Diagnosis.objects.filter(course=course).exists(),
        "recovery_role": lambda course: RecoveryRole.objects.filter(
            course=course
        ).exists(),
        "prescriber": _is_prescribed,
        "remission": lambda course: Remission.objects.filter(course=course).exists(),
    }
)
"""What looks a need up. One that nobody can look up here is not asked for."""


def present_of(course: Course, wanted: Iterable[Need]) -> frozenset[Need]:
    """Return which of these needs are met in a course."""
    return frozenset(
        need for need in wanted if need not in LOOK_UP or LOOK_UP[need](course)
    )
