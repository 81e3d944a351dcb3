"""Work that must happen: typesetting before and after, and letters."""

from base64 import b64encode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django_tasks import task

from openipt.courses import operations
from openipt.courses import queries as courses
from openipt.home.press import typeset
from openipt.home.queries.circle_then import circle_then
from openipt.home.queries.letter import letter_words
from openipt.home.queries.paper import Kept, words_of
from openipt.home.queries.summary import summary_of
from openipt.safety import queries as safety
from openipt.web.clock import now


@task()  # type: ignore[untyped-decorator]  # the package has no types here
def make_paper(paper_id: str) -> None:
    """Typeset the page for whoever asked, as it is now; nothing if they may not read it."""
    at = now()
    paper = courses.paper_to_make(UUID(paper_id))
    if paper is None:
        return
    if not courses.may_have_paper(paper, at):
        operations.drop_paper(paper_id=paper.pk)
        return
    course = paper.course
    zone = ZoneInfo(paper.service.zone)
    mine = course.person.member_id == paper.asked_by_id
    with translation.override(paper.language), timezone.override(zone):
        contract = courses.latest_contract(course)
        summary = summary_of(contract, courses.ending_of(course), for_person=mine)
        lines = safety.lines_for(
            course.service_id, course.person.country, timezone.localdate(at)
        )
        kept = Kept(
            goals=courses.reached_in(course),
            circle=circle_then(course, contract, for_person=mine),
            plan=courses.seen_plan(paper.asked_by, course.person, at).plan,
        )
        made = typeset(words_of(summary, lines, kept))
    operations.keep_paper(
        paper_id=paper.pk,
        asked_at=paper.asked_at,
        content=b64encode(made).decode(),
        words_version=summary.words_version,
        at=at,
    )


@task()  # type: ignore[untyped-decorator]  # as above
def make_letter(letter_version_id: str) -> None:
    """Typeset a letter that was given to the person; nothing if that is done."""
    letter = courses.letter_to_make(UUID(letter_version_id))
    if letter is None:
        return
    zone = ZoneInfo(letter.service.zone)
    with translation.override(letter.language), timezone.override(zone):
        made = typeset(letter_words(letter), "letter")
    operations.keep_letter(
        letter_version_id=letter.pk, content=b64encode(made).decode(), at=now()
    )
