"""One's own account: language, sessions, password, and the services one belongs to."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _

from openipt.core.errors import Missing
from openipt.people import operations, queries, sessions
from openipt.web.clock import now
from openipt.web.door import ACCOUNT, ROLES, open_to
from openipt.web.http import Request

A_YEAR = 365 * 24 * 60 * 60


@open_to(
    *ROLES,
    methods=("GET", "HEAD"),
    before_agreement=True,
    before_second_factor=True,
)
def account(request: Request) -> HttpResponse:
    """Show what belongs to the account, and how to reach the service."""
    member = request.member
    context = {
        "member": member,
        "service": member.service,
        "memberships": list(queries.memberships_of(request.user)),
        "languages": _languages(member.service.languages),
        "agreement": queries.agreement_of(member) if member.is_person else None,
        "has_second_factor": queries.has_second_factor(member),
    }
    return render(request, "people/account.html", context)


@open_to(ACCOUNT, methods=("POST",), before_agreement=True, before_second_factor=True)
def language(request: Request) -> HttpResponse:
    """Choose the language of pages; it is kept in this browser."""
    chosen = request.POST.get("language", "")
    answer: HttpResponseRedirect = redirect("people:account")
    if check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


@open_to(*ROLES, methods=("POST",), before_agreement=True, before_second_factor=True)
def end_sessions(request: Request) -> HttpResponse:
    """Sign out here and everywhere else."""
    operations.end_sessions(member=request.member, by=request.member, at=now())
    logout(request)
    messages.success(request, _("You are signed out everywhere."))
    return redirect(settings.LOGIN_URL)


@open_to(ACCOUNT, before_agreement=True, before_second_factor=True)
def choose_service(request: Request) -> HttpResponse:
    """Choose in which service to be, for somebody who belongs to several."""
    memberships = list(queries.memberships_of(request.user))
    if request.method == "POST":
        member = _chosen(memberships, request.POST.get("member", ""))
        sessions.enter(request, member)
        return redirect(_next(request))
    context = {
        "memberships": memberships,
        "chosen": request.session.get("member_id", ""),
        "next": request.GET.get("next", ""),
    }
    return render(request, "people/choose_service.html", context)


def _chosen(memberships: list[Any], key: str) -> Any:
    """Return the membership that was chosen.

    :raises Missing: also when it is somebody else's
    """
    try:
        wanted = UUID(key)
    except ValueError:
        raise Missing from None
    for member in memberships:
        if member.pk == wanted:
            return member
    raise Missing


def _next(request: Request) -> str:
    page = request.POST.get("next", "")
    # `redirect` takes a word without a slash for the name of a view.
    if page.startswith("/") and url_has_allowed_host_and_scheme(page, None):
        return page
    return settings.LOGIN_REDIRECT_URL


def _languages(offered: list[str]) -> list[tuple[str, str]]:
    """Return the languages of the service that this installation speaks."""
    return [(code, name) for code, name in settings.LANGUAGES if code in offered]
