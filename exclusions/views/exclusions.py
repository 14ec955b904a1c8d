from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.audit import record_reading
from casework.exports import Column, csv_response, xlsx_response
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.policy import requires
from casework.rights import has_permission
from casework.roles import Permission
from casework.rules.terms import PHASE_LABELS, YEAR_GROUP_LABELS
from casework.views.paging import page_links
from exclusions.forms.filters import ExclusionFilter
from exclusions.models import Exclusion
from exclusions.rules.terms import KIND_LABELS, OUTCOME_LABELS, Kind
from exclusions.selectors import exclusion_list
from exclusions.views.presenting import short_day, sixth_day_cell, state_tag

ROWS_ON_A_PAGE = 25
KIND_SHORT = {"permanent": "Permanent", "suspension": "Suspension", "lunchtime": "Lunchtime"}
LIST_COLUMNS = [
    {"text": "Child, school"},
    {"text": "Notice", "classes": "app-w-15"},
    {"text": "First day", "classes": "app-w-12"},
    {"text": "Term days", "numeric": True, "classes": "app-w-8"},
    {"text": "Day six", "classes": "app-w-18"},
    {"text": "Outcome", "classes": "app-w-12"},
    {"text": "Owner", "classes": "app-w-11"},
]
LONGEST_EXPORT = 20_000
EXPORT_COLUMNS = (
    Column("Reference", "text"),
    Column("Kind", "text"),
    Column("School", "text"),
    Column("URN", "text"),
    Column("Phase", "text"),
    Column("First day", "date"),
    Column("Last day", "date"),
    Column("Reasons", "text"),
    Column("Year group", "text"),
    Column("SEN", "text"),
    Column("Outcome", "text"),
    Column("Council told on", "date"),
)


@requires(Permission.SEE_EXCLUSIONS)
@require_safe
def exclusions(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    filtered = ExclusionFilter(request.GET, queryset=exclusion_list.listed(by=request.user, on=today))
    found = filtered.qs if filtered.form.is_valid() else Exclusion.objects.none().with_outcome(as_at=today)
    counts = exclusion_list.counts(found)
    paginator = Paginator(found, ROWS_ON_A_PAGE)
    paginator.__dict__["count"] = counts.notices
    page = paginator.get_page(request.GET.get("page"))
    rows = exclusion_list.rows(found[page.start_index() - 1 if counts.notices else 0 : page.end_index()])
    record_reading(
        by=request.user,
        at=timezone.now(),
        pupils=[row.exclusion.case.pupil_id for row in rows],
        surface="list of exclusions",
        request=request_id(),
    )
    chosen = _chosen(request, filtered)
    context = {
        "form": filtered.form if filtered.form.errors else None,
        "counts": counts,
        "counted": {name: f"{number:,}" for name, number in asdict(counts).items()},
        "columns": LIST_COLUMNS,
        "rows": [_row(row, today) for row in rows],
        "page": page,
        "pagination": page_links(request, page),
        "chosen": chosen,
        "groups": _groups(request),
        "more_filters": render_to_string("exclusions/_more_filters.html", {"form": filtered.form}),
        "filters_page": request.GET.get("show") == "filters",
        "filters_href": f"?{_with(request, show='filters')}",
        "list_href": reverse("exclusions:exclusions"),
        "query": _with(request),
        "may_log": has_permission(request.user, Permission.LOG_NOTICES),
        "may_export": has_permission(request.user, Permission.EXPORT_EXCLUSIONS),
    }
    return render(request, "exclusions/exclusions.html", context)


def _with(request: StaffRequest, **changes: str) -> str:
    """Return the filters of the address, without its page, with some changed."""
    query = request.GET.copy()
    for name in ("page", "show"):
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return query.urlencode()


def _groups(request: StaffRequest) -> list[dict[str, Any]]:
    """Return the filter panel's groups of boxes."""
    groups = (
        ("kind", "Kind", KIND_LABELS),
        ("outcome", "What came of it", OUTCOME_LABELS),
        ("phase", "Phase", PHASE_LABELS),
    )
    return [
        {
            "legend": legend,
            "name": name,
            "items": [
                {"value": value, "text": text, "checked": value in request.GET.getlist(name)}
                for value, text in labels.items()
            ],
        }
        for name, legend, labels in groups
    ]


def _row(row: exclusion_list.Row, today: date) -> dict[str, Any]:
    """Return the cells of one exclusion."""
    exclusion, standing = row.exclusion, row.standing
    sixth_day = sixth_day_cell(exclusion, standing, row.outcome, on=today)
    length = sum(day.half_days for day in standing.days) / 2
    reasons = ", ".join(row.reasons)
    permanent = exclusion.kind == Kind.PERMANENT
    detail = reasons if permanent else f"{length:g} day{'' if length == 1 else 's'}: {reasons}"
    late = sixth_day["late"] and render_to_string(
        "components/tag.html", {"text": sixth_day["late"], "classes": "govuk-tag--red"}
    )
    return {
        "cells": [
            {
                "text": exclusion.case.pupil.name,
                "href": reverse("exclusions:exclusion", args=[exclusion.case.reference]),
                "second": f"{YEAR_GROUP_LABELS[exclusion.year_group]}, {exclusion.school.name}",
                "header": True,
            },
            {"text": KIND_SHORT[exclusion.kind], "bold": permanent, "second": detail},
            {"text": short_day(exclusion.first_day, today), "second": exclusion.case.reference},
            {"text": f"{standing.totals.term_days:g}" if standing.totals else "?", "numeric": True},
            {"html": late, "second": sixth_day["second"]}
            if late
            else {"text": sixth_day["text"], "second": sixth_day["second"]},
            {"html": render_to_string("components/tag.html", state_tag(exclusion, row.outcome, on=today))},
            {"text": exclusion.case.owner.name.split()[-1] if exclusion.case.owner else "Nobody"},
        ]
    }


def _chosen(request: StaffRequest, filtered: ExclusionFilter) -> list[dict[str, str]]:
    """Return each filter in force, in words, with the address that takes it away."""
    chosen = []
    if not filtered.form.is_valid():
        return []
    for name, field in filtered.form.fields.items():
        for value in [value for value in request.GET.getlist(name) if value]:
            rest = request.GET.copy()
            rest.setlist(name, [other for other in rest.getlist(name) if other != value])
            rest.pop("page", None)
            label = dict(getattr(field, "choices", [])).get(value, value) if name != "school" else None
            words = str(label or filtered.form.cleaned_data[name])
            dated = (
                f"{field.label}: {words}"
                if name in {"first_from", "first_to", "year_group", "reason", "told_to"}
                else words
            )
            chosen.append({"text": dated, "href": f"?{rest.urlencode()}"})
    return chosen


@requires(Permission.SEE_EXCLUSIONS, Permission.EXPORT_EXCLUSIONS)
@require_safe
def export_exclusions(request: StaffRequest, form: str) -> HttpResponse:
    today = timezone.localdate()
    filtered = ExclusionFilter(request.GET, queryset=exclusion_list.listed(by=request.user, on=today))
    here = f"{reverse('exclusions:exclusions')}?{_with(request)}"
    if not filtered.form.is_valid():
        return redirect(here)
    if filtered.qs.count() > LONGEST_EXPORT:
        messages.error(request, f"An export holds {LONGEST_EXPORT:,} notices at most: narrow the filters.")
        return redirect(here)
    exclusions = list(exclusion_list.loaded(filtered.qs))
    record_reading(
        by=request.user,
        at=timezone.now(),
        pupils=[exclusion.case.pupil_id for exclusion in exclusions],
        surface=f"export of exclusions, {form}",
        request=request_id(),
    )
    rows = [
        [
            exclusion.case.reference,
            KIND_LABELS[exclusion.kind],
            exclusion.school.name,
            exclusion.school.urn,
            exclusion.school.get_phase_display(),
            exclusion.first_day,
            exclusion.last_day,
            " ".join(each.reason.code for each in exclusion.exclusion_reasons.all()),
            exclusion.year_group,
            exclusion.sen,
            OUTCOME_LABELS.get(exclusion.outcome, ""),
            exclusion.council_told_on,
        ]
        for exclusion in exclusions
    ]
    write = xlsx_response if form == "xlsx" else csv_response
    return write("exclusions", EXPORT_COLUMNS, rows, made_at=timezone.localtime(), by=request.user.name)
