from django.urls import path, register_converter

from panels.views import (
    actions,
    advice,
    agendas,
    attending,
    connections,
    governance,
    items,
    letters,
    membership,
    minutes,
    my_actions,
    packs,
    panel,
    panels,
    papers,
    placement_follow_ups,
    placements,
    referrals,
    run,
    scores,
    sittings,
    terms,
    ties,
    turns,
)


class LotConverter:
    """A reference drawn by lot."""

    regex = "[2-9B-DF-HJ-NP-TV-Z]{6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LotConverter, "lot")

app_name = "panels"

urlpatterns = [
    path("panels/", panels.panels, name="panels"),
    path("panels/open/", panels.open_panel, name="open-panel"),
    path("panels/my-actions/", my_actions.my_actions, name="my-actions"),
    path("panels/my-actions/<int:number>/", my_actions.my_action, name="my-action"),
    path("panels/my-connections/", connections.my_connections, name="my-connections"),
    path("panels/my-connections/declare/", connections.declare_connection, name="declare-connection"),
    path("panels/my-connections/<int:number>/end/", connections.end_my_connection, name="end-my-connection"),
    path("panels/refer/", referrals.refer, name="refer"),
    path("panels/<slug:code>/", panel.panel, name="panel"),
    path("panels/<slug:code>/change/", panels.change_panel, name="change-panel"),
    path("panels/<slug:code>/close/", panels.close_panel, name="close-panel"),
    path("panels/<slug:code>/terms/add/", terms.add_terms, name="add-terms"),
    path("panels/<slug:code>/terms/<day:in_force_from>/", panel.terms, name="terms"),
    path("panels/<slug:code>/members/appoint/", membership.appoint_member, name="appoint-member"),
    path("panels/<slug:code>/members/<int:number>/end/", membership.end_membership, name="end-membership"),
    path(
        "panels/<slug:code>/members/<int:number>/connections/",
        connections.member_connections,
        name="member-connections",
    ),
    path(
        "panels/<slug:code>/members/<int:number>/connections/record/",
        connections.record_connection,
        name="record-connection",
    ),
    path(
        "panels/<slug:code>/members/<int:member>/connections/<int:number>/end/",
        connections.end_connection,
        name="end-connection",
    ),
    path("panels/<slug:code>/referrals/", referrals.referrals, name="referrals"),
    path("panels/<slug:code>/referrals/<lot:referral>/", referrals.referral, name="referral"),
    path(
        "panels/<slug:code>/referrals/<lot:referral>/withdraw/", referrals.withdraw_referral, name="withdraw-referral"
    ),
    path("panels/<slug:code>/referrals/<lot:referral>/papers/", papers.write_papers, name="write-papers"),
    path("panels/<slug:code>/referrals/<lot:referral>/categories/add/", papers.add_category, name="add-category"),
    path("panels/<slug:code>/referrals/<lot:referral>/schools/add/", papers.consider_school, name="consider-school"),
    path(
        "panels/<slug:code>/referrals/<lot:referral>/schools/<int:number>/take-off/",
        papers.take_off_school,
        name="take-off-school",
    ),
    path("panels/<slug:code>/referrals/<lot:referral>/decide/", advice.decide_on_advice, name="decide-on-advice"),
    path("panels/<slug:code>/actions/", actions.actions, name="actions"),
    path("panels/<slug:code>/actions/chase/", actions.chase_actions, name="chase-actions"),
    path("panels/<slug:code>/actions/<int:number>/", actions.change_action, name="change-action"),
    path(
        "panels/<slug:code>/referrals/<lot:referral>/placement/<slug:step>/",
        placements.record_placement_step,
        name="record-placement-step",
    ),
    path(
        "panels/<slug:code>/referrals/<lot:referral>/decisions/<int:number>/take-back/",
        advice.take_back_decision,
        name="take-back-decision",
    ),
    path(
        "panels/<slug:code>/referrals/<lot:referral>/placement/steps/<int:number>/take-back/",
        placements.take_back_placement_step,
        name="take-back-placement-step",
    ),
    path(
        "panels/<slug:code>/referrals/<lot:referral>/placement/follow-ups/<int:weeks>/",
        placement_follow_ups.follow_up,
        name="follow-up",
    ),
    path(
        "panels/<slug:code>/referrals/<lot:referral>/placement/follow-ups/<int:number>/take-back/",
        placement_follow_ups.take_back_follow_up,
        name="take-back-follow-up",
    ),
    path("panels/<slug:code>/placements/", placements.placements, name="placements"),
    path("panels/<slug:code>/turns/", turns.turns, name="turns"),
    path("panels/<slug:code>/turns/scores/", scores.scores, name="scores"),
    path("panels/<slug:code>/turns/scores/publish/", scores.publish_scores, name="publish-scores"),
    path("panels/<slug:code>/turns/scores/<day:day>/", scores.scores_of, name="scores-of"),
    path("panels/<slug:code>/turns/<slug:year>/", turns.statement, name="turns-statement"),
    path("panels/<slug:code>/sittings/", sittings.sittings, name="sittings"),
    path("panels/<slug:code>/sittings/call/", sittings.call_sitting, name="call-sitting"),
    path("panels/<slug:code>/sittings/<day:day>/", sittings.sitting, name="sitting"),
    path("panels/<slug:code>/sittings/<day:day>/change/", sittings.change_sitting, name="change-sitting"),
    path("panels/<slug:code>/sittings/<day:day>/cancel/", sittings.cancel_sitting, name="cancel-sitting"),
    path("panels/<slug:code>/sittings/<day:day>/declare/", attending.declare_for_sitting, name="declare-for-sitting"),
    path("panels/<slug:code>/sittings/<day:day>/members/<int:number>/coming/", attending.say_coming, name="say-coming"),
    path("panels/<slug:code>/sittings/<day:day>/agenda/list/", agendas.list_referral, name="list-referral"),
    path("panels/<slug:code>/sittings/<day:day>/agenda/business/", agendas.add_business, name="add-business"),
    path("panels/<slug:code>/sittings/<day:day>/agenda/order/", agendas.order_agenda, name="order-agenda"),
    path(
        "panels/<slug:code>/sittings/<day:day>/agenda/<int:number>/take-off/",
        agendas.take_off_item,
        name="take-off-item",
    ),
    path("panels/<slug:code>/sittings/<day:day>/items/<lot:referral>/", items.item, name="item"),
    path(
        "panels/<slug:code>/sittings/<day:day>/items/<lot:referral>/declare/",
        items.declare_item,
        name="declare-item",
    ),
    path("panels/<slug:code>/sittings/<day:day>/pack/", packs.pack, name="pack"),
    path("panels/<slug:code>/sittings/<day:day>/pack/<slug:form>.pdf", packs.pack_file, name="pack-file"),
    path(
        "panels/<slug:code>/sittings/<day:day>/pack/<int:number>/<slug:form>.pdf",
        packs.pack_file_of,
        name="pack-file-of",
    ),
    path("panels/<slug:code>/sittings/<day:day>/packs.zip", packs.packs, name="packs"),
    path("panels/<slug:code>/sittings/<day:day>/conflicts/", ties.sitting_conflicts, name="sitting-conflicts"),
    path("panels/<slug:code>/sittings/<day:day>/conflicts/<slug:mark>/", ties.answer_tie, name="answer-tie"),
    path("panels/<slug:code>/sittings/<day:day>/governance/", governance.governance, name="governance"),
    path("panels/<slug:code>/sittings/<day:day>/letters/", letters.letters, name="letters"),
    path("panels/<slug:code>/sittings/<day:day>/letters/<int:number>/<slug:to>/", letters.letter, name="letter"),
    path("panels/<slug:code>/sittings/<day:day>/minutes/", minutes.minutes, name="minutes"),
    path("panels/<slug:code>/sittings/<day:day>/minutes.pdf", minutes.minutes_file, name="minutes-file"),
    path("panels/<slug:code>/sittings/<day:day>/minutes/approve/", minutes.approve_minutes, name="approve-minutes"),
    path(
        "panels/<slug:code>/sittings/<day:day>/minutes/<int:number>/correct/",
        minutes.correct_minutes,
        name="correct-minutes",
    ),
    path(
        "panels/<slug:code>/sittings/<day:day>/minutes/<int:number>/versions/",
        minutes.minutes_versions,
        name="minutes-versions",
    ),
    path("panels/<slug:code>/sittings/<day:day>/run/", run.run, name="run"),
    path("panels/<slug:code>/sittings/<day:day>/run/<int:number>/", run.run_item, name="run-item"),
    path("panels/<slug:code>/sittings/<day:day>/run/<int:number>/reopen/", run.reopen_item, name="reopen-item"),
]
