"""Work that must happen: typesetting the page of before and after."""

import json
from base64 import b64encode
from collections.abc import Mapping
from importlib.resources import as_file, files
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django_tasks import task

from openipt.courses import operations
from openipt.courses import queries as courses
from openipt.home.queries.paper import words_of
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
    with translation.override(paper.language), timezone.override(zone):
        summary = summary_of(
            courses.latest_contract(course),
            courses.ending_of(course),
            for_person=course.person.member_id == paper.asked_by_id,
        )
        lines = safety.lines_for(
            course.service_id, course.person.country, timezone.localdate(at)
        )
        made = typeset(words_of(summary, lines))
    operations.keep_paper(
        paper_id=paper.pk,
        asked_at=paper.asked_at,
        content=b64encode(made).decode(),
        at=at,
    )


def typeset(words: Mapping[str, Any]) -> bytes:
    """Return the page as a PDF/UA-1: tagged, so that a screen reader reads it in order.

    `words` is everything that stands on it. typst is loaded here and nowhere else: it
    needs 46 MB that no process of the web should hold.
    """
    import typst

    template = files("openipt.home") / "typst" / "summary.typ"
    with as_file(template) as path:
        made = typst.compile(
            str(path), sys_inputs={"data": json.dumps(words)}, pdf_standards=["ua-1"]
        )
    return bytes(made)
