"""Addresses of a course."""

from openipt.web.routing import path

from . import views

app_name = "courses"

urlpatterns = [
    path("courses/start/", views.start, "start"),
    path("courses/start/days/", views.days, "start-days"),
    path("courses/<uuid:course>/", views.course, "course"),
    path("courses/<uuid:course>/focus/", views.focus, "focus"),
    path("courses/<uuid:course>/focus/<uuid:focus>/end/", views.end_focus, "focus-end"),
    path("courses/<uuid:course>/invite/", views.invite, "invite"),
]
