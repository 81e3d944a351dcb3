"""What a course begins with that goes on from another one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from openipt.core.protocols import Variant
from openipt.courses import access
from openipt.courses.models import Course, MaintenanceDecision

from . import courses

DAYS_OF_A_MONTH = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """What stands in the form already, or why it cannot begin."""

    fields: dict[str, Any]
    refusal: str = ""


def going_on_from(course: Course, at: datetime) -> Begun:
    """Return what the form of a maintenance contract begins with.

    Rhythm and horizon are those that were decided; the slot stays.
    """
    contract, variant = courses.latest_contract(course), courses.variant_of(course)
    if refusal := access.refusal_to_continue(course, variant, contract, at):
        return Begun(fields={}, refusal=refusal)
    (next_variant, *_others) = access.maintenance_variants(variant)
    decision = access.latest_decision(course)
    days = (decision and decision.days_between) or next_variant.days_between
    today = at.astimezone(ZoneInfo(course.person.service.zone)).date()
    first_on = max(contract.last_on, today) + timedelta(days=days)
    first_on += timedelta(days=(contract.first_on.weekday() - first_on.weekday()) % 7)
    return Begun(
        fields={
            "person": str(course.person_id),
            "condition": course.condition,
            "variant_id": next_variant.id,
            "sessions": _sessions(decision, next_variant, days),
            "days_between": days,
            "minutes": contract.minutes,
            "first_on": first_on,
            "wall_time": contract.wall_time,
            "prescriber": contract.prescriber or "",
            "missing_rule": contract.missing_rule or "",
        }
    )


def _sessions(decision: MaintenanceDecision | None, variant: Variant, days: int) -> int:
    """Return how many sessions reach to the horizon; the usual number where none is set."""
    months = decision.horizon_months if decision else None
    if months is None:
        return variant.usual_sessions
    return max(round(months * DAYS_OF_A_MONTH / days), 1)
