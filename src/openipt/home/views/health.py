"""What an outside monitor asks: is everything that must run running, and the numbers."""

from hmac import compare_digest
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from openipt.core.errors import Missing
from openipt.home.queries import health as queries
from openipt.home.queries import metrics as metric_queries
from openipt.web.clock import now
from openipt.web.door import PUBLIC, open_to


@open_to(PUBLIC, methods=("GET", "HEAD"))
def healthz(request: HttpRequest) -> JsonResponse:
    checks = queries.checks(now())
    well = all(check["ok"] for check in checks.values())
    return JsonResponse(
        {"status": "ok" if well else "degraded", "checks": checks},
        status=HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE,
    )


@open_to(PUBLIC, methods=("GET", "HEAD"))
def metrics(request: HttpRequest) -> HttpResponse:
    """Show the numbers to whoever brings the monitor's token; to others it is not there.

    :raises Missing: without a token in the settings, or with another one
    """
    wanted = settings.OPENIPT_METRICS_TOKEN
    brought = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not wanted or not compare_digest(brought.encode(), wanted.encode()):
        raise Missing
    return HttpResponse(
        metric_queries.in_text(now()), content_type="text/plain; version=0.0.4"
    )
