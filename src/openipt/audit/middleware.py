"""Every event of a request carries the request's id and network."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from . import context


class AuditContext:
    """Sets what is around the events of one request, and clears it afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with context.surrounded(
            request_id=getattr(request, "request_id", "") or secrets.token_hex(8),
            ip_prefix=context.prefix_of(_address(request)),
            role=getattr(request, "role", ""),
        ):
            return self.get_response(request)


def _address(request: HttpRequest) -> str:
    """Return the visitor's address; a proxy's word counts only as far as we have proxies."""
    proxies = getattr(settings, "OPENIPT_PROXIES", 0)
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(hops) >= proxies:
        return str(hops[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))
