"""A plan on a page as words, from which the screen and the typesetter draw alike."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from wsoa.models import Plan
from wsoa.rules.heat import cell
from wsoa.rules.measures import number_in_words
from wsoa.rules.rounds import BOARD_LABELS
from wsoa.rules.terms import MEASURE_STATE_LABELS, STATE_LABELS, MeasureState, State
from wsoa.selectors.measures import MeasureNow
from wsoa.selectors.one_page import OnePage, Since
from wsoa.selectors.plan_document import day_in_words
from wsoa.selectors.plans import PriorityNow
from wsoa.selectors.standing import Stood

# A colour says no more than the word that stands on it. Only what is late or off track is red.
COLOURS: Mapping[State, str] = MappingProxyType(
    {
        State.COMPLETE: "blue", State.ON_TRACK: "green", State.BEHIND: "amber", State.OVERDUE: "red",
        State.NO_UPDATE: "grey", State.NOT_DUE: "grey",
    }
)  # fmt: skip

MEASURE_COLOURS: Mapping[MeasureState, str] = MappingProxyType(
    {
        MeasureState.MET: "blue", MeasureState.ON_TRACK: "green", MeasureState.AT_RISK: "amber",
        MeasureState.OFF_TRACK: "red", MeasureState.NO_READING: "grey",
    }
)  # fmt: skip

NAMED = 6
"""So many actions of a change are named; the others are a count, so that the plan stays on its page."""


def one_page_document(page: OnePage, *, plan: Plan, on: date, council: str) -> dict[str, Any]:
    """Return a plan on a page as plain JSON; no query."""
    return {
        "council": council,
        "title": plan.title,
        "as_at": f"As at {day_in_words(on)}",
        "figures": [
            {"number": f"{number:,}", "text": text, "late": name == "late" and number > 0}
            for name, number, text in figures(page)
        ],
        "next": _next(page),
        "priorities": [_priority(each, page) for each in page.priorities],
        "since": _since(page.since, page.actions) if page.since else None,
        "measures": [_measure(each) for each in page.measures],
        "without_target": _without_target(page),
    }


def figures(page: OnePage) -> list[tuple[str, int, str]]:
    """Return the counts of a plan, each with its name and its words."""
    actions = page.actions
    return [
        ("done", page.number(State.COMPLETE), f"of {len(actions):,} actions done"),
        ("late", page.number(State.OVERDUE), "overdue"),
        ("slipped", sum(bool(each.slips) for each in actions), "slipped: the date has moved to a later day"),
        ("stale", sum(each.stale for each in actions), "stale: no word for two rounds"),
        ("held-up", sum(each.action.pk in page.held_up for each in actions), "held up by one late or slipped"),
    ]


def _priority(each: PriorityNow, page: OnePage) -> dict[str, Any]:
    states = [action.standing.state for action in each.actions]
    done, number = states.count(State.COMPLETE), len(states)
    told = cell(states) if states else None
    return {
        "title": str(each.priority),
        "state": {"text": STATE_LABELS[told.state], "colour": COLOURS[told.state]} if told else None,
        "counts": _counts(states),
        "share": f"{_per_cent(done, number)}%" if number else "",
        "part": _per_cent(done, number) if number else 0,
        "done": f"{done} of {number}" if number else "No action",
        "measures": _measure_counts(
            [
                now.judged.state
                for now in page.measures
                if now.measure.priority_id == each.priority.pk and now.judged and now.judged.state
            ]
        ),
    }


def _per_cent(part: int, whole: int) -> int:
    """Return a share in whole per cent, rounded down, so that 100 is said of nothing but all."""
    return part * 100 // whole


def _measure_counts(states: Sequence[MeasureState]) -> list[dict[str, str]]:
    return [
        {"text": f"{states.count(state)} {MEASURE_STATE_LABELS[state].lower()}", "colour": MEASURE_COLOURS[state]}
        for state in MeasureState
        if state in states
    ]


def _counts(states: Sequence[State]) -> list[dict[str, str]]:
    return [
        {"text": f"{states.count(state)} {STATE_LABELS[state].lower()}", "colour": COLOURS[state]}
        for state in State
        if state in states
    ]


def _measure(now: MeasureNow) -> dict[str, Any]:
    measure, judged = now.measure, now.judged
    state = judged.state if judged else None
    return {
        "title": measure.title,
        "below": f"{measure.priority}. Unit: {measure.unit}" if measure.unit else str(measure.priority),
        "value": number_in_words(now.value, none="No reading"),
        "on": day_in_words(now.on) if now.on else "",
        "target": number_in_words(measure.target),
        "by": f"by {day_in_words(measure.due)}" if measure.due else "",
        "state": {"text": MEASURE_STATE_LABELS[state], "colour": MEASURE_COLOURS[state]} if state else None,
        "because": judged.because if judged else "",
    }


def _without_target(page: OnePage) -> str:
    number = page.without_target
    if not number:
        return ""
    have = "measure has" if number == 1 else "measures have"
    return f"{number} {have} no target as a number, and so no state."


def _since(since: Since, actions: Sequence[Stood]) -> dict[str, Any]:
    by_place = {each.place.pk: each for each in actions}
    found = since.changes
    groups = (
        ("Done", [by_place[key] for key in found.done]),
        ("Now overdue", [by_place[key] for key in found.late]),
        ("Changed otherwise", [by_place[key] for key in found.otherwise]),
        ("Date moved", since.moved),
        ("Added", [by_place[key] for key in found.added]),
    )
    lines = [
        {
            "what": f"{what}: {len(which)}",
            "which": [_named(each, since, otherwise=what == "Changed otherwise") for each in which[:NAMED]],
            "more": f"and {len(which) - NAMED} more" if len(which) > NAMED else "",
        }
        for what, which in groups
        if which
    ]
    if found.gone:
        lines.append({"what": f"Set aside: {len(found.gone)}", "which": [], "more": ""})
    closed_on = since.round.closed_on
    when = f", closed {day_in_words(closed_on)}" if closed_on else ""
    return {"title": f"Since round {since.round.number}{when}", "lines": lines}


def _named(each: Stood, since: Since, *, otherwise: bool) -> str:
    name = f"{each.place.reference} {each.action.title}".strip()
    if not otherwise:
        return name
    before = STATE_LABELS[since.was[each.place.pk]].lower()
    return f"{name}, {before} to {STATE_LABELS[each.standing.state].lower()}"


def _next(page: OnePage) -> str:
    if page.open_round:
        opened = page.open_round
        if opened.closed_on:
            return f"Round {opened.number} closed on {day_in_words(opened.closed_on)} and is to be approved."
        return f"Round {opened.number} is open: answers by {day_in_words(opened.due)}."
    if not page.next_rounds:
        return "No round has been held: none is due."
    return " ".join(f"Next round: {day_in_words(on)} ({BOARD_LABELS[board]})." for board, on in page.next_rounds)
