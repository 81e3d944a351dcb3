"""A letter that the person can take to their doctor: written, changed, given to them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openipt import outbox
from openipt.core.errors import Invalid, Stale
from openipt.core.ids import new_id
from openipt.courses.models import Course, Letter, LetterVersion
from openipt.people import operations as people
from openipt.people.models import Member
from openipt.sql.locks import lock_row

from .trace import say

MAKE = "openipt.home.jobs.make_letter"
"""Named here, not imported: the part that typesets stands above this one."""


@transaction.atomic
def write_letter(
    *, course: Course, text: str, version: int, by: Member, at: datetime
) -> LetterVersion:
    """Keep a letter; the same again changes nothing, and no version is ever lost.

    `version` is the one that was read, 0 for the first.

    :raises Invalid: without any words
    :raises Stale: if it was changed meanwhile
    """
    if not text.strip():
        raise Invalid(_("Write the letter first."))
    letter = _locked(course)
    newest = _newest(letter)
    if newest is not None and newest.text == text:
        return newest
    if letter.version != version:
        raise Stale(_("This letter was changed meanwhile, perhaps in another window."))
    letter.version += 1
    letter.save(update_fields=["version"])
    row: LetterVersion = LetterVersion.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        letter=letter,
        version=letter.version,
        text=text,
        by=by,
        at=at,
    )
    say(course, "courses.letter.written", by=by, at=at)
    return row


@transaction.atomic
def give_letter(
    *, course: Course, version: int, language: str, by: Member, at: datetime
) -> LetterVersion:
    """Let the person have the letter, typeset, on their page; twice is once.

    :raises Invalid: if there is none
    :raises Stale: if it was changed since it was read
    """
    letter = _locked(course)
    newest = _newest(letter)
    if newest is None:
        raise Invalid(_("Write the letter first."))
    if newest.version != version:
        raise Stale(
            _("This letter was changed meanwhile. Read it again, then give it to them.")
        )
    if newest.given_at is not None:
        return newest
    newest.given_by, newest.given_at, newest.language = by, at, language
    newest.save(update_fields=["given_by", "given_at", "language"])
    outbox.enqueue(
        MAKE,
        due_at=at,
        dedupe_key=f"letter:{new_id()}",
        service_id=course.service_id,
        letter_version_id=newest.pk,
    )
    say(course, "courses.letter.given", by=by, at=at)
    return newest


@transaction.atomic
def keep_letter(*, letter_version_id: UUID, content: str, at: datetime) -> None:
    """Keep the typeset letter; the first one that was made stays."""
    # Only its own row: who gave it may be nobody, and PostgreSQL locks no such join.
    found = LetterVersion.objects.select_for_update(of=("self",)).filter(
        pk=letter_version_id, made_at__isnull=True
    )
    row = found.select_related("letter__course__person", "given_by").first()
    if row is None:
        return
    row.content, row.made_at = content, at
    row.save(update_fields=["content", "made_at"])
    people.touch({row.given_by_id, row.letter.course.person.member_id})


def _locked(course: Course) -> Letter:
    lock_row(Course, course.pk)
    letter, _is_new = Letter.objects.get_or_create(
        course=course,
        defaults={"service_id": course.service_id, "person_id": course.person_id},
    )
    return letter


def _newest(letter: Letter) -> LetterVersion | None:
    return LetterVersion.objects.filter(letter=letter).order_by("-version").first()
