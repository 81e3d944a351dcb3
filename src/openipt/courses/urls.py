"""Addresses of a course."""

from openipt.web.routing import path

from . import views

app_name = "courses"

_ISSUES, _GOALS = "courses/<uuid:course>/issues/", "courses/<uuid:course>/goals/"
_OWN = "my/therapy/"
_PLAN = "courses/<uuid:course>/"
_TEXT = _PLAN + "formulation/<uuid:formulation>/"

urlpatterns = [
    path("courses/start/", views.start, "start"),
    path("courses/start/days/", views.days, "start-days"),
    path("courses/start/ways/", views.ways, "start-ways"),
    path("courses/<uuid:course>/", views.course, "course"),
    path("courses/<uuid:course>/focus/", views.focus, "focus"),
    path("courses/<uuid:course>/focus/<uuid:focus>/end/", views.end_focus, "focus-end"),
    path(
        "courses/<uuid:course>/focus/<uuid:focus>/go-on/",
        views.take_end_back,
        "focus-go-on",
    ),
    path(
        "courses/<uuid:course>/focus/<uuid:focus>/", views.change_focus, "focus-change"
    ),
    path(
        "courses/<uuid:course>/focus/<uuid:focus>/stage/",
        views.move_stage,
        "focus-stage",
    ),
    path("courses/<uuid:course>/invite/", views.invite, "invite"),
    path(_ISSUES, views.issues, "issues"),
    path(_ISSUES + "add/", views.add_issue, "issue-add"),
    path(_ISSUES + "order/", views.order_issues, "issue-order"),
    path(_ISSUES + "<uuid:issue>/", views.change_issue, "issue-change"),
    path(_ISSUES + "<uuid:issue>/remove/", views.remove_issue, "issue-remove"),
    path(_GOALS, views.goals, "goals"),
    path(_GOALS + "add/", views.add_goal, "goal-add"),
    path(_GOALS + "<uuid:goal>/", views.change_goal, "goal-change"),
    path(_GOALS + "<uuid:goal>/rate/", views.rate_goal, "goal-rate"),
    path(_GOALS + "<uuid:goal>/end/", views.end_goal, "goal-end"),
    path(_OWN + "issues/", views.own_issues, "own-issues"),
    path(_OWN + "issues/<uuid:course>/add/", views.own_add_issue, "own-issue-add"),
    path(
        _OWN + "issues/<uuid:course>/order/",
        views.own_order_issues,
        "own-issue-order",
    ),
    path(
        _OWN + "issues/<uuid:course>/<uuid:issue>/",
        views.own_change_issue,
        "own-issue-change",
    ),
    path(
        _OWN + "issues/<uuid:course>/<uuid:issue>/remove/",
        views.own_remove_issue,
        "own-issue-remove",
    ),
    path(_OWN + "goals/", views.own_goals, "own-goals"),
    path(_OWN + "goals/<uuid:goal>/rate/", views.own_rate_goal, "own-goal-rate"),
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
