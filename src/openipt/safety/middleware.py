"""The help page and the way out are there whatever else is broken."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse

Answer = Callable[[HttpRequest], HttpResponseBase]


class HelpStays:
    """Answers for the help pages and the neutral page when the product itself fails.

    It stands before everything that reads the database. The plain pages it gives need
    neither session nor record. Who pressed "I am not safe" on a page that is too old to
    be trusted gets help as well, and is told that nobody has heard.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        status = response.status_code
        if status == HTTPStatus.FORBIDDEN and request.path == reverse(
            "safety:not-safe"
        ):
            return _help(status)
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return response
        if request.path.startswith(reverse("safety:help")):
            # As 200: browsers and proxies replace the pages of a server that fails.
            return _help(HTTPStatus.OK)
        if request.path == reverse("safety:leave"):
            return HttpResponse(render_to_string("web/leave.html"))
        return response


def _help(status: int) -> HttpResponse:
    context = {"demo": settings.OPENIPT_DEMO}
    body = render_to_string("safety/help_bare.html", context)
    return HttpResponse(body, status=status)
