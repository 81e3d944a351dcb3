"""Answering: one question a screen or all on one page; every answer is kept at once.

A module of the page sends an answer as it is chosen and asks for JSON: it is told where
to go on. Without JavaScript the button sends the same form and the answer is a redirect.
"""

from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from openipt.core.errors import Refused, Stale
from openipt.people import operations as people_operations
from openipt.people import queries as people
from openipt.questionnaires import forms, operations, queries
from openipt.questionnaires.queries import Sheet
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request

WAY_COOKIE = "openipt-questions"
"""Remembers on this device whether somebody likes one question a screen or one page."""

_YEAR = 365 * 24 * 60 * 60


@open_to("person")
def start(request: Request, measure: str) -> HttpResponse:
    """What the questionnaire is, how long it takes, and two ways to answer it."""
    at = now()
    person = people.own_person(request.member)
    asking = queries.asking_for(person, measure, at)
    if asking.closed:
        raise Refused(asking.closed)
    if request.method == "POST":
        operations.start_answering(
            person=person, measure=measure, by=request.member, at=at
        )
        way = "page" if request.POST.get("way") == "page" else "one"
        sheet = queries.sheet_for(request.member, measure, at)
        return _remember(redirect(_first_address(measure, sheet, way)), way)
    context = {
        "asking": asking,
        "due": asking.due,
        "refusal": asking.refusal_to_start,
        "words": asking.words,
        "minutes": queries.minutes_for(asking.measure),
        "likes_page": request.COOKIES.get(WAY_COOKIE) == "page",
    }
    return render(request, "questionnaires/start.html", context)


@open_to("person")
def question(request: Request, measure: str, place: int) -> HttpResponse:
    """One question on a screen."""
    at = now()
    sheet = _sheet(request, measure, at)
    if sheet is None:
        return redirect("questionnaires:start", measure)
    asked = sheet.question(place)
    key = f"measure:{sheet.answering.pk}:{place}"
    if request.method != "POST":
        _refuse_closed(sheet, place, at)
        draft = people.draft_of(request.member, key) or {}
        form = forms.ChooseAnswer(question=asked, initial=_answer_of(draft))
    else:
        form = forms.ChooseAnswer(request.POST, question=asked)
    if form.is_valid():
        level = operations.choose(
            answering=sheet.answering,
            item=asked.key,
            code=form.cleaned_data["answer"],
            by=request.member,
            at=at,
        )
        people_operations.drop_draft(member=request.member, key=key)
        answered = sheet.with_answer(place, form.cleaned_data["answer"])
        return _go_on(request, _address(measure, answered.after(place)), level)
    context = {"sheet": sheet, "asked": asked, "form": form, "draft_key": key}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "questionnaires/question.html", context, status=status)


@open_to("person")
def page(request: Request, measure: str) -> HttpResponse:
    """All questions on one page."""
    at = now()
    sheet = _sheet(request, measure, at)
    if sheet is None:
        return redirect("questionnaires:start", measure)
    key = f"measure:{sheet.answering.pk}:page"
    if request.method != "POST":
        _refuse_closed(sheet, None, at)
        draft = people.draft_of(request.member, key)
        form = forms.AnswerPage(questions=sheet.questions, initial=draft)
    else:
        form = forms.AnswerPage(request.POST, questions=sheet.questions)
    if form.is_valid():
        return _keep_page(request, sheet, form.codes(), key, at)
    if form.errors:
        # What is wrong does not hold back what is right: a risk answer least of all.
        level = operations.choose_all(
            answering=sheet.answering, codes=form.codes(), by=request.member, at=at
        )
        if level:
            return _go_on(request, request.path, level)
    context = {"sheet": sheet, "form": form, "draft_key": key}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    answer = render(request, "questionnaires/page.html", context, status=status)
    return _remember(answer, "page")


@open_to("person")
def finish(request: Request, measure: str) -> HttpResponse:
    """The answers once more before they are sent; honest about what is missing."""
    at = now()
    named = forms.answering_named(request.POST)
    if request.method == "POST" and named is not None:
        done = queries.done_already(request.member, named)
        if done is not None:
            return redirect("questionnaires:result", done.pk)
    sheet = _sheet(request, measure, at)
    if sheet is None:
        return redirect("questionnaires:start", measure)
    if request.method == "POST":
        done = operations.finish(answering=sheet.answering, by=request.member, at=at)
        return redirect("questionnaires:result", done.pk)
    likes_page = request.COOKIES.get(WAY_COOKIE) == "page"
    context = {"sheet": sheet, "likes_page": likes_page}
    return render(request, "questionnaires/finish.html", context)


def _sheet(request: Request, measure: str, at: datetime) -> Sheet | None:
    """Return the sheet that is open, or the one the form names.

    None sends a reader to the start; a form that has nothing to go to is told so.
    """
    named = forms.answering_named(request.POST)
    sheet = queries.sheet_for(request.member, measure, at, named)
    if sheet is None and request.method == "POST":
        raise Stale(
            _("This questionnaire is not open, so nothing was kept. Begin it anew.")
        )
    return sheet


def _refuse_closed(sheet: Sheet, place: int | None, at: datetime) -> None:
    """Refuse to ask a risk item while nobody is named to read the answer.

    Only asking is refused: an answer that comes in is kept, and raises its alert.
    """
    risky = sheet.measure.risk_items
    is_asked = bool(risky) if place is None else place in risky
    if is_asked and (closed := queries.closed_now(sheet.answering, at)):
        raise Refused(closed)


def _keep_page(
    request: Request, sheet: Sheet, codes: dict[str, int], key: str, at: datetime
) -> HttpResponse:
    measure = sheet.measure.id
    if _wants_json(request):
        # Each choice sends the whole page; help comes for the answer that is new.
        level = operations.choose_all(
            answering=sheet.answering,
            codes=sheet.new_among(codes),
            by=request.member,
            at=at,
        )
        return _go_on(request, reverse("questionnaires:page", args=[measure]), level)
    kept, level = operations.answer_page(
        answering=sheet.answering, codes=codes, by=request.member, at=at
    )
    people_operations.drop_draft(member=request.member, key=key)
    onward = (
        reverse("questionnaires:result", args=[kept.pk])
        if kept.completed_at
        else reverse("questionnaires:finish", args=[measure])
    )
    return _go_on(request, onward, level)


def _go_on(request: Request, onward: str, level: str | None) -> HttpResponse:
    """Go on; after an answer that states a risk to the help page first, with the way back."""
    if level:
        help_page = reverse("safety:help-now")
        onward = f"{help_page}?{urlencode({'next': onward})}"
    if _wants_json(request):
        return JsonResponse({"next": onward, "now": bool(level)})
    return redirect(onward)


def _wants_json(request: Request) -> bool:
    return request.headers.get("Accept") == "application/json"


def _first_address(measure: str, sheet: Sheet | None, way: str) -> str:
    if way == "page":
        return reverse("questionnaires:page", args=[measure])
    return _address(measure, sheet.resumes_at if sheet else 1)


def _address(measure: str, place: int | None) -> str:
    """Return where a question stands; after the last one come the answers once more."""
    if place is None:
        return reverse("questionnaires:finish", args=[measure])
    return reverse("questionnaires:question", args=[measure, place])


def _answer_of(draft: dict[str, str]) -> dict[str, str]:
    return {"answer": draft["answer"]} if "answer" in draft else {}


def _remember(answer: HttpResponse, way: str) -> HttpResponse:
    answer.set_cookie(
        WAY_COOKIE,
        way,
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer
