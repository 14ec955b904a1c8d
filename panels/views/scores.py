"""The scores of a panel's schools: those in force, those of a day, and publishing others."""

from collections.abc import Sequence
from copy import copy
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.http import StaffRequest
from casework.models import User
from casework.policy import requires
from casework.rights import has_permission
from casework.roles import Permission
from casework.services import form_use
from casework.views.sending import send_once
from casework.views.tables import columns, day_in_full
from panels.forms.scores import PublishScoresForm
from panels.models import Panel, SchoolScore, ScorePublication
from panels.rules.terms import FAIR_ACCESS_PANELS, PanelKind
from panels.rules.turns.baseline_scores import Profile, Publication, baseline_scores
from panels.rules.turns.ledger import TurnSchool
from panels.rules.turns.pressures import ATTAINMENT, SHARES, as_lines
from panels.rules.turns.rounding import to_hundredths
from panels.selectors import scores as selectors
from panels.selectors.turns import schools_of
from panels.services import scores as service
from panels.views.finding import panel_of

REFUSALS: dict[type[Exception], tuple[str | None, str]] = {
    service.PanelClosed: (None, "This panel has a last day, so that no scores are published any more"),
    service.SameDay: ("in_force_from", "Other scores are in force from that day: choose a later day"),
    service.OutsideItsYear: ("in_force_from", "Choose a day of this academic year or the next, since the panel opened"),
    service.BeforeToday: (
        "in_force_from",
        "Choose today or a later day: places made before keep the scores of their day",
    ),
}


@requires(Permission.SEE_PANELS)
@require_safe
def scores(request: StaffRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    panel = _panel(request.user, code, today)
    return _page(request, panel, selectors.in_force(panel, on=today), today)


@requires(Permission.SEE_PANELS)
@require_safe
def scores_of(request: StaffRequest, code: str, day: date) -> HttpResponse:
    panel = _panel(request.user, code, timezone.localdate())
    shown = selectors.publications(panel).filter(in_force_from=day).first()
    if shown is None:
        raise Http404
    return _page(request, panel, shown, timezone.localdate())


@requires(Permission.SEE_PANELS, Permission.PREPARE_PANELS)
@require_http_methods(["GET", "HEAD", "POST"])
def publish_scores(request: StaffRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    panel = _panel(request.user, code, today)
    here = reverse("panels:scores", args=[panel.code])
    initial = _initial(request, panel, today)
    form = PublishScoresForm(
        request.POST or None, today=today, initial=initial, schools_on=lambda day: _taking_part(panel, day)
    )
    context: dict[str, Any] = {"panel": panel, "back": {"text": f"Scores, {panel.name}", "href": here}}
    if request.method == "POST" and form.is_valid():
        checked = form.fingerprint()
        if request.POST.get("step") == "publish" and form.cleaned_data["checked"] == checked:
            if answer := _published(request, panel, form, today, here):
                return answer
            if not form.errors:
                form = form.reopened(version=selectors.publications(panel).count(), what="these scores")
        elif _may_be_published(panel, form, today):
            context |= _to_check(form.profiles, _taking_part(panel, form.cleaned_data["in_force_from"]))
            data: Any = copy(form.data)
            data["checked"] = checked
            form.data = data
    return render(request, "panels/publish_scores.html", context | {"form": form})


def _may_be_published(panel: Panel, form: PublishScoresForm, today: date) -> bool:
    try:
        service.must_fit(panel, form.cleaned_data["in_force_from"], on=today)
    except tuple(REFUSALS) as refused:
        form.add_error(*REFUSALS[type(refused)])
        return False
    return True


def _published(
    request: StaffRequest, panel: Panel, form: PublishScoresForm, today: date, here: str
) -> HttpResponse | None:  # fmt: skip
    """Publish what was checked; None where it was refused, which the form says unless others were published meanwhile."""
    facts = {"version": form.cleaned_data["version"], "in_force_from": form.cleaned_data["in_force_from"]}
    try:
        send_once(
            request,
            form,
            leads_to=here,
            do=lambda: service.publish(
                by=request.user, at=timezone.now(), on=today, panel=panel, profiles=form.profiles, **facts
            ),
        )
    except form_use.AlreadyUsed as twice:
        return redirect(twice.led_to)
    except service.ChangedMeanwhile:
        return None
    except tuple(REFUSALS) as refused:
        form.add_error(*REFUSALS[type(refused)])
        return None
    messages.success(
        request, f"The scores are published. They are in force from {day_in_full(facts['in_force_from'])}."
    )
    return redirect(here)


def _panel(user: User, code: str, on: date) -> Panel:
    panel = panel_of(user, code, on=on)
    if PanelKind(panel.kind) not in FAIR_ACCESS_PANELS:
        raise Http404
    return panel


def _taking_part(panel: Panel, on: date) -> list[TurnSchool]:
    return [school for school in schools_of(PanelKind(panel.kind), on=on) if school.takes_part(on)]


def _initial(request: StaffRequest, panel: Panel, today: date) -> dict[str, Any]:
    """Return a line for each school, filled from the last scores."""
    if request.method == "POST":
        return {}
    found = list(selectors.publications(panel))
    last = [line.profile for line in selectors.lines_of(found[0])] if found else []
    return {"version": len(found), "lines": as_lines(_taking_part(panel, today), last)}


def _page(request: StaffRequest, panel: Panel, shown: ScorePublication | None, today: date) -> HttpResponse:
    published = list(selectors.publications(panel))
    now = next((row for row in published if row.in_force_from <= today), None)
    context: dict[str, Any] = {
        "panel": panel,
        "shown": shown,
        "may_publish": has_permission(request.user, Permission.PREPARE_PANELS) and not panel.closed_on,
        "back": {"text": f"Turns, {panel.name}", "href": reverse("panels:turns", args=[panel.code])},
        "published_columns": columns("In force from", "Published", "By"),
        "published_rows": [{"cells": _publication_cells(panel, row)} for row in published],
    }
    if shown:
        lines = selectors.lines_of(shown)
        has = {line.school.urn for line in lines}
        # Who joined since has none in older scores either, which is nobody's fault.
        taking_part = _taking_part(panel, today) if shown == now else []
        without = [school.name for school in taking_part if str(school.urn) not in has]
        context |= _table(lines) | {"without": without}
    return render(request, "panels/scores.html", context)


def _publication_cells(panel: Panel, row: ScorePublication) -> list[dict[str, Any]]:
    href = reverse("panels:scores-of", args=[panel.code, row.in_force_from])
    return [
        {"text": day_in_full(row.in_force_from), "href": href, "header": True},
        {"text": day_in_full(timezone.localtime(row.published_at).date())},
        {"text": row.published_by.name},
    ]


NUMBERS = ("Rank", "Score", "Capacity", "Roll", *SHARES[:2], ATTAINMENT, *SHARES[2:])


def _table(lines: Sequence[SchoolScore]) -> dict[str, Any]:
    capacity = Publication(date.min, tuple((line.profile.urn, line.score_exact) for line in lines)).capacity()
    rows = []
    for line in lines:
        numbers = [
            str(line.rank), f"{line.score:.1f}", str(to_hundredths(capacity[int(line.school.urn)])), f"{line.roll:,}",
            *(f"{float(number):g}" for number in (line.plans, line.free_meals, line.attainment, line.additional_language,
                                           line.mobility, line.deprivation)),
        ]  # fmt: skip
        rows.append({"cells": [{"text": line.school.name, "header": True}, *_numbers(numbers)]})
    return {"score_columns": [*columns("School"), *_numbers(NUMBERS)], "score_rows": rows}


def _to_check(profiles: Sequence[Profile], schools: Sequence[TurnSchool]) -> dict[str, Any]:
    """Return the scores that the lines come to, as they would be published."""
    names = {school.urn: school.name for school in schools}
    rows = [
        {
            "cells": [
                {"text": names[each.urn], "header": True},
                *_numbers([str(each.rank), f"{float(each.score):.1f}", str(to_hundredths(each.capacity_index))]),
            ]
        }
        for each in baseline_scores(profiles)
    ]
    return {"check_columns": [*columns("School"), *_numbers(NUMBERS[:3])], "check_rows": rows}


def _numbers(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [{"text": text, "numeric": True} for text in texts]
