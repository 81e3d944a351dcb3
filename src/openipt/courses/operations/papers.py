"""The page of before and after, typeset for whoever asks."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openipt import outbox
from openipt.core.ids import new_id
from openipt.courses.models import Course, Paper
from openipt.people import operations as people
from openipt.people.models import Member
from openipt.sql.locks import lock_row

from .trace import say

MAKE = "openipt.home.jobs.make_paper"
"""The part that knows the whole page stands above this one: named here, not imported."""


@transaction.atomic
def ask_for_paper(*, course: Course, language: str, by: Member, at: datetime) -> Paper:
    """Let the page be typeset for this reader; while one is being made, wait for it.

    A new one takes the place of what the reader had before.
    """
    lock_row(Course, course.pk)
    paper = Paper.objects.filter(course=course, asked_by=by).first()
    if paper is not None and paper.made_at is None and paper.language == language:
        return paper
    if paper is None:
        paper = Paper(
            service_id=course.service_id,
            person_id=course.person_id,
            course=course,
            asked_by=by,
        )
    paper.language, paper.asked_at = language, at
    paper.made_at = paper.content = paper.words_version = None
    paper.save()
    outbox.enqueue(
        MAKE,
        due_at=at,
        dedupe_key=f"paper:{new_id()}",
        service_id=course.service_id,
        paper_id=paper.pk,
    )
    say(course, "courses.paper.asked", by=by, at=at)
    return paper


@transaction.atomic
def keep_paper(
    *,
    paper_id: UUID,
    asked_at: datetime,
    content: str,
    words_version: int,
    at: datetime,
) -> None:
    """Keep a page that was made, if it is still the one that was asked for.

    `words_version` is that of the person's words that stand on it, 0 where none do.
    """
    paper = (
        Paper.objects.select_for_update()
        .filter(pk=paper_id, asked_at=asked_at, made_at__isnull=True)
        .select_related("asked_by")
        .first()
    )
    if paper is None:
        return
    paper.content, paper.made_at = content, at
    paper.words_version = words_version
    paper.save(update_fields=["content", "made_at", "words_version"])
    people.touch([paper.asked_by_id])


@transaction.atomic
def drop_paper(*, paper_id: UUID) -> None:
    """Forget a page whose reader may not read the course any more."""
    Paper.objects.filter(pk=paper_id).delete()
