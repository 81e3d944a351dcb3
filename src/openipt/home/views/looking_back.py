"""What both pages of an ending share: the person's words, and the page on paper."""

from base64 import b64decode
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from openipt.core.errors import Stale
from openipt.courses import operations
from openipt.courses import queries as courses
from openipt.home.forms import WordsForm
from openipt.home.queries.paper import name_of
from openipt.people import operations as people_operations
from openipt.people import queries as people
from openipt.web.clock import now
from openipt.web.fields import about_version
from openipt.web.http import Request

if TYPE_CHECKING:
    from openipt.courses.models import Course, Ending


def draft_key(course: "Course") -> str:
    """Return under which key the unfinished words about a course are kept."""
    return f"ending:{course.pk}"


def words_form(
    request: Request, course: "Course", ending: "Ending | None"
) -> WordsForm:
    """Return the form of the person's words, with what is kept or was left unfinished."""
    kept: dict[str, Any] = {}
    if ending is not None:
        kept = {name: getattr(ending, name) or "" for name in courses.WORDS}
        kept |= {"shared": ending.shared, "version": ending.words_version}
    draft = people.draft_of(request.member, draft_key(course)) or {}
    return WordsForm(initial=kept | draft)


def keep_words(
    request: Request, course: "Course", form: WordsForm, *, shared: bool | None = None
) -> str:
    """Keep what a valid form says; return why it could not be kept, or "".

    `shared` overrides what the form says, where nobody needs to be asked.
    """
    try:
        operations.keep_words(
            course=course,
            words=form.words(),
            shared=form.cleaned_data["shared"] if shared is None else shared,
            version=form.cleaned_data["version"],
            by=request.member,
            at=now(),
        )
    except Stale as stale:
        ending = courses.ending_of(course)
        about_version(form, ending.words_version if ending else 0)
        return str(stale)
    people_operations.drop_draft(member=request.member, key=draft_key(course))
    return ""


def download(request: Request, course: "Course") -> HttpResponse:
    """Return the PDF that this reader asked for, as a file to keep.

    :raises Missing: if they did not ask, or it is still being made
    """
    content = b64decode(courses.typeset(request.member, course))
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name_of(course)}"'},
    )
