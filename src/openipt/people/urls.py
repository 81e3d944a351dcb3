"""Addresses of coming in, of one's account, and of the console."""

from openipt.web.routing import path

from . import views

app_name = "people"

_MEMBER = "console/members/<uuid:member>/"
_CARE = "console/care/<uuid:care>/"

urlpatterns = [
    path("join/", views.join, "join"),
    path("agree/", views.agree, "agree"),
    path("services/", views.choose_service, "choose-service"),
    path("my/account/", views.account, "account"),
    path("my/account/agreement/", views.agreement, "agreement"),
    path("my/account/language/", views.language, "language"),
    path("my/account/sessions/", views.end_sessions, "end-sessions"),
    path("drafts/", views.draft, "draft"),
    path("pulse", views.pulse, "pulse"),
    path("console/members/", views.members, "members"),
    path("console/members/people/", views.persons, "persons"),
    path("console/members/invite/", views.invite_member, "invite-member"),
    path(_MEMBER, views.member, "member"),
    path(_MEMBER + "code/", views.new_code, "new-code"),
    path(_MEMBER + "code/revoke/", views.revoke_code, "revoke-code"),
    path(_MEMBER + "suspend/", views.suspend, "suspend"),
    path(_MEMBER + "reinstate/", views.reinstate, "reinstate"),
    path(_MEMBER + "sessions/", views.end_member_sessions, "end-member-sessions"),
    path(_MEMBER + "absence/", views.record_absence, "record-absence"),
    path(
        "console/absences/<uuid:absence>/cancel/",
        views.cancel_absence,
        "cancel-absence",
    ),
    path("console/supervision/", views.supervision, "supervision"),
    path(
        "console/supervision/<uuid:supervision>/end/",
        views.end_supervision,
        "end-supervision",
    ),
    path("console/service/", views.service_settings, "service-settings"),
    path("console/notice/", views.notice, "notice"),
    path("console/notice/<int:version>/", views.notice_version, "notice-version"),
    path("console/care/", views.care_list, "care-list"),
    path("console/care/ended/", views.care_ended, "care-ended"),
    path("console/care/open/", views.open_care, "open-care"),
    path(_CARE, views.care, "care"),
    path(_CARE + "end/", views.end_care, "end-care"),
    path(_CARE + "pause/", views.pause_care, "pause-care"),
    path(_CARE + "resume/", views.resume_care, "resume-care"),
]
