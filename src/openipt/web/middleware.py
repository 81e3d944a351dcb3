"""What happens around every view: privacy headers, the door, refusals as pages."""

import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from openipt.core.errors import DataProblem

from . import refusals
from .door import ACCOUNT, PUBLIC, policy_of

Answer = Callable[[HttpRequest], HttpResponseBase]


def private_answers(get_response: Answer) -> Answer:
    """Give every request an id, and every answer headers that keep it on this screen."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.request_id = secrets.token_hex(8)  # type: ignore[attr-defined]  # see http.Request
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        patch_vary_headers(response, ["HX-Request"])
        response.setdefault(
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), browsing-topics=()",
        )
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def light_pages(get_response: Answer) -> Answer:
    """Send a person's pages compressed, for they are read on phones.

    The length of a compressed page tells something of its words to whoever can put words
    of their own beside them and watch the line (BREACH). So only a page that was asked
    for without any: no query, no form; addresses carry ids alone. Django pads it by
    chance, and forgery tokens are masked anew each time.
    """
    compress = GZipMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_plain = request.method == "GET" and not request.META.get("QUERY_STRING")
        member = getattr(request, "member", None)
        if (
            is_plain
            and member is not None
            and member.is_person
            and response.status_code == HTTPStatus.OK
            and isinstance(response, HttpResponse)
        ):
            return compress.process_response(request, response)
        return response

    return middleware


class Refusals:
    """Turns our exceptions into their pages, and a full disk into a sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse what is too big before anything else, also where nobody would read it."""
        said = request.META.get("CONTENT_LENGTH") or "0"
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        if said.isdecimal() and int(said) > most:
            return refusals.page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        for kind, status in refusals.STATUS.items():
            if isinstance(exception, kind):
                return refusals.refused(request, status, str(exception))
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
            return refusals.page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if isinstance(exception, OperationalError | InterfaceError):
            return refusals.unavailable(request)
        if isinstance(exception, DataProblem):
            return refusals.incomplete(request, exception)
        return None


class Door:
    """Lets in whoever the view's policy names; everything else is refused by default."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: Any,
        view: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        policy = policy_of(view)
        if policy is None:
            return refusals.missing(request)
        if refused := self._refusal_of_roles(request, policy.roles):
            return refused
        if request.method not in policy.methods:
            answer = refusals.page(request, HTTPStatus.METHOD_NOT_ALLOWED)
            answer["Allow"] = ", ".join(sorted(policy.methods))
            return answer
        return None

    def _refusal_of_roles(
        self, request: Any, roles: frozenset[str]
    ) -> HttpResponseBase | None:
        if PUBLIC in roles:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if ACCOUNT not in roles and not request.has_member:
            return redirect("people:choose-service")
        if ACCOUNT in roles or roles & request.member.role_set:
            return None
        return refusals.missing(request)
