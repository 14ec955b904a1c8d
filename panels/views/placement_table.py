"""A placement as the referral's page and the list show it: each stage with its day, who holds it, and where it stands."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from casework.rules.calendar import SchoolCalendar
from casework.rules.dates import in_words
from casework.rules.duties import State
from casework.views.tables import columns, day_in_full
from exclusions.rules.sources import cite
from exclusions.views.duty_table import school_days, tag_of
from panels.models import PlacementStep
from panels.models.referral import OUTCOME_LABELS
from panels.rules.placement import StageLine, replies
from panels.rules.placement_follow_up import FollowUpLine, Share, may_be_followed_up
from panels.rules.placement_order import may_be_taken, overtaken, why_not_now
from panels.rules.placement_terms import (
    FOLLOW_UP_LABELS,
    FOLLOW_UP_WEEKS,
    HOLDER_LABELS,
    STAGE_LABELS,
    STEP_LABELS,
    Stage,
    Step,
)
from panels.selectors.leaving_roll import RollLeft
from panels.selectors.placements import Placement

RECORDED_AT: dict[Stage, tuple[Step, ...]] = {
    Stage.ALLOCATED: (Step.AGREED, Step.APPLICATION_REFUSED),
    Stage.ASKED: (Step.ASKED,),
    Stage.REPLIED: (Step.ACCEPTED, Step.REFUSED),
    Stage.ESCALATED: (Step.DIRECTION_INTENDED, Step.SECRETARY_OF_STATE_ASKED),
    Stage.ADJUDICATOR: (Step.TO_ADJUDICATOR,),
    Stage.ADJUDICATED: (Step.ADJUDICATOR_UPHELD, Step.ADJUDICATOR_NOT_UPHELD),
    Stage.DIRECTED: (Step.DIRECTED, Step.SECRETARY_OF_STATE_DECLINED),
    Stage.BACK: (),
    Stage.ON_ROLL: (Step.ON_ROLL,),
    Stage.STARTED: (Step.STARTED,),
}
"""At which stage the page offers to record each step."""
TO_RECORD = {
    Step.AGREED: "Say when it was agreed",
    Step.APPLICATION_REFUSED: "Say when an application was refused",
    Step.ASKED: "Record that it was asked",
    Step.ACCEPTED: "It agreed",
    Step.REFUSED: "It refused",
    Step.DIRECTION_INTENDED: "Record that it was told of a direction",
    Step.TO_ADJUDICATOR: "It went to the adjudicator",
    Step.ADJUDICATOR_UPHELD: "It was upheld",
    Step.ADJUDICATOR_NOT_UPHELD: "It was not upheld",
    Step.SECRETARY_OF_STATE_DECLINED: "The Secretary of State did not direct",
    Step.SECRETARY_OF_STATE_ASKED: "Record that the Secretary of State was asked",
    Step.DIRECTED: "Record the direction",
    Step.ON_ROLL: "Put on the roll",
    Step.STARTED: "Record the first day",
}
READ_FROM = {Step.ASKED: "by the letter that was sent", Step.ON_ROLL: "by the roll"}
MET_BY = {
    Stage.ESCALATED: "school told, or Secretary of State asked",
}


def placement_context(placement: Placement, *, on: date, may_write: bool) -> dict[str, Any]:
    """Return what the referral's page shows of its placement."""
    offered = set(may_be_taken(placement.facts)) if may_write else set[Step]()
    return {
        "school": placement.school,
        "refused": placement.facts.refused and not placement.started,
        "refused_because": next((each.words for each in standing(placement.steps) if each.step == Step.REFUSED), ""),
        "overtaken": _overtaken(placement) if may_write and not placement.started else {},
        "counts": counts_in_words(placement),
        "columns": columns("Stage", "Who", "Due", "Where it stands", "Done"),
        "rows": [{"cells": _cells(placement, line, offered, on)} for line in placement.lines],
        "working": [
            {"stage": STAGE_LABELS[line.stage], "says": line.working, "rule": _rule(line)} for line in placement.lines
        ],
        "follow_up_columns": columns("Follow-up", "Who", "Due", "Where it stands", "Found"),
        "follow_up_rows": [
            {"cells": _follow_up_cells(placement, line, may_write, on)} for line in placement.follow_ups
        ],
        "found": [
            {"row": each, "take_back": _address(placement, "take-back-follow-up", each.pk) if may_write else ""}
            for each in placement.found
        ],
        "steps": [
            {"row": each, "take_back": _address(placement, "take-back-placement-step", each.pk) if may_write else ""}
            for each in placement.steps
        ],
    }


def _overtaken(placement: Placement) -> dict[str, str]:
    """Return how a third word of the school is recorded, and where the first is taken back; empty if there is no second."""
    found = overtaken(placement.facts)
    if found is None:
        return {}
    row = next((each for each in standing(placement.steps) if each.step == found[0]), None)
    return {"says": found[1], "take_back": _address(placement, "take-back-placement-step", row.pk)} if row else {}


def standing(steps: Iterable[PlacementStep]) -> list[PlacementStep]:
    """Return the steps that nobody took back."""
    return [each for each in steps if not each.withdrawn_at]


def counts_in_words(placement: Placement) -> str:
    """Return how many stages are late, to come and met: '1 late, 2 to come, 3 met'."""
    states = [line.stands.state for line in placement.every]
    late, met = states.count(State.LATE), states.count(State.MET) + states.count(State.MET_LATE)
    ahead = sum(state in (State.DUE, State.COMING, State.ARRANGED, State.NOT_OPEN) for state in states)
    return f"{late} late, {ahead} to come, {met} met"


def due_cell(line: StageLine, calendar: SchoolCalendar, *, on: date) -> dict[str, str]:
    """Return the day of a stage in words, with its other reading below; without one, how long it has waited."""
    if line.due is None:
        waited = f"{school_days(line.lag)} so far" if line.lag else ""
        return {"text": "No day is given", "second": waited}
    if line.stands.state in (State.MET, State.MET_LATE, State.ENDED):
        words = day_in_full(line.due)
    else:
        words = in_words(line.due, today=on, calendar=calendar)
    other = line.other_due if line.other_due != line.due else None
    said = [f"or {day_in_full(other)}, on the other reading"] if other else []
    said += [f"{day_in_full(line.beside)} on the reading not chosen"] if line.beside else []
    return {"text": words[:1].upper() + words[1:], "second": "; ".join(said)}


def state_tag(line: Any) -> dict[str, str]:
    """Return the tag of where a stage stands; the school's time for the adjudicator passes, and is not missed."""
    if getattr(line, "stage", None) is Stage.ADJUDICATOR and line.stands.state is State.MISSED:
        return {"text": "Passed", "classes": "govuk-tag--grey"}
    return tag_of(line.stands)


def _cells(placement: Placement, line: StageLine, offered: set[Step], on: date) -> list[dict[str, Any]]:
    return [
        {"text": STAGE_LABELS[line.stage], "header": True},
        {"text": HOLDER_LABELS[line.holder]},
        due_cell(line, placement.calendar, on=on),
        {"tag": state_tag(line)},
        _done(placement, line, offered),
    ]


def _follow_up_cells(placement: Placement, line: FollowUpLine, may_write: bool, on: date) -> list[dict[str, Any]]:
    offered = may_write and line.weeks in may_be_followed_up(placement.follow_ups)
    links = [{"text": "Record what was found", "href": _address(placement, "follow-up", line.weeks)}] if offered else []
    met, how = "", ""
    if line.found:
        met, how = FOLLOW_UP_LABELS[line.found.outcome], day_in_full(line.found.on)
        if line.found.ended_on:
            how += f", last day {day_in_full(line.found.ended_on)}"
    name = f"After {line.weeks} weeks"
    context = {"met": met, "how": how, "links": links, "of": name}
    due = in_words(line.due, today=on, calendar=placement.calendar)
    return [
        {"text": name, "header": True},
        {"text": HOLDER_LABELS["clerk"]},
        {"text": due[:1].upper() + due[1:]},
        {"tag": state_tag(line)},
        {"html": render_to_string("panels/_placement_done.html", context)},
    ]


def lasting_table(found: Iterable[Share]) -> dict[str, Any]:
    """Return how many placements last, as a table: a row for each decision, a column for each number of weeks."""
    by_outcome: dict[str, dict[int, Share]] = {}
    for each in found:
        by_outcome.setdefault(each.outcome, {})[each.weeks] = each
    return {
        "columns": columns("Decision", *(f"Still there after {weeks} weeks" for weeks in FOLLOW_UP_WEEKS)),
        "rows": [
            {
                "cells": [
                    {"text": OUTCOME_LABELS[outcome], "header": True},
                    *({"text": _of(those.get(weeks))} for weeks in FOLLOW_UP_WEEKS),
                ]
            }
            for outcome, those in by_outcome.items()
        ],
    }


def _of(share: Share | None) -> str:
    return f"{share.there} of {share.followed}" if share else "None followed up"


def _done(placement: Placement, line: StageLine, offered: set[Step]) -> dict[str, Any]:
    """Return what met a stage, and the steps that may be recorded at it."""
    links = [
        {"text": TO_RECORD[step], "href": _address(placement, "record-placement-step", step.value.replace("_", "-"))}
        for step in RECORDED_AT[line.stage]
        if step in offered and not (line.met_on and step in (Step.ACCEPTED,) and not placement.facts.refused)
    ]
    met = day_in_full(line.met_on) if line.met_on else ""
    how = [READ_FROM[step] for step in RECORDED_AT[line.stage] if step in placement.facts.read]
    if line.stage is Stage.REPLIED and line.met_on:
        how = [_replied(placement)]
    if line.stage is Stage.ADJUDICATED and line.met_on:
        how = ["upheld" if Step.ADJUDICATOR_UPHELD in placement.facts.steps else "not upheld"]
    if line.stage is Stage.BACK and not line.met_on and offered:
        links = [{"text": "Refer the child again", "href": _refer(placement)}]
    if line.stage is Stage.ALLOCATED:
        how = [f"{placement.facts.named_by} named the school"]
    context = {"met": met, "how": ", ".join(how), "links": links, "of": STAGE_LABELS[line.stage]}
    return {"html": render_to_string("panels/_placement_done.html", context)}


def _replied(placement: Placement) -> str:
    """Return what the school said on the day that is shown, and any later word with its own day."""
    (first, _), *later = replies(placement.facts.steps)
    words = {Step.REFUSED: "refused", Step.ACCEPTED: "agreed"}
    return "; ".join([words[first], *(f"{words[step]} on {day_in_full(day)}" for step, day in later)])


def _refer(placement: Placement) -> str:
    referral = placement.referral
    case = f"case={referral.exclusion.case.reference}" if referral.exclusion else f"pupil={referral.pupil.public_id}"
    return f"{reverse('panels:refer')}?{case}"


def _rule(line: StageLine) -> str:
    if line.rule == "local":
        return "Local rule" + (f". {cite(line.source)}" if line.source else "")
    return f"{line.rule}. {cite(line.source)}" if line.source else line.rule


def _address(placement: Placement, name: str, last: Any) -> str:
    referral = placement.referral
    return reverse(f"panels:{name}", args=[referral.panel.code, referral.reference, last])


def step_context(placement: Placement, step: Step, rolls: Iterable[RollLeft]) -> dict[str, Any]:
    """Return what the page of one step shows: the step as it is recorded, or why it cannot be, or what it does."""
    left = list(rolls)
    row = next((each for each in standing(placement.steps) if each.step == step), None)
    found = overtaken(placement.facts)
    return {
        "overtaken": found[1] if found and found[0] is step else "",
        "referral": placement.referral,
        "placement": placement,
        "label": STEP_LABELS[step],
        "kind": step.value,
        "recorded": row,
        "take_back": _address(placement, "take-back-placement-step", row.pk) if row else "",
        "read_from": READ_FROM[step] if step in placement.facts.read else "",
        "read_on": placement.facts.steps.get(step),
        "why_not": why_not_now(step, placement.facts),
        "rolls": [{"left": each, "source": cite(each.found.source) if each.found else ""} for each in left],
        "may_leave": all(each.found is None or each.found.from_day for each in left),
    }
