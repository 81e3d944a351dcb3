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
    path("sessions/<uuid:appointment>/plan/", views.plan, "plan"),
    path("sessions/<uuid:appointment>/headings/", views.headings, "headings"),
    path("sessions/<uuid:appointment>/worked/", views.work, "work"),
    path("sessions/<uuid:appointment>/links/", views.links, "links"),
    path("sessions/<uuid:appointment>/links/<uuid:link>/", views.link, "link"),
    path(
        "sessions/<uuid:appointment>/links/<uuid:link>/remove/",
        views.remove_link,
        "remove-link",
    ),
    path("sessions/<uuid:appointment>/beside/<slug:panel>/", views.beside, "beside"),
    path(
        "sessions/<uuid:appointment>/process-note/", views.process_note, "process-note"
    ),
]
