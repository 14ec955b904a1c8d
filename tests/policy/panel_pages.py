"""What stands in for the parameters of the pages of panels."""

from datetime import date

from casework.models import User
from panels.models import AgendaItem
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
from tests.policy.world import Parameter

CODE = Parameter(lambda world: panel_there().code, "no-such-panel")
DAY = Parameter(lambda world: sitting_there().on, date(2031, 2, 3))


def reference_of(item: AgendaItem) -> str:
    """Return the reference of an item's referral."""
    assert item.referral
    return item.referral.reference


PANEL_PAGES: dict[str, dict[str, Parameter]] = {
    **{
        f"panels:{name}": {"code": Parameter(lambda world: panel_there().code, "no-such-panel")}
        for name in ("panel", "change-panel", "close-panel", "add-terms", "appoint-member")
    },
    "panels:terms": {
        "code": Parameter(lambda world: panel_there().code, "no-such-panel"),
        "in_force_from": Parameter(lambda world: panel_there().opened_on, date(2031, 2, 3)),
    },
    **{
        f"panels:{name}": {
            "code": Parameter(lambda world: panel_there().code, "no-such-panel"),
            "number": Parameter(lambda world: member_there().pk, 2_000_000_000),
        }
        for name in ("end-membership", "member-connections", "record-connection")
    },
    "panels:end-connection": {
        "code": Parameter(lambda world: panel_there().code, "no-such-panel"),
        "member": Parameter(lambda world: member_there().pk),
        "number": Parameter(lambda world: connection_there().pk, 2_000_000_000),
    },
    "panels:referrals": {"code": Parameter(lambda world: panel_there().code, "no-such-panel")},
    **{
        f"panels:{name}": {
            "code": Parameter(lambda world: panel_there().code, "no-such-panel"),
            "referral": Parameter(lambda world: referral_there(world.pupil).reference, "ZZZZZZ"),
        }
        for name in ("referral", "write-papers", "add-category", "consider-school")
    },
    "panels:withdraw-referral": {
        "code": Parameter(lambda world: unlisted_there(world.pupil).panel.code, "no-such-panel"),
        "referral": Parameter(lambda world: unlisted_there(world.pupil).reference, "ZZZZZZ"),
    },
    "panels:take-off-school": {
        "code": Parameter(lambda world: panel_there().code, "no-such-panel"),
        "referral": Parameter(lambda world: referral_there(world.pupil).reference, "ZZZZZZ"),
        "number": Parameter(lambda world: candidate_there(world.pupil).pk, 2_000_000_000),
    },
    **{f"panels:{name}": {"code": CODE} for name in ("sittings", "call-sitting", "turns", "actions", "chase-actions")},
    "panels:my-action": {"number": Parameter(lambda world: action_there(world.pupil).pk, 2_000_000_000)},
    "panels:change-action": {
        "code": CODE,
        "number": Parameter(lambda world: action_there(world.pupil).pk, 2_000_000_000),
    },
    "panels:record-placement-step": {
        "code": CODE,
        "referral": Parameter(lambda world: placed_there(world.pupil).reference, "ZZZZZZ"),
        "step": Parameter(lambda world: "accepted", "no-such-step"),
    },
    "panels:take-back-placement-step": {
        "code": CODE,
        "referral": Parameter(lambda world: placed_there(world.pupil).reference, "ZZZZZZ"),
        "number": Parameter(lambda world: placement_step_there(world.pupil).pk, 2_000_000_000),
    },
    "panels:follow-up": {
        "code": CODE,
        "referral": Parameter(lambda world: placed_there(world.pupil).reference, "ZZZZZZ"),
        "weeks": Parameter(lambda world: 12, 7),
    },
    "panels:take-back-follow-up": {
        "code": CODE,
        "referral": Parameter(lambda world: placed_there(world.pupil).reference, "ZZZZZZ"),
        "number": Parameter(lambda world: follow_up_there(world.pupil).pk, 2_000_000_000),
    },
    "panels:decide-on-advice": {
        "code": Parameter(lambda world: advised_there(world.pupil).panel.code, "no-such-panel"),
        "referral": Parameter(lambda world: advised_there(world.pupil).reference, "ZZZZZZ"),
    },
    "panels:take-back-decision": {
        "code": Parameter(lambda world: advised_there(world.pupil).panel.code, "no-such-panel"),
        "referral": Parameter(lambda world: str(officer_decided_there(world.pupil).item.referral), "ZZZZZZ"),
        "number": Parameter(lambda world: officer_decided_there(world.pupil).pk, 2_000_000_000),
    },
    "panels:placements": {"code": CODE},
    "panels:scores": {"code": CODE},
    "panels:publish-scores": {"code": CODE},
    "panels:scores-of": {"code": CODE, "day": Parameter(lambda world: scores_there().in_force_from, date(1999, 9, 1))},
    "panels:turns-statement": {"code": CODE, "year": Parameter(lambda world: "2026-27", "1999-00")},
    **{
        f"panels:{name}": {"code": CODE, "day": DAY}
        for name in (
            "sitting",
            "change-sitting",
            "cancel-sitting",
            "declare-for-sitting",
            "list-referral",
            "add-business",
            "order-agenda",
            "sitting-conflicts",
            "run",
            "pack",
            "packs",
            "minutes",
            "minutes-file",
            "approve-minutes",
            "letters",
            "governance",
        )
    },
    "panels:pack-file": {"code": CODE, "day": DAY, "form": Parameter(lambda world: "print", "poster")},
    "panels:pack-file-of": {
        "code": CODE,
        "day": DAY,
        "number": Parameter(lambda world: User.objects.get(email="chair@marchshire.example").pk, 2_000_000_000),
        "form": Parameter(lambda world: "print"),
    },
    "panels:say-coming": {
        "code": CODE,
        "day": DAY,
        "number": Parameter(lambda world: member_there().person_id, 2_000_000_000),
    },
    **{
        f"panels:{name}": {
            "code": CODE,
            "day": DAY,
            "number": Parameter(lambda world: record_there(world.pupil).item_id, 2_000_000_000),
        }
        for name in ("run-item", "reopen-item")
    },
    "panels:take-off-item": {
        "code": CODE,
        "day": DAY,
        "number": Parameter(lambda world: business_there().pk, 2_000_000_000),
    },
    **{
        f"panels:{name}": {
            "code": CODE,
            "day": DAY,
            "number": Parameter(lambda world: record_there(world.pupil).item_id, 2_000_000_000),
        }
        for name in ("correct-minutes", "minutes-versions")
    },
    **{
        f"panels:{name}": {
            "code": CODE,
            "day": DAY,
            "referral": Parameter(lambda world: reference_of(item_there(world.pupil)), "ZZZZZZ"),
        }
        for name in ("item", "declare-item")
    },
    "panels:letter": {
        "code": CODE,
        "day": DAY,
        "number": Parameter(lambda world: record_there(world.pupil).item_id, 2_000_000_000),
        "to": Parameter(lambda world: parent_there(world.pupil), "parent-2000000000"),
    },
    "panels:answer-tie": {
        "code": CODE,
        "day": DAY,
        "mark": Parameter(lambda world: tie_there(world.pupil), "0123456789abcdef"),
    },
    "panels:end-my-connection": {"number": Parameter(lambda world: connection_there().pk, 2_000_000_000)},
}
