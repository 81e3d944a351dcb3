"""Who is here, for how long, and what comes first: agreement and second factor."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Refused
from openipt.web import refusals
from openipt.web.clock import now
from openipt.web.door import PUBLIC, STAFF, policy_of

from . import queries, sessions
from .adapter import has_factor

Answer = Callable[[HttpRequest], HttpResponseBase]

MINUTE = 60
IDLE = {"person": 30 * MINUTE, "staff": 15 * MINUTE}
ABSOLUTE = {"person": 24 * 60 * MINUTE, "staff": 10 * 60 * MINUTE}
CLOCK_MAY_STEP = 5 * MINUTE
"""By how much a clock may be set back while nobody is signed out for it."""
TOUCH_EVERY = MINUTE
"""How often the idle clock is written: a write on every page would cost more than it tells."""


class SessionLimits:
    """Ends a session that was idle or lasted too long, and keeps what was being typed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.session_is_over = False  # type: ignore[attr-defined]  # for process_view below
        if request.user.is_authenticated:
            at = int(time.time())
            session = request.session
            if self._is_over(request, at):
                request.session_is_over = True  # type: ignore[attr-defined]  # as above
            elif self._counts_as_use(request, at):
                session["seen_at"] = at
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """End the session here: only now is it known that the form's token was right."""
        if not request.session_is_over:
            return None
        policy = policy_of(view)
        if policy and PUBLIC in policy.roles:
            logout(request)
            return None
        if request.path == reverse("people:pulse"):
            # Nobody asked for this. Ended here, the session's token would be gone, and
            # with it the way to keep what is sent from the page that is still open.
            return HttpResponse(status=HTTPStatus.FORBIDDEN)
        if _is_revoked(request):
            return self._turn_away(request)
        return None if request.path == reverse("people:draft") else self._end(request)

    def _is_over(self, request: HttpRequest, at: int) -> bool:
        session = request.session
        kind = session.get("kind", "staff")
        if _is_revoked(request):
            return True
        seen = session.get("seen_at", session["began_at"])
        if max(seen, session["began_at"]) > at + CLOCK_MAY_STEP:
            # The clock was set back since: neither limit would come for as long again.
            return True
        idle = at - seen
        return bool(idle > IDLE[kind] or at - session["began_at"] > ABSOLUTE[kind])

    def _counts_as_use(self, request: HttpRequest, at: int) -> bool:
        if request.path.startswith("/pulse"):
            return False
        return bool(at - request.session.get("seen_at", 0) >= TOUCH_EVERY)

    def _turn_away(self, request: Any) -> HttpResponseBase:
        """End a session that was ended from another device, and keep nothing from it.

        Whoever still holds it may be the very one who was to be locked out: a draft of
        theirs would take the place of the person's own words.
        """
        sentence = _("This account was signed out on all devices. Sign in again.")
        typed = refusals.words_back(request)
        logout(request)
        if typed:
            return refusals.page(request, HTTPStatus.FORBIDDEN, sentence, typed=typed)
        messages.info(request, sentence)
        return _to_sign_in(request, _page_of(request))

    def _end(self, request: Any) -> HttpResponseBase:
        back = _page_of(request)
        kept = _keep_as_draft(request)
        logout(request)
        sentence = _("You were signed out because nothing happened for a while.")
        if kept:
            sentence += " " + _("What you typed is kept: sign in and it is there.")
        messages.info(request, sentence)
        return _to_sign_in(request, back)


class WhoIsHere:
    """Puts the member on the request and the service's zone on the clock."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.has_member = False
        if request.user.is_authenticated and not request.session_is_over:
            self._find_member(request)
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def _find_member(self, request: Any) -> None:
        chosen = request.session.get("member_id")
        member = queries.member_in_session(request.user, chosen)
        if member is None:
            return
        request.member, request.has_member = member, True
        sessions.note(request, member)
        timezone.activate(member.service.zone)


class FirstThings:
    """Sends staff to their second factor and persons to the notice before all else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        policy = policy_of(view)
        if policy is None or not request.has_member or PUBLIC in policy.roles:
            return None
        member = request.member
        if (
            member.role_set & STAFF
            and not policy.before_second_factor
            and not settings.OPENIPT_DEMO
            and not has_factor(member.account_id)
        ):
            return redirect("mfa_activate_totp")
        if (
            member.is_person
            and not policy.before_agreement
            and not queries.has_agreed(member)
        ):
            return redirect("people:agree")
        return None


def _is_revoked(request: Any) -> bool:
    """Return whether the account was signed out everywhere since this session began."""
    return bool(request.session.get("epoch") != request.user.session_epoch)


def _to_sign_in(request: HttpRequest, back: str) -> HttpResponseBase:
    answer = redirect_to_login(back)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": answer.url})
    return answer


def _page_of(request: HttpRequest) -> str:
    """Return the page to come back to: for a form that was sent, the page it stood on."""
    if request.method == "GET":
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host() and came_from.path:
        return came_from.path
    return request.path


def _keep_as_draft(request: Any) -> bool:
    """Keep the fields of a form that arrived after the session's end; True if kept."""
    key = request.POST.get("draft_key", "") if request.method == "POST" else ""
    chosen = request.session.get("member_id")
    if not key or not chosen:
        return False
    member = queries.member_in_session(request.user, chosen)
    if member is None:
        return False
    fields = {
        name: values if len(values) > 1 else values[0]
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "draft_key"}
    }
    from .operations import save_draft

    try:
        save_draft(member=member, key=key, fields=fields, at=now())
    except (Invalid, Refused):
        return False
    return True
