"""Addresses of help, the way out and the help numbers."""

from openipt.web.routing import path

from .views import help as help_views
from .views import help_numbers

app_name = "safety"

urlpatterns = [
    path("help/", help_views.help_page, "help"),
    path("help/now/", help_views.help_now, "help-now"),
    path("help/not-safe/", help_views.not_safe, "not-safe"),
    path("leave/", help_views.leave, "leave"),
    path("console/help-numbers/", help_numbers.help_numbers, "help-numbers"),
    path("console/help-numbers/<uuid:line>/", help_numbers.help_number, "help-number"),
    path(
        "console/help-numbers/<uuid:line>/check/",
        help_numbers.check_help_number,
        "check-help-number",
    ),
    path(
        "console/help-numbers/<uuid:line>/retire/",
        help_numbers.retire_help_number,
        "retire-help-number",
    ),
]
