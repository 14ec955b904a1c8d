"""Every page of panels in its filled state, for `states.py`."""

from collections.abc import Callable

from tests.functional.browser.served import Site
from tests.functional.browser.state import State, at
from tests.policy.panel_objects import (
    action_there,
    advised_there,
    business_there,
    candidate_there,
    connection_there,
    follow_up_there,
    item_there,
    member_there,
    officer_decided_there,
    panel_there,
    parent_there,
    placed_there,
    placement_step_there,
    record_there,
    referral_there,
    scores_there,
    sitting_there,
    tie_there,
    unlisted_there,
)


def _panel(tail: str) -> Callable[[Site], str]:
    return lambda site: f"/panels/{panel_there().code}/{tail}"


def _panels(site: Site) -> str:
    panel_there()
    return "/panels/"


def _mine(site: Site) -> str:
    connection_there()
    return "/panels/my-connections/"


def _member(tail: str) -> Callable[[Site], str]:
    return lambda site: f"/panels/{panel_there().code}/members/{member_there().pk}/{tail}"


def _referral(tail: str = "") -> Callable[[Site], str]:
    return lambda site: f"/panels/fap-secondary/referrals/{referral_there(site.pupil).reference}/{tail}"


def _referrals(site: Site) -> str:
    return f"/panels/{referral_there(site.pupil).panel.code}/referrals/"


def _refer(site: Site) -> str:
    panel_there()
    return f"/panels/refer/?case={site.exclusion.case.reference}"


def _sitting(tail: str = "") -> Callable[[Site], str]:
    def address(site: Site) -> str:
        item_there(site.pupil)
        return f"/panels/fap-secondary/sittings/{sitting_there().on}/{tail}"

    return address


def _item(tail: str = "") -> Callable[[Site], str]:
    return lambda site: _sitting(f"items/{referral_there(site.pupil).reference}/{tail}")(site)


def _minutes(tail: str = "") -> Callable[[Site], str]:
    def address(site: Site) -> str:
        record_there(site.pupil)
        return _sitting(f"minutes/{tail}")(site)

    return address


def _minutes_of(tail: str) -> Callable[[Site], str]:
    return lambda site: _sitting(f"minutes/{record_there(site.pupil).item_id}/{tail}")(site)


def _letter(site: Site) -> str:
    to = parent_there(site.pupil)
    return _minutes_of("")(site).replace("minutes", "letters") + f"{to}/"


def _action(tail: str = "") -> Callable[[Site], str]:
    return lambda site: _panel(f"actions/{tail}".format(action_there(site.pupil).pk))(site)


def _placement(tail: str) -> Callable[[Site], str]:
    return lambda site: f"/panels/fap-secondary/referrals/{placed_there(site.pupil).reference}/placement/{tail}"


def _advised(site: Site) -> str:
    return f"/panels/advising/referrals/{advised_there(site.pupil).reference}/decide/"


def _decided(site: Site) -> str:
    row = officer_decided_there(site.pupil)
    return f"/panels/advising/referrals/{row.item.referral}/decisions/{row.pk}/take-back/"


def _placements(site: Site) -> str:
    return f"/panels/{placed_there(site.pupil).panel.code}/placements/?show=all"


def _scores(site: Site) -> str:
    return f"/panels/{scores_there().panel.code}/turns/scores/"


def _tie(site: Site) -> str:
    return _sitting(f"conflicts/{tie_there(site.pupil)}/")(site)


PANELS: dict[str, State] = {
    "panels/panels.html": at("asha", _panels),
    "panels/panel.html": at("asha", _panel("")),
    "panels/open_panel.html": at("administrator", "/panels/open/"),
    "panels/change_panel.html": at("administrator", _panel("change/")),
    "panels/close_panel.html": at("administrator", _panel("close/")),
    "panels/add_terms.html": at("administrator", _panel("terms/add/")),
    "panels/terms.html": at("asha", _panel("terms/2021-09-01/")),
    "panels/appoint_member.html": at("administrator", _panel("members/appoint/")),
    "panels/end_membership.html": at("administrator", _member("end/")),
    "panels/refer.html": at("asha", _refer),
    "panels/refer_whom.html": at("asha", "/panels/refer/"),
    "panels/referrals.html": at("asha", _referrals),
    "panels/referral.html": at("asha", _referral()),
    "panels/write_papers.html": at("asha", _referral("papers/")),
    "panels/add_category.html": at("asha", _referral("categories/add/")),
    "panels/consider_school.html": at("asha", _referral("schools/add/")),
    "panels/take_off_school.html": at(
        "asha", lambda site: _referral(f"schools/{candidate_there(site.pupil).pk}/take-off/")(site)
    ),
    "panels/withdraw_referral.html": at(
        "asha", lambda site: f"/panels/unlisted/referrals/{unlisted_there(site.pupil).reference}/withdraw/"
    ),
    "panels/decide_on_advice.html": at("ruth", _advised),
    "panels/take_back_decision.html": at("ruth", _decided),
    "panels/placements.html": at("asha", _placements),
    "panels/record_placement_step.html": at("asha", _placement("accepted/")),
    "panels/take_back_placement_step.html": at(
        "asha", lambda site: _placement(f"steps/{placement_step_there(site.pupil).pk}/take-back/")(site)
    ),
    "panels/follow_up.html": at("asha", _placement("follow-ups/12/")),
    "panels/take_back_follow_up.html": at(
        "asha", lambda site: _placement(f"follow-ups/{follow_up_there(site.pupil).pk}/take-back/")(site)
    ),
    "panels/sittings.html": at("asha", lambda site: f"/panels/{sitting_there().panel.code}/sittings/"),
    "panels/call_sitting.html": at("asha", lambda site: f"/panels/{panel_there().code}/sittings/call/"),
    "panels/sitting.html": at("asha", _sitting()),
    "panels/change_sitting.html": at("asha", _sitting("change/")),
    "panels/cancel_sitting.html": at("asha", _sitting("cancel/")),
    "panels/say_coming.html": at("asha", lambda site: _sitting(f"members/{member_there().person_id}/coming/")(site)),
    "panels/declare_for_sitting.html": at("chair", _sitting("declare/")),
    "panels/list_referral.html": at("asha", _sitting("agenda/list/")),
    "panels/add_business.html": at("asha", _sitting("agenda/business/")),
    "panels/order_agenda.html": at("asha", _sitting("agenda/order/")),
    "panels/take_off_item.html": at("asha", lambda site: _sitting(f"agenda/{business_there().pk}/take-off/")(site)),
    "panels/run_item.html": at("chair", lambda site: _sitting(f"run/{item_there(site.pupil).pk}/")(site)),
    "panels/reopen_item.html": at(
        "chair", lambda site: _sitting(f"run/{record_there(site.pupil).item_id}/reopen/")(site)
    ),
    "panels/minutes.html": at("asha", _minutes()),
    "panels/approve_minutes.html": at("chair", _minutes("approve/")),
    "panels/governance.html": at("asha", lambda site: _minutes()(site).replace("minutes", "governance")),
    "panels/letters.html": at("asha", lambda site: _letter(site).split("letters/")[0] + "letters/"),
    "panels/letter.html": at("asha", _letter),
    "panels/correct_minutes.html": at("asha", _minutes_of("correct/")),
    "panels/minutes_versions.html": at("asha", _minutes_of("versions/")),
    "panels/item.html": at("chair", _item()),
    "panels/declare_item.html": at("asha", _item("declare/")),
    "panels/sitting_conflicts.html": at("asha", _sitting("conflicts/")),
    "panels/pack.html": at("asha", _sitting("pack/")),
    "panels/actions.html": at("asha", _action()),
    "panels/change_action.html": at("asha", _action("{}/")),
    "panels/my_actions.html": at("asha", lambda site: _action()(site) and "/panels/my-actions/"),
    "panels/my_action.html": at("asha", lambda site: f"/panels/my-actions/{action_there(site.pupil).pk}/"),
    "panels/chase_actions.html": at("asha", _action("chase/")),
    "panels/turns.html": at("ruth", _panel("turns/")),
    "panels/scores.html": at("ruth", _scores),
    "panels/publish_scores.html": at("asha", _panel("turns/scores/publish/")),
    "panels/turns_statement.html": at("ruth", _panel("turns/2026-27/")),
    "panels/answer_tie.html": at("asha", _tie),
    "panels/my_connections.html": at("member", _mine),
    "panels/member_connections.html": at("asha", _member("connections/")),
    "panels/say_connection.html": at("asha", _member("connections/record/")),
    "panels/end_connection.html": at("asha", lambda site: _member(f"connections/{connection_there().pk}/end/")(site)),
}
