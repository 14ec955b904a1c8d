"""How a case's timeline tells what panels did, and from whom it keeps that."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from casework.models import TimelineEvent, User
from casework.registry import register_sentence, timeline_guards
from panels.models import Referral
from panels.models.referral import OUTCOME_LABELS
from panels.rules.placement_terms import FOLLOW_UP_LABELS, STEP_LABELS
from panels.selectors.closed import CHECKED, out_of

EVENTS = frozenset(
    {
        "referred_to_panel",
        "referral_withdrawn",
        "referral_listed",
        "referral_taken_off",
        "panel_decided",
        "panel_advised",
        "panel_advice_decided",
        "panel_advice_taken_back",
        "panel_item_reopened",
        "panel_minutes_approved",
        "panel_letter_sent",
        "placement_step_recorded",
        "placement_step_taken_back",
        "placement_followed_up",
        "placement_follow_up_taken_back",
    }
)


def register() -> None:
    """Give each event of this app its sentence, and keep events from those who are out of the item."""
    register_sentence("referred_to_panel", lambda data: f"Referred to {data['panel']}: {data['referral']}.")
    register_sentence(
        "referral_withdrawn",
        lambda data: f"Referral {data['referral']} to {data['panel']} withdrawn: {data['because']}",
    )
    register_sentence(
        "referral_listed", lambda data: f"Referral {data['referral']} to be heard by {data['panel']} on {_day(data)}."
    )
    register_sentence(
        "referral_taken_off",
        lambda data: f"Referral {data['referral']} taken off the agenda of {data['panel']} on {_day(data)}.",
    )
    register_sentence(
        "panel_decided",
        lambda data: f"{data['panel']} decided on {_day(data)}, {data['referral']}: {OUTCOME_LABELS[data['outcome']]}.",
    )
    register_sentence(
        "panel_advised",
        lambda data: (
            f"{data['panel']} advised on {_day(data)}, {data['referral']}: {OUTCOME_LABELS[data['outcome']]}."
            " An officer decides."
        ),
    )
    register_sentence("panel_advice_decided", _advice_decided)
    register_sentence(
        "panel_advice_taken_back",
        lambda data: (
            f"Officer’s decision on the advice of {data['panel']}, {data['referral']}, taken back on {_day(data)}:"
            f" the advice waits again ({OUTCOME_LABELS[data['advised']]})."
        ),
    )
    register_sentence(
        "panel_item_reopened", lambda data: f"Item {data['referral']} of {data['panel']} reopened on {_day(data)}."
    )
    register_sentence(
        "panel_minutes_approved",
        lambda data: (
            f"Minutes of {data['panel']} on {_day(data)}, {data['referral']}, approved: version {data['version']}."
        ),
    )
    register_sentence("panel_letter_sent", _letter_sent)
    _register_placements()
    timeline_guards.append(kept_from)


def _register_placements() -> None:
    register_sentence(
        "placement_step_recorded",
        lambda data: (
            f"{STEP_LABELS[data['step']]}: {data['school']}, on {_day(data)}. {data['panel']}, {data['referral']}."
        ),
    )
    register_sentence(
        "placement_step_taken_back",
        lambda data: (
            f"Taken back: {STEP_LABELS[data['step']].lower()}, {data['school']}, {_day(data)}."
            f" {data['panel']}, {data['referral']}."
        ),
    )
    register_sentence(
        "placement_followed_up",
        lambda data: (
            f"Followed up {data['weeks']} weeks after the first day at {data['school']}:"
            f" {FOLLOW_UP_LABELS[data['outcome']].lower()}, on {_day(data)}. {data['panel']}, {data['referral']}."
        ),
    )
    register_sentence(
        "placement_follow_up_taken_back",
        lambda data: (
            f"Taken back: the follow-up {data['weeks']} weeks after the first day at {data['school']}."
            f" {data['panel']}, {data['referral']}."
        ),
    )


def kept_from(user: User, events: Collection[TimelineEvent], on: date) -> set[int]:
    """Return the primary keys of the events of referrals that are closed to a person, and of those that are not found."""
    ours = [event for event in events if event.event in EVENTS]
    if not ours:
        return set()
    wanted = {str(event.data.get("referral", "")) for event in ours}
    referrals = list(Referral.objects.filter(reference__in=wanted).select_related(*CHECKED))
    by_panel: dict[int, list[Referral]] = {}
    for each in referrals:
        by_panel.setdefault(each.panel_id, []).append(each)
    closed = {pk for theirs in by_panel.values() for pk in out_of(user, theirs, panel=theirs[0].panel, on=on)}
    open_to_them = {each.reference for each in referrals if each.pk not in closed}
    return {event.pk for event in ours if event.data.get("referral") not in open_to_them}


def _advice_decided(data: Mapping[str, Any]) -> str:
    said = f"Officer’s decision on the advice of {data['panel']}, {data['referral']}"
    stands, advised = (OUTCOME_LABELS[data[name]] for name in ("outcome", "advised"))
    if data["follows"]:
        return f"{said}: {stands}, as advised."
    return f"{said}: {stands}, otherwise than advised ({advised})."


def _letter_sent(data: Mapping[str, Any]) -> str:
    told = f"what {data['panel']} decided on {_day(data)}"
    # Letters from before an officer could decide say nothing of one.
    if data.get("by_officer"):
        told = f"what an officer decided on the advice of {data['panel']} of {_day(data)}"
    return f"Letter of {told}, {data['referral']}, sent to {data['to']}."


def _day(data: Mapping[str, Any]) -> str:
    day = date.fromisoformat(data["on"])
    return f"{day:%A} {day.day} {day:%B %Y}"
