"""Addresses of the questionnaires: the person's, and one answering for staff."""

from openipt.web.routing import path

from .views import answering, results

app_name = "questionnaires"
urlpatterns = [
    path("measures/", results.measures, name="measures"),
    path("measures/result/<uuid:answering>/", results.result, name="result"),
    path("measures/<slug:measure>/", answering.start, name="start"),
    path("measures/<slug:measure>/page/", answering.page, name="page"),
    path("measures/<slug:measure>/finish/", answering.finish, name="finish"),
    path("measures/<slug:measure>/<int:place>/", answering.question, name="question"),
    path(
        "courses/<uuid:course>/answers/<uuid:answering>/",
        results.answers,
        name="answers",
    ),
]
