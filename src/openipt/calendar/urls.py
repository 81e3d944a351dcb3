"""Addresses of the calendar."""

from openipt.web.routing import path

from . import views

app_name = "calendar"

urlpatterns = [
    path("calendar/", views.week, "week"),
    path("calendar/<str:day>/", views.week, "week-of"),
]
