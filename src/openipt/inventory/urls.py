"""Addresses of the people in a life and its timeline: one's own, and of somebody in care."""

from openipt.web.routing import path

from . import views

app_name = "inventory"

_OWN, _OF = "my/people/", "persons/<uuid:person>/people/"
_OWN_TIME, _TIME_OF = "my/timeline/", "persons/<uuid:person>/timeline/"
"""The timeline itself shows the scores too: its page is `home`'s."""

urlpatterns = [
    path(_OWN, views.own_people, "own"),
    path(_OWN + "share/", views.own_share, "own-share"),
    path(_OWN + "add/", views.own_add, "own-add"),
    path(_OWN + "<uuid:relationship>/", views.own_change, "own-change"),
    path(_OWN + "<uuid:relationship>/move/", views.own_move, "own-move"),
    path(_OWN + "<uuid:relationship>/remove/", views.own_remove, "own-remove"),
    path("persons/<uuid:person>/scales/", views.scales, "scales"),
    path(
        "persons/<uuid:person>/scales/<slug:scale>/", views.enter_scale, "enter-scale"
    ),
    path(
        "persons/<uuid:person>/scales/<uuid:answered>/set-aside/",
        views.set_scale_aside,
        "set-scale-aside",
    ),
    path(_OF, views.people_of, "people"),
    path(_OF + "share/", views.note_agreement, "share"),
    path(_OF + "add/", views.add, "add"),
    path(_OF + "<uuid:relationship>/", views.change, "change"),
    path(_OF + "<uuid:relationship>/move/", views.move, "move"),
    path(_OF + "<uuid:relationship>/remove/", views.remove, "remove"),
    path(_OWN_TIME + "add/", views.own_add_event, "own-add-event"),
    path(_OWN_TIME + "<uuid:event>/", views.own_change_event, "own-change-event"),
    path(
        _OWN_TIME + "<uuid:event>/remove/", views.own_remove_event, "own-remove-event"
    ),
    path(_TIME_OF + "add/", views.add_event, "add-event"),
    path(_TIME_OF + "<uuid:event>/", views.change_event, "change-event"),
    path(_TIME_OF + "<uuid:event>/remove/", views.remove_event, "remove-event"),
]
