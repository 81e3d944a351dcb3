"""The one address everybody can remember: on to the first page of whoever is here."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from openipt.home import navigation
from openipt.web.door import PUBLIC, open_to


@open_to(
    PUBLIC, methods=("GET", "HEAD"), before_agreement=True, before_second_factor=True
)
def entrance(request: Any) -> HttpResponse:
    visitor: Any = request.user  # perhaps nobody: this page is open to all
    if not visitor.is_authenticated:
        return redirect("home:demo-enter" if settings.OPENIPT_DEMO else "account_login")
    if not request.has_member:
        return redirect("people:choose-service")
    return redirect(navigation.first_page(request.member))
