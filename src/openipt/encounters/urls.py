"""Addresses of sessions."""

from openipt.web.routing import path

from . import views

app_name = "encounters"

urlpatterns = [
    path("sessions/<uuid:appointment>/", views.session, "session"),
    path("sessions/<uuid:appointment>/note/", views.note, "note"),
    path("sessions/<uuid:appointment>/sign/", views.sign, "sign"),
    path("sessions/<uuid:appointment>/addendum/", views.addendum, "addendum"),
    path("sessions/<uuid:appointment>/attendance/", views.attendance, "attendance"),
    path("sessions/<uuid:appointment>/tasks/", views.tasks, "tasks"),
    path("sessions/<uuid:appointment>/tasks/<uuid:task>/", views.review, "review"),
    path("sessions/<uuid:appointment>/agenda/", views.tick, "agenda"),
]
