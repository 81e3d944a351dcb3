"""Pages that exist in the demo alone: enter as somebody, and the mail that was not sent."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render

from openipt.core.errors import Missing
from openipt.home.queries import demo as queries
from openipt.web.door import PUBLIC, open_to
from openipt.web.http import Request

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@open_to(PUBLIC)
def enter(request: Request) -> HttpResponse:
    _only_in_the_demo()
    cards = queries.cards()
    if request.method == "POST":
        wanted = request.POST.get("email", "")
        if wanted not in {card.email for service in cards for card in service.cards}:
            raise Missing
        logout(request)
        login(request, queries.account(wanted), backend=BACKEND)
        return redirect("home")
    return render(request, "home/demo_enter.html", {"services": cards})


@open_to(PUBLIC, methods=("GET", "HEAD"))
def mail(request: Request) -> HttpResponse:
    _only_in_the_demo()
    return render(request, "home/demo_mail.html", {"letters": queries.letters()})


def _only_in_the_demo() -> None:
    if not settings.OPENIPT_DEMO:
        raise Missing
