"""A panel's turns: whose share is taken, and the yearly statement to its schools."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.http import StaffRequest
from casework.models import User
from casework.policy import requires
from casework.roles import Permission
from casework.rules.periods import AcademicYear
from casework.views.tables import columns, day_in_full
from panels.models import Panel
from panels.rules.turns.baseline import NoScore
from panels.rules.turns.weighted import NoRoll
from panels.rules.versions import NoTerms
from panels.selectors import turns as selectors
from panels.views.finding import back_to, panel_of
from panels.views.turns_tables import balances_table

WHY_NOT = {
    NoTerms: "No terms of this panel are in force, so nothing says how places are shared out. An administrator adds them.",
    NoScore: "The terms share places out by a baseline score, and no scores are published for the day, or one of its schools has none.",
    NoRoll: "The terms share places out by roll, and no January headcount of its schools is held. A manager brings it in.",
}

BY_OFFICER = "An officer named the school, otherwise than the panel advised"


@requires(Permission.SEE_PANELS)
@require_safe
def turns(request: StaffRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    panel = panel_of(request.user, code, on=today)
    year = AcademicYear.of(today)
    context = _context(request.user, panel, today, today) | {
        "year": year,
        "statement_href": reverse("panels:turns-statement", args=[panel.code, year.label.replace("/", "-")]),
        "before_href": reverse("panels:turns-statement", args=[panel.code, year.previous().label.replace("/", "-")]),
        "before": year.previous(),
        "back": back_to(panel),
    }
    return render(request, "panels/turns.html", context)


@requires(Permission.SEE_PANELS)
@require_safe
def statement(request: StaffRequest, code: str, year: str) -> HttpResponse:
    """Show what the panel's schools are told of a year: balances, places given back, and every departure with its reason."""
    today = timezone.localdate()
    panel = panel_of(request.user, code, on=today)
    try:
        asked = AcademicYear.parse(year.replace("-", "/"))
    except ValueError:
        raise Http404 from None
    if asked.first > today or asked.last < panel.opened_on:
        raise Http404
    last = min(asked.last, today)
    context = _context(request.user, panel, last, today) | {
        "year": asked,
        "first": asked.first,
        "last": last,
        "back": {"text": f"Turns, {panel.name}", "href": reverse("panels:turns", args=[panel.code])},
    }
    return render(request, "panels/turns_statement.html", context)


def _context(user: User, panel: Panel, on: date, today: date) -> dict[str, Any]:
    try:
        found = selectors.turns_of(panel, on=on)
        told = found.model.year_statement(found.ledger, last=on)
    except selectors.NoTurnsHere:
        raise Http404 from None
    except (NoTerms, NoScore, NoRoll) as without:
        return {"panel": panel, "why_not": WHY_NOT[type(without)]}
    names = {school.urn: school.name for school in found.ledger.schools}
    table = balances_table(told.balances, found.ledger)
    return {
        "panel": panel,
        "says": told.balances.says,
        "rules": found.rules,
        "table": table,
        "places": told.places,
        "given_back": told.given_back,
        "departure_columns": columns("Sitting", "Whose turn it was", "School named", "Why"),
        "departure_rows": [
            {
                "cells": [
                    {"text": day_in_full(each.on), "header": True},
                    {"text": names.get(each.suggested, "A school that takes part no more")},
                    {"text": names[each.chosen]},
                    {"text": each.reason, "second": BY_OFFICER if each.by_officer else ""},
                ]
            }
            for each in selectors.departures_for(user, panel, found.ledger, told, on=today)
        ],
    }
