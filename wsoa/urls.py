from django.urls import path

from wsoa.views import action, action_edits, answer, evidence, measure, on_a_page, paper, plan, plans, roles, rounds

app_name = "wsoa"

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/roles/", roles.roles, name="roles"),
    path("plans/roles/<int:number>/", roles.role, name="role"),
    path("plans/roles/<int:number>/give/", roles.give_role, name="give-role"),
    path("plans/answer/<str:token>/", answer.answer, name="answer"),
    path("plans/<slug:code>/", plan.plan, name="plan"),
    path("plans/<slug:code>/actions/", plan.actions, name="actions"),
    path("plans/<slug:code>/actions/add/", action_edits.add_action, name="add-action"),
    path("plans/<slug:code>/measures/", plan.measures, name="measures"),
    path("plans/<slug:code>/measures/<int:number>/", measure.measure, name="measure"),
    path("plans/<slug:code>/measures/<int:number>/change/", measure.change_measure, name="change-measure"),
    path("plans/<slug:code>/measures/<int:number>/read/", measure.read_measure, name="read-measure"),
    path("plans/<slug:code>/rounds/", rounds.rounds, name="rounds"),
    path("plans/<slug:code>/rounds/open/", rounds.open_round, name="open-round"),
    path("plans/<slug:code>/rounds/<int:number>/", rounds.round_, name="round"),
    path("plans/<slug:code>/rounds/<int:number>/chase/", rounds.chase, name="chase"),
    path("plans/<slug:code>/rounds/<int:number>/close/", rounds.close_round, name="close-round"),
    path("plans/<slug:code>/rounds/<int:number>/reopen/", rounds.reopen_round, name="reopen-round"),
    path("plans/<slug:code>/rounds/<int:number>/lock/", rounds.lock_round, name="lock-round"),
    path("plans/<slug:code>/slips/", plan.slips, name="slips"),
    path("plans/<slug:code>/on-a-page/", on_a_page.on_a_page, name="on-a-page"),
    path("plans/<slug:code>/on-a-page/pdf/", on_a_page.on_a_page_pdf, name="on-a-page-pdf"),
    path("plans/<slug:code>/paper/", paper.paper, name="paper"),
    path("plans/<slug:code>/paper/<slug:layout>/<slug:form>/", paper.paper_file, name="paper-file"),
    path("plans/<slug:code>/actions/<int:number>/", action.action, name="action"),
    path("plans/<slug:code>/actions/<int:number>/update/", action.update_action, name="update-action"),
    path("plans/<slug:code>/actions/<int:number>/move/", action.move_date, name="move-date"),
    path("plans/<slug:code>/actions/<int:number>/state/", action.set_state, name="set-state"),
    path("plans/<slug:code>/actions/<int:number>/change/", action_edits.change_action, name="change-action"),
    path("plans/<slug:code>/actions/<int:number>/set-aside/", action_edits.retire_action, name="retire-action"),
    path("plans/<slug:code>/actions/<int:number>/take-back/", action_edits.take_back, name="take-back-action"),
    path("plans/<slug:code>/actions/<int:number>/other-plan/", action_edits.stand_in, name="stand-in"),
    path("plans/<slug:code>/actions/<int:number>/evidence/add/", evidence.add_evidence, name="add-evidence"),
    path(
        "plans/<slug:code>/actions/<int:number>/evidence/<uuid:public_id>/",
        evidence.evidence_file,
        name="evidence-file",
    ),
    path(
        "plans/<slug:code>/actions/<int:number>/evidence/<uuid:public_id>/withdraw/",
        evidence.withdraw_evidence,
        name="withdraw-evidence",
    ),
]
