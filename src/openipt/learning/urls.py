"""Addresses of readings: the person's, the staff's, and those of a course."""

from openipt.web.routing import path

from . import views

app_name = "learning"

_COURSE = "courses/<uuid:course>/readings/"

urlpatterns = [
    path("learn/", views.own_readings, "own"),
    path("learn/<slug:reading>/", views.own_reading, "own-reading"),
    path("learn/<slug:reading>/read/", views.note_read, "note-read"),
    path("readings/", views.readings, "readings"),
    path("readings/<slug:reading>/", views.reading, "reading"),
    path(_COURSE, views.course_readings, "course"),
    path(_COURSE + "suggest/", views.suggest, "suggest"),
    path(_COURSE + "<uuid:suggestion>/take-back/", views.take_back, "take-back"),
]
