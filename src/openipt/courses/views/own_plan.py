"""My plan: what it is called, what may rest, what it has to do with, what was agreed."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.courses import operations, queries
from openipt.courses.forms import AnswerForm
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.http import Request

from .plan import tried

if TYPE_CHECKING:
    from openipt.courses.models import Formulation


@open_to("person", methods=("GET", "HEAD"))
def own_plan(request: Request) -> HttpResponse:
    """Show the plan to the person whose it is."""
    return _page(request)


@open_to("person", methods=("POST",))
def own_answer(request: Request, formulation: UUID) -> HttpResponse:
    """Say that the text fits, or what does not."""
    version = queries.own_formulation(request.member, formulation)
    form = AnswerForm(request.POST)

    def act() -> None:
        operations.answer_formulation(
            formulation=version,
            agrees=form.agrees,
            words=form.cleaned_data["words"],
            by=request.member,
            at=clock.now(),
        )

    if failed := tried(form, act, field="words"):
        return _page(request, sent=(version, form), status=failed)
    people.drop_draft(member=request.member, key=_draft_key(version.pk))
    messages.success(
        request,
        _("You have agreed. Your therapist sees it.")
        if form.agrees
        else _("Thank you. Your therapist reads it, and you talk about it."),
    )
    return redirect("courses:own-plan")


def _page(
    request: Request,
    *,
    sent: "tuple[Formulation, AnswerForm] | None" = None,
    status: int = 200,
) -> HttpResponse:
    plans = queries.own_plans(request.member, timezone.localdate())
    forms, newer = {}, False
    for plan in plans:
        if plan.version is None:
            continue
        pk = plan.version.formulation.pk
        if sent is not None and sent[0].course_id == plan.contract.course_id:
            # Also where a newer text was shown meanwhile: what was typed stands under it.
            forms[pk] = sent[1]
            newer = sent[0].pk != pk
            continue
        kept = people_queries.draft_of(request.member, _draft_key(pk)) or {}
        forms[pk] = AnswerForm(initial=kept, auto_id=f"id_{pk.hex[-6:]}_%s")
    context = {
        "plans": plans,
        "forms": forms,
        "newer": newer,
        "today": timezone.localdate(),
    }
    return render(request, "courses/own_plan.html", context, status=status)


def _draft_key(formulation: UUID) -> str:
    return f"formulation-answer:{formulation}"
