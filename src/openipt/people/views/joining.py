"""Coming in by a one-time code."""

from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from openipt.people import forms, operations, queries, sessions
from openipt.web.clock import now
from openipt.web.door import PUBLIC, open_to
from openipt.web.http import Request

from .attempts import attempt

TRIES = {"join": "10/m/ip,60/h/ip"}
"""A code has 80 bits: this only keeps somebody from keeping the hasher busy."""


@open_to(PUBLIC)
def join(request: Request) -> HttpResponse:
    """Open an account with a code, or add a membership to the account signed in."""
    kind = forms.Code if _is_known(request) else forms.Join
    if request.method != "POST":
        return render(request, "people/join.html", {"form": kind()})
    form = kind(request.POST)
    if not _may_try(request):
        form.is_valid()
        form.add_error(None, _("These were many tries. Wait a minute, then go on."))
        status: int = HTTPStatus.TOO_MANY_REQUESTS
    else:
        joined, status = attempt(form, lambda: _join(request, form), about="code")
        if joined:
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "people/join.html", {"form": form}, status=status)


def _join(request: Request, form: Any) -> bool:
    answers, at = form.cleaned_data, now()
    if _is_known(request):
        member = operations.join_with(code=answers["code"], account=request.user, at=at)
    else:
        account = operations.redeem(
            code=answers["code"],
            email=answers["email"],
            password=answers["password"],
            at=at,
        )
        login(request, account, settings.AUTHENTICATION_BACKENDS[0])
        # So that setting up a second factor does not ask for the password typed just now.
        record_authentication(request, account, method="password", reauthenticated=True)
        member = queries.memberships_of(account)[0]
    sessions.enter(request, member)
    return True


def _is_known(request: Any) -> bool:
    """Return True if somebody is signed in; a public page may be opened by nobody."""
    return bool(request.user.is_authenticated)


def _may_try(request: Request) -> bool:
    return bool(consume(request, app="openipt.people", action="join", config=TRIES))
