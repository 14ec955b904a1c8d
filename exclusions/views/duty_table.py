"""The table of a case's duties, and the working of one of them, prepared for their templates."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from casework.registry import duty_kinds
from casework.rules.calendar import Count
from casework.rules.dates import short
from casework.rules.duties import Stands, State
from exclusions.duties import LABELS
from exclusions.models import Exclusion
from exclusions.rules.duties import Duty
from exclusions.rules.duty_kinds import DutyKey
from exclusions.rules.terms import DUTY_HOLDER_LABELS, DutyHolder
from exclusions.selectors.duties import CaseDuties, DutyLine
from exclusions.views.presenting import long_day

OPEN = {State.LATE, State.DUE, State.COMING, State.ARRANGED}
_TAGS = {
    State.LATE: "govuk-tag--red",
    State.DUE: "govuk-tag--blue",
    State.ARRANGED: "govuk-tag--blue",
    State.COMING: "govuk-tag--grey",
    State.MET: "govuk-tag--green",
    State.MET_LATE: "govuk-tag--orange",
    State.MISSED: "govuk-tag--grey",
    State.ENDED: "govuk-tag--grey",
    State.NOT_APPLICABLE: "govuk-tag--grey",
    State.NOT_OPEN: "govuk-tag--grey",
}
_WORDS = {
    State.DUE: "Due",
    State.ARRANGED: "Arranged",
    State.COMING: "Not due",
    State.MET: "Met",
    State.MISSED: "Missed",
    State.ENDED: "Ended",
    State.NOT_APPLICABLE: "Not applicable",
    State.NOT_OPEN: "Not open",
}


def tag_of(stands: Stands, key: str = "") -> dict[str, str]:
    """Return the tag of where a duty stands; late in words, and red for nothing else."""
    text = _WORDS.get(stands.state, "")
    if stands.state is State.LATE:
        text = f"{school_days(stands.school_days)} late"
    elif stands.state is State.MET_LATE:
        text = f"Met {school_days(stands.school_days)} late"
    elif stands.state is State.MISSED and key == DutyKey.REVIEW_APPLICATION:
        text = "Not applied for"
    elif stands.state is State.MISSED and key == DutyKey.ROLL_REMOVAL_EARLIEST:
        text = "Reached"
    elif stands.state is State.MISSED and key in (DutyKey.PARENT_LETTER, DutyKey.FIRST_FIVE_DAYS):
        text = "Not recorded"
    return {"text": text, "classes": _TAGS[stands.state]}


def school_days(count: int | None) -> str:
    """Return '1 school day', '2 school days', or 'some days' where no calendar can count them."""
    if count is None:
        return "some days"
    return f"{count} school day" + ("" if count == 1 else "s")


def holder_name(holder: DutyHolder, exclusion: Exclusion, council: str) -> str:
    """Return who must do it: an authority by its name, anybody else by the post."""
    here, home = exclusion.school.authority, exclusion.home_authority
    named = {DutyHolder.MAINTAINING_AUTHORITY: here, DutyHolder.HOME_AUTHORITY: home}.get(holder)
    if named is not None:
        return council if named.code == here.code else str(named.name)
    return DUTY_HOLDER_LABELS[holder]


def duties_table(found: CaseDuties, exclusion: Exclusion, *, council: str, may_record: bool) -> dict[str, Any]:
    """Return heading counts and rows of the duties, the open ones first."""
    order = [State.LATE, State.DUE, State.ARRANGED, State.COMING, State.MET_LATE, State.MET, State.MISSED, State.ENDED]
    place = {state: number for number, state in enumerate([*order, State.NOT_APPLICABLE, State.NOT_OPEN])}
    lines = sorted(found.lines, key=lambda line: place[line.stands.state])
    states = [line.stands.state for line in lines]
    late, to_come = states.count(State.LATE), sum(state in OPEN - {State.LATE} for state in states)
    met = states.count(State.MET) + states.count(State.MET_LATE)
    return {
        "counts": f"{late} late, {to_come} to come, {met} met",
        "rows": [_row(line, exclusion, council, may_record) for line in lines],
    }


def next_lines(found: CaseDuties, reference: str, *, may_record: bool, but: str = "") -> list[dict[str, str]]:
    """Return what is late, then what comes next, at most four lines; `but` is the duty that the page's button is for."""
    late = [line for line in found.lines if line.stands.state is State.LATE and line.duty.key != but]
    ahead = [line for line in found.lines if line.stands.state in (State.DUE, State.COMING) and line.duty.key != but]
    ahead.sort(key=lambda line: line.duty.due or date.max)
    return [_next_line(line, reference, may_record) for line in [*late[:3], *ahead][:4]]


def _next_line(line: DutyLine, reference: str, may_record: bool) -> dict[str, str]:
    duty, late = line.duty, line.stands.state is State.LATE
    when = f"{school_days(line.stands.school_days)} late" if late else f"by {_due_cell(line)['text']}"
    text, href = duty_kinds[duty.key].next_step(reference)
    return {
        "when": "Late" if late else "Then",
        "late": "yes" if late else "",
        "text": f"{LABELS[duty.key]}: {when}.",
        "action": text if may_record else "",
        "href": href,
        "of": LABELS[duty.key],
    }


def _row(line: DutyLine, exclusion: Exclusion, council: str, may_record: bool) -> dict[str, Any]:
    duty = line.duty
    reference = exclusion.case.reference
    evidence: dict[str, Any] = {"text": (duty.evidence or _met_words(duty)) if duty.due else ""}
    if line.stands.state in OPEN and may_record:
        text, href = duty_kinds[duty.key].next_step(reference)
        evidence = {"text": text, "href": href, "hidden_text": LABELS[duty.key]}
    address = reverse("exclusions:duty", args=[reference, duty.key.replace("_", "-")])
    return {
        "cells": [
            {"text": LABELS[duty.key], "href": address if duty.due else None, "header": True},
            {"text": holder_name(duty.holder, exclusion, council)},
            _due_cell(line),
            {"html": render_to_string("components/tag.html", tag_of(line.stands, duty.key))},
            evidence,
        ]
    }


def _due_cell(line: DutyLine) -> dict[str, str]:
    duty = line.duty
    if duty.due is None:
        return {"text": _plain(duty.because)}
    if line.stands.state is State.ENDED:
        return {"text": long_day(duty.due), "second": _plain(duty.because)}
    words = long_day(duty.due)
    if line.stands.state is State.COMING:
        words += f", in {school_days(line.stands.school_days)}"
    other = duty.other_due if duty.other_due != duty.due else None
    return {"text": words, "second": f"or {long_day(other)}, on the other reading" if other else ""}


def _plain(because: str) -> str:
    """Return a rule's reason without its number, as a sentence begins."""
    reason = because.split(": ", 1)[-1]
    return f"{reason[:1].upper()}{reason[1:]}"


def _met_words(duty: Duty) -> str:
    return f"{long_day(duty.met_on)}" if duty.met_on else "None"


def count_table(count: Count, *, due: date, on: date) -> list[dict[str, Any]]:
    """Return a row for each day that a count looked at; days skipped together for one reason share a row."""
    rows: list[dict[str, Any]] = []
    for looked in count.working:
        if looked.skipped and rows and rows[-1]["why"] == looked.skipped:
            rows[-1]["days"] = [rows[-1]["days"][0], short(looked.on)]
            continue
        rows.append(
            {
                "days": [short(looked.on)],
                "why": looked.skipped,
                "number": looked.count,
                "due": looked.on == due,
                "today": looked.on == on,
            }
        )
    return rows
