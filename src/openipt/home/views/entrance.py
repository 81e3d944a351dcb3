"""The one address everybody can remember: on to the first page of whoever is here."""

from django.http import HttpResponse
from django.shortcuts import redirect

from openipt.home import navigation
from openipt.web.door import ACCOUNT, open_to
from openipt.web.http import Request


@open_to(
    ACCOUNT, methods=("GET", "HEAD"), before_agreement=True, before_second_factor=True
)
def entrance(request: Request) -> HttpResponse:
    if not request.has_member:
        return redirect("people:choose-service")
    return redirect(navigation.first_page(request.member))
