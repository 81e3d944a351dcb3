"""How safely the record is kept, for those who run a service: dates and counts only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from openipt.keeping import queries as keeping
from openipt.people.models import Member, Service
from openipt.safety.queries import StaffWarning
from openipt.web.dates import moment

Tone = Literal["", "gold", "clay"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """One thing that should happen again and again, and when it last went well."""

    title: str
    note: str
    last: datetime | None
    minutes: int
    """How long it took, rounded up; 0 if that is not known."""
    tone: Tone


@dataclass(frozen=True, kw_only=True, slots=True)
class Safekeeping:
    """The page about keeping the record."""

    kept: list[Kept]
    service: Service
    has_place: bool
    """Whether the operator has named a place to which copies go by themselves."""


def safekeeping_of(member: Member, at: datetime) -> Safekeeping:
    """Return how the record is kept, as an administrator sees it."""
    return Safekeeping(
        kept=[_copy(at), _drill(at)],
        service=member.service,
        has_place=bool(settings.OPENIPT_BACKUP_DIR),
    )


def recovery_warnings(member: Member) -> list[StaffWarning]:
    """Return what staff must see while their service works on a record from a copy."""
    copied_at = member.service.brought_back_to
    if copied_at is None:
        return []
    sentence = _(
        "The record is a copy of %(moment)s. What was written later may be missing: "
        "please look."
    ) % {"moment": moment(copied_at)}
    url = reverse("home:keeping") if "admin" in member.role_set else ""
    return [StaffWarning(sentence, url, "red")]


def _copy(at: datetime) -> Kept:
    age, found = keeping.age_of_last("copy", at), keeping.last("copy")
    is_old = age is None or age > keeping.COPY_OLD_AFTER
    return Kept(
        title=_("Copy of the record"),
        note=_("Made every night. Without one, a broken disk takes everything."),
        last=found.at if found else None,
        minutes=0,
        tone="clay" if is_old else "",
    )


def _drill(at: datetime) -> Kept:
    age, found = keeping.age_of_last("drill", at), keeping.last("drill")
    is_old = age is None or age > keeping.DRILL_OLD_AFTER
    return Kept(
        title=_("Trial of the newest copy"),
        note=_(
            "Once a week it is brought back beside the record and checked. Red after 14 "
            "days."
        ),
        last=found.at if found else None,
        minutes=-(-found.seconds // 60) if found else 0,
        tone="clay" if is_old else "",
    )
