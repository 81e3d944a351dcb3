"""Invented weeks in the journal, and what was agreed to be tried."""

from datetime import datetime, timedelta
from typing import Any

from openipt.core.ids import new_id
from openipt.core.practice import clean, load_kinds
from openipt.practice.models import Entry, Share, Task

from .life import Life
from .rows import Rows

ENTRIES = 6
BEFORE_A_SESSION = timedelta(hours=30)
KIND = "weekly_overview"
DID = ("kept_in", "said_it", "burst_out")


def add_entries(rows: Rows, life: Life) -> None:
    """Add the weekly overviews of the last six sessions; every other one is shared."""
    kind = load_kinds()[KIND]
    for place, number in enumerate(life.held[-ENTRIES:]):
        at = life.starts(number) - BEFORE_A_SESSION
        entry = rows.add(
            Entry(
                **life.owner,
                submission_id=new_id(),
                kind=KIND,
                kind_version=kind.version,
                happened_on=at.date(),
                content=clean(kind, _week(life, place)).content,
                created_at=at,
                updated_at=at,
            )
        )
        if place % 2 == 0:
            rows.add(
                Share(
                    service_id=life.place.service_id,
                    entry=entry,
                    care_id=life.care_id,
                    shared_at=at,
                    first_read_at=life.starts(number),
                )
            )


def add_tasks(rows: Rows, life: Life) -> None:
    """Add one task that was done and talked about, and one that is open."""
    done = life.after(life.held[-2])
    _add_task(
        rows,
        life,
        0,
        agreed_at=done,
        state=Task.State.DONE,
        state_at=done + timedelta(days=3),
        reviewed_at=life.starts(life.held[-1]),
        version=3,
    )
    _add_task(rows, life, 1, agreed_at=life.after(life.held[-1]))


def _add_task(
    rows: Rows, life: Life, place: int, *, agreed_at: datetime, **state: Any
) -> None:
    rows.add(
        Task(
            **life.owner,
            course_id=life.course_id,
            text=life.story["tasks"][place],
            agreed_at=agreed_at,
            agreed_by_id=life.therapist_id,
            due_on=(agreed_at + timedelta(days=6)).date(),
            **state,
        )
    )


def _week(life: Life, place: int) -> dict[str, Any]:
    weeks = life.story["weeks"]
    told = weeks[place % len(weeks)]
    moment = {
        "id": str(new_id()),
        "what_happened": told["happened"],
        "with_whom": life.story["with_whom"],
        "did": DID[place % len(DID)],
        "try_next": told["try_next"],
    }
    return {"how_was_week": told["week"], "moments": [moment]}
