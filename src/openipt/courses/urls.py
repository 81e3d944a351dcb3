"""Addresses of a course."""

from openipt.web.routing import path

from . import views

app_name = "courses"

_PLAN = "courses/<uuid:course>/"
_TEXT = _PLAN + "formulation/<uuid:formulation>/"

urlpatterns = [
    path("courses/start/", views.start, "start"),
    path("courses/start/days/", views.days, "start-days"),
    path("courses/<uuid:course>/", views.course, "course"),
    path("courses/<uuid:course>/focus/", views.focus, "focus"),
    path("courses/<uuid:course>/focus/<uuid:focus>/end/", views.end_focus, "focus-end"),
    path("courses/<uuid:course>/invite/", views.invite, "invite"),
    path(_PLAN + "diagnosis/", views.diagnosis, "diagnosis"),
    path(_PLAN + "diagnosis/say/", views.say_diagnosis, "diagnosis-say"),
    path(_PLAN + "recovery-role/", views.recovery_role, "recovery-role"),
    path(_PLAN + "recovery-role/give/", views.give_recovery_role, "recovery-role-give"),
    path(_PLAN + "recovery-role/end/", views.end_recovery_role, "recovery-role-end"),
    path(_PLAN + "formulation/", views.formulation, "formulation"),
    path(_PLAN + "formulation/write/", views.write_formulation, "formulation-write"),
    path(_TEXT + "show/", views.show_formulation, "formulation-show"),
    path(_TEXT + "agree/", views.agree_formulation, "formulation-agree"),
    path(_TEXT + "spoken/", views.note_agreement, "formulation-spoken"),
    path(_PLAN + "contract/", views.contract, "contract"),
    path(_PLAN + "contract/new/", views.new_contract, "contract-new"),
    path(_PLAN + "phase/", views.phase, "phase"),
    path(_PLAN + "phase/open/", views.open_phase, "phase-open"),
    path(_PLAN + "phase/longer/", views.long_beginning, "phase-longer"),
    path(_PLAN + "phase/remission/", views.remission, "remission"),
    path("my/therapy/plan/", views.own_plan, "own-plan"),
    path("my/therapy/plan/<uuid:formulation>/", views.own_answer, "own-formulation"),
]
