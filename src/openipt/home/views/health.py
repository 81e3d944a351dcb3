"""What an outside monitor asks: is everything that must run running?"""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse

from openipt.home.queries import health as queries
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
