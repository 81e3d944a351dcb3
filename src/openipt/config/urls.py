"""Every address of the product."""

from django.urls import include, path

from .accounts import account_addresses, second_factor_addresses

handler400 = "openipt.web.refusals.unreadable"
handler403 = "openipt.web.refusals.denied"
handler404 = "openipt.web.refusals.missing"
handler500 = "openipt.web.refusals.broken"

urlpatterns = [
    path("accounts/", include(account_addresses())),
    path("accounts/2fa/", include(second_factor_addresses())),
    # What is asked most stands first: an address is looked for from the top.
    path("", include("openipt.home.urls")),
    path("", include("openipt.questionnaires.urls")),
    path("", include("openipt.practice.urls")),
    path("", include("openipt.people.urls")),
    path("", include("openipt.safety.urls")),
    path("", include("openipt.calendar.urls")),
    path("", include("openipt.inventory.urls")),
    path("", include("openipt.courses.urls")),
    path("", include("openipt.encounters.urls")),
    path("", include("openipt.learning.urls")),
    path("", include("openipt.exchange.urls")),
]
