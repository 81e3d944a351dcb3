"""Addresses of first pages and of every page that shows several parts."""

from django.urls import include
from django.urls import path as django_path

from openipt.web.routing import path

from .views import (
    afterwards,
    alerts,
    care,
    caseload,
    console,
    demo,
    ending,
    entrance,
    health,
    keeping,
    letter,
    own_ending,
    progress,
    service,
    staying_well,
    supervision,
    therapy,
    timeline,
    today,
    waiting,
)

_ENDING = "courses/<uuid:course>/ending/"
_OWN_ENDING = "my/ending/<uuid:course>/"

pages = [
    path("today/", today.today, name="today"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("service/", service.service, name="service"),
    path("alerts/waiting/", waiting.waiting, name="waiting"),
    path("alerts/<uuid:alert>/", alerts.alert, name="alert"),
    path("alerts/<uuid:alert>/take/", alerts.take, name="alert-take"),
    path("alerts/<uuid:alert>/contact/", alerts.contact, name="alert-contact"),
    path("alerts/<uuid:alert>/assess/", alerts.assess, name="alert-assess"),
    path("alerts/<uuid:alert>/close/", alerts.close, name="alert-close"),
    path("alerts/<uuid:alert>/reopen/", alerts.reopen, name="alert-reopen"),
    path("my/therapy/", therapy.therapy, name="therapy"),
    path("progress/", progress.progress, name="progress"),
    path(
        "courses/<uuid:course>/progress/",
        progress.course_progress,
        name="course-progress",
    ),
    path("my/timeline/", timeline.own_timeline, name="own-timeline"),
    path("persons/<uuid:person>/timeline/", timeline.timeline_of, name="timeline"),
    path(_ENDING, ending.ending, name="ending"),
    path(_ENDING + "raised/", ending.raise_ending, name="raise-ending"),
    path(_ENDING + "words/", ending.ending_words, name="ending-words"),
    path(_ENDING + "outreach/", ending.outreach, name="outreach"),
    path(_ENDING + "end/", ending.end, name="end-course"),
    path(_ENDING + "paper/", ending.paper, name="paper"),
    path(_ENDING + "paper/file/", ending.paper_file, name="paper-file"),
    path(_ENDING + "staying-well/", staying_well.staying_well, name="staying-well"),
    path(
        _ENDING + "staying-well/write/",
        staying_well.write_staying_well,
        name="write-staying-well",
    ),
    path(_ENDING + "maintenance/", afterwards.maintenance, name="maintenance"),
    path(
        _ENDING + "maintenance/decide/",
        afterwards.decide_maintenance,
        name="decide-maintenance",
    ),
    path(_ENDING + "went/", afterwards.how_it_went, name="how-it-went"),
    path(_ENDING + "went/say/", afterwards.say_how_it_went, name="say-how-it-went"),
    path(_ENDING + "letter/", letter.letter, name="letter"),
    path(_ENDING + "letter/write/", letter.write_letter, name="write-letter"),
    path(_ENDING + "letter/give/", letter.give_letter, name="give-letter"),
    path(_ENDING + "letter/file/", letter.letter_file, name="letter-file"),
    path(
        "my/plan-for-staying-well/",
        staying_well.own_staying_well,
        name="own-staying-well",
    ),
    path("my/letter/<uuid:course>/", letter.own_letter, name="own-letter"),
    path(
        "my/letter/<uuid:course>/file/", letter.own_letter_file, name="own-letter-file"
    ),
    path(_OWN_ENDING, own_ending.own_ending, name="own-ending"),
    path(_OWN_ENDING + "paper/", own_ending.own_paper, name="own-paper"),
    path(_OWN_ENDING + "paper/file/", own_ending.own_paper_file, name="own-paper-file"),
    path("console/", console.console, name="console"),
    path("console/safekeeping/", keeping.keeping, name="keeping"),
    path("console/safekeeping/end/", keeping.end_recovery, name="end-recovery"),
    path(
        "console/care/<uuid:care>/hand-over/",
        care.hand_over_care,
        name="hand-over-care",
    ),
    path("demo/enter/", demo.enter, name="demo-enter"),
    path("demo/mail/", demo.mail, name="demo-mail"),
]
urlpatterns = [
    path("", entrance.entrance, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    django_path("", include((pages, "home"))),
]
