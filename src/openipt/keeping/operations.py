"""Noting what was tried, and how it ended."""

from datetime import datetime

from django.db import transaction

from openipt import audit

from .models import Happening


@transaction.atomic
def note(
    *,
    kind: str,
    went_well: bool,
    at: datetime,
    seconds: int = 0,
    copied_at: datetime | None = None,
) -> None:
    """Note that a copy, drill or upgrade ended, and how."""
    Happening(
        kind=kind, at=at, went_well=went_well, seconds=seconds, copied_at=copied_at
    ).save(force_insert=True)
    outcome = "passed" if went_well else "failed"
    audit.record(action=f"keeping.{kind}.{outcome}", resource="record", at=at, by=None)
