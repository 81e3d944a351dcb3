"""The product's addresses, and one empty view: the floor that everything is told in."""

from django.http import HttpRequest, HttpResponse

from openipt.config import urls
from openipt.web.door import PUBLIC, open_to
from openipt.web.routing import path


@open_to("person", "therapist")
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, for somebody signed in, through every middleware."""
    return HttpResponse("")


@open_to(PUBLIC)
def empty_for_nobody(request: HttpRequest) -> HttpResponse:
    """Nothing, for anybody: what the middleware costs alone."""
    return HttpResponse("")


EMPTY, EMPTY_FOR_NOBODY = "/bench/empty/", "/bench/nobody/"
urlpatterns = [
    path(EMPTY.lstrip("/"), empty, "bench-empty"),
    path(EMPTY_FOR_NOBODY.lstrip("/"), empty_for_nobody, "bench-nobody"),
    *urls.urlpatterns,
]
handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500
