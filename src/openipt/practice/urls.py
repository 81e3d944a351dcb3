"""Addresses of the journal and of what is tried between sessions."""

from openipt.web.routing import path

from .views import moments, sharing, tasks, weeks

app_name = "practice"
urlpatterns = [
    path("week/", weeks.weeks, name="weeks"),
    path("week/new/", moments.start_week, name="start-week"),
    path("week/quiet/", weeks.quiet_week, name="quiet-week"),
    path("week/<uuid:entry>/", weeks.week, name="week"),
    path("week/<uuid:entry>/whole/", weeks.whole_week, name="whole-week"),
    path("week/<uuid:entry>/moment/", moments.add_moment, name="add-moment"),
    path(
        "week/<uuid:entry>/moment/<uuid:moment>/",
        moments.change_moment,
        name="change-moment",
    ),
    path(
        "week/<uuid:entry>/moment/<uuid:moment>/remove/",
        moments.remove_moment,
        name="remove-moment",
    ),
    path("week/<uuid:entry>/share/", sharing.choose_readers, name="choose-readers"),
    path("week/<uuid:entry>/history/", sharing.history, name="history"),
    path("week/<uuid:entry>/remove/", sharing.remove_entry, name="remove-entry"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<uuid:task>/", tasks.task, name="task"),
    path("courses/<uuid:course>/shared/", sharing.shared_pages, name="shared-pages"),
]
