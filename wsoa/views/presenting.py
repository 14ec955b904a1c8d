"""How pages show states, counts and the parts of a plan."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from casework.views.tables import day_in_full
from wsoa.models import ActionPlace, ActionUpdate, Plan, RoundAsk
from wsoa.rules.measures import number_in_words
from wsoa.rules.terms import MEASURE_STATE_LABELS, STATE_LABELS, MeasureState, State
from wsoa.selectors.measures import MeasureNow
from wsoa.selectors.standing import Stood
from wsoa.views.figures import trend
from wsoa.views.finding import action_href

TAG_CLASSES: Mapping[State, str] = {
    State.COMPLETE: "govuk-tag--blue",
    State.ON_TRACK: "govuk-tag--green",
    State.BEHIND: "govuk-tag--yellow",
    State.OVERDUE: "govuk-tag--red",
    State.NO_UPDATE: "govuk-tag--grey",
    State.NOT_DUE: "govuk-tag--grey",
}


def state_tag(state: State) -> dict[str, str]:
    """Return a state as a tag: its word, and a colour besides."""
    return {"text": STATE_LABELS[state], "classes": TAG_CLASSES[state]}


MEASURE_TAG_CLASSES: Mapping[MeasureState, str] = {
    MeasureState.MET: "govuk-tag--blue",
    MeasureState.ON_TRACK: "govuk-tag--green",
    MeasureState.AT_RISK: "govuk-tag--yellow",
    MeasureState.OFF_TRACK: "govuk-tag--red",
    MeasureState.NO_READING: "govuk-tag--grey",
}


def measure_tag(state: MeasureState) -> dict[str, str]:
    """Return where a measure stands as a tag: its word, and a colour besides."""
    return {"text": MEASURE_STATE_LABELS[state], "classes": MEASURE_TAG_CLASSES[state]}


def many(number: int, one: str, more: str = "") -> str:
    """Return '1 action' or '66 actions'."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def round_number(typed: str) -> int | None:
    """Return the number of a round that an address names; None where it names none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else None


def action_row(each: Stood, code: str, *, held_up_by: Sequence[Stood] = ()) -> dict[str, Any]:
    """Return an action as a row: reference and title, lead, date, last word, state, and which one holds it up."""
    action = each.action
    below = [waited_for(other) for other in held_up_by]
    if each.standing.is_overridden:
        below.insert(0, "Decided over the rule")
    return {
        "cells": [
            {"text": each.place.reference or "None", "empty": not each.place.reference},
            {"text": action.title, "href": action_href(each.place, code), "header": True},
            {"text": action.lead_as_written or "No lead is given", "empty": not action.lead_as_written},
            {
                "text": action.dates_as_written or "No date is given",
                "empty": not action.dates_as_written,
                "second": times_moved(each.moves),
            },
            {
                "text": day_in_full(each.last_update_on) if each.last_update_on else "Never",
                "second": "Two rounds or more ago" if each.stale else "",
            },
            {"tag": state_tag(each.standing.state), "second": ". ".join(below)},
        ]
    }


def waited_for(other: Stood) -> str:
    """Return what an action that is held up waits for, and why that holds it up."""
    name = other.place.reference or other.action.title
    why = "is overdue" if other.standing.state is State.OVERDUE else "has slipped"
    return f"Waits for {name}, which {why}"


def wait_row(other: Stood, place: ActionPlace, code: str, *, may_keep: bool = False) -> dict[str, Any]:
    """Return an action that another waits for, or that waits for it, as a row of the other's page."""
    action, plan = other.action, other.place.priority.plan
    name = f"{other.place.reference} {action.title}".strip()
    cells: list[dict[str, Any]] = [
        {"text": name, "href": action_href(other.place, plan.code), "header": True},
        {"text": plan.title},
        {
            "text": action.dates_as_written or "No date is given",
            "empty": not action.dates_as_written,
            "second": times_moved(other.moves),
        },
        {"text": "Set aside"} if action.retired_on else {"tag": state_tag(other.standing.state)},
    ]
    if may_keep:
        href = reverse("wsoa:remove-wait", args=[code, place.action_id, action.pk])
        cells.append({"text": "No longer wait", "href": href, "hidden_text": f"for {name}"})
    return {"cells": cells}


def times_moved(moves: int) -> str:
    """Return how often a date was moved, and nothing where it never was."""
    return f"Moved {'once' if moves == 1 else f'{moves} times'}" if moves else ""


def ask_row(ask: RoundAsk, code: str, *, on: date) -> dict[str, Any]:
    """Return what a round asks of a lead as a row: the action, the lead, how he was asked, and what he said.

    Where the lead holds the role no more on the day, and has not answered, it says so.
    """
    place, said = ask.place, ask.answer
    how = "By link" if ask.token_hash else "By account"
    if not ask.recipient:
        how = "No address is known" if ask.holder else "Nobody holds the role" if ask.role else "No lead is given"
    chased = f"Chased {'once' if ask.chased == 1 else f'{ask.chased} times'}" if ask.chased else ""
    answer: dict[str, Any] = {"text": "None yet", "empty": True}
    if not said and ask.holder and not ask.holder.holds(on):
        answer = {"text": "None yet", "second": f"{ask.holder.name} holds the role no more: chase to ask whoever does"}
    if said:
        done = "" if said.per_cent is None else f"{said.per_cent}% done"
        answer = {"text": said.text or done or "Its schedule", "second": f"{speaker(said)}, {day_in_full(said.on)}"}
    return {
        "cells": [
            {"text": place.reference or "None", "empty": not place.reference},
            {"text": place.action.title, "href": action_href(place, code), "header": True},
            {
                "text": ask.holder.name if ask.holder else "Nobody",
                "second": ask.role.code if ask.role else "",
                "empty": not ask.holder,
            },
            {"text": how, "second": chased, "empty": not ask.recipient},
            answer,
        ]
    }


def speaker(said: ActionUpdate) -> str:
    """Return who said it: by an account, by a link, or on the plan's paper."""
    return said.by.name if said.by else said.said_by or "The plan’s paper"


def measure_row(now: MeasureNow, code: str) -> dict[str, Any]:
    """Return a measure as a row; a state only where there is a target to hold it against."""
    measure = now.measure
    note = measure.target_note or ("" if measure.target is None else measure.target_as_written)
    target = {"text": number_in_words(measure.target), "second": note}
    if measure.target is None:
        target = {"text": measure.target_as_written or "None is given"}
    state: dict[str, Any] = {"text": "Not held against a target", "empty": True}
    if now.judged:
        judged = now.judged
        state = {"tag": measure_tag(judged.state)} if judged.state else {"text": judged.because, "empty": True}
    return {
        "cells": [
            {
                "text": measure.title,
                "href": reverse("wsoa:measure", args=[code, measure.pk]),
                "header": True,
                "second": str(measure.priority),
            },
            {
                "text": number_in_words(measure.baseline, none="None"),
                "numeric": True,
                "empty": measure.baseline is None,
            },
            {"text": number_in_words(now.value, none="No reading"), "numeric": True, "empty": now.value is None},
            {**target, "numeric": measure.target is not None},
            state,
            {"html": trend(now.trend, target=measure.target), "empty": len(now.trend) < 2},
            {"text": _comes_from(now)},
        ]
    }


def _comes_from(now: MeasureNow) -> str:
    if now.live:
        return now.live.without or "From the cases, live"
    return f"Entered, as at {day_in_full(now.on)}" if now.on else "Nothing was entered yet"


def tabs(plan: Plan, current: str) -> list[dict[str, Any]]:
    """Return the pages of a plan, the current one marked."""
    pages = (
        ("plan", "Heat map"), ("actions", "Actions"), ("measures", "Measures"), ("rounds", "Rounds"), ("slips", "What the paper gets wrong"), ("paper", "Print and files"),
    )  # fmt: skip
    return [
        {"text": text, "href": reverse(f"wsoa:{name}", args=[plan.code]), "active": name == current}
        for name, text in pages
    ]


def chosen(query: QueryDict, name: str, known: Mapping[str, str]) -> str:
    """Return what a filter asks for; what cannot be understood is nothing, so that every row is shown."""
    value = query.get(name, "")
    return value if value in known else ""
