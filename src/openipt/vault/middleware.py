"""Opened keys live as long as one request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from . import keys


class KeyScope:
    """Opens each data key once for a request and forgets them all at its end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with keys.scope():
            return self.get_response(request)
