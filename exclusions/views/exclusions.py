from collections.abc import Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
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
from casework.rules.terms import YEAR_GROUP_LABELS
from casework.views.paging import page_links
from casework.views.tables import tick
from exclusions.forms.filters import ExclusionFilter
from exclusions.models import Exclusion
from exclusions.rules.terms import KIND_LABELS, OUTCOME_LABELS, Kind
from exclusions.selectors import exclusion_list
from exclusions.selectors.exclusion_list import COUNTED, Counts, Options
from exclusions.views import list_filters
from exclusions.views.list_filters import KIND_SHORT
from exclusions.views.presenting import days_in_words, short_day, sixth_day_cell, state_tag

ROWS_ON_A_PAGE = 20
LONGEST_EXPORT = 20_000
NOT_UNDERSTOOD = [{"text": "A filter that is not understood: nothing is shown", "href": "?period="}]
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
    Column("Owner", "text"),
)


@requires(Permission.SEE_EXCLUSIONS)
@require_safe
def exclusions(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    query = list_filters.asked(request)
    options = exclusion_list.options(by=request.user, council=settings.COUNCIL_AUTHORITY_CODE)
    filtered = _filtered(request, query, today, options)
    found = filtered.qs if filtered.form.is_valid() else Exclusion.objects.none()
    counts = exclusion_list.counts(found)
    keys = exclusion_list.keys_in_order(found, query.get("sort", ""), counts)
    paginator = Paginator(keys, ROWS_ON_A_PAGE)
    paginator.__dict__["count"] = counts.notices
    page = paginator.get_page(query.get("page"))
    rows = exclusion_list.rows(page, on=today, options=options) if counts.notices else []
    record_reading(
        by=request.user,
        at=timezone.now(),
        pupils=[row.exclusion.case.pupil_id for row in rows],
        surface="list of exclusions",
        request=request_id(),
    )
    may_give = has_permission(request.user, Permission.GIVE_CASES)
    ticked = set(request.GET.getlist("tick"))
    context = {
        "form": filtered.form if filtered.form.errors else None,
        "counts": counts,
        "heading": _heading(counts),
        "notices": f"{counts.notices:,}",
        "kinds": _kinds(counts),
        "columns": _columns(query, counts, may_give=may_give),
        "rows": [_row(row, today, may_give=may_give, ticked=ticked) for row in rows],
        "page": page,
        "pagination": page_links(request, page),
        "chosen": list_filters.chosen(query, filtered, options) if filtered.form.is_valid() else NOT_UNDERSTOOD,
        "tabs": list_filters.tabs(query, options),
        "groups": list_filters.groups(query, counts),
        "kept": list_filters.kept_in_form(query),
        "more_filters": _more_filters(query, filtered, options),
        "bare": not request.GET,
        "filters_page": request.GET.get("show") == "filters",
        "filters_href": f"?{list_filters.with_changes(query, show='filters')}",
        "list_href": reverse("exclusions:exclusions"),
        "clear_href": "?period=",
        "save_href": f"{reverse('exclusions:saved-filters')}?{list_filters.filters_alone(query)}",
        "query": list_filters.with_changes(query),
        "back": list_filters.with_changes(query, **({"page": str(page.number)} if page.has_previous() else {})),
        "owners": [(code, name) for code, name in options.owners.items()] if may_give else [],
        "may_log": has_permission(request.user, Permission.LOG_NOTICES),
        "may_give": may_give,
        "may_export": has_permission(request.user, Permission.EXPORT_EXCLUSIONS),
    }
    return render(request, "exclusions/exclusions.html", context)


def _more_filters(query: QueryDict, filtered: ExclusionFilter, options: Options) -> str:
    context = {
        "form": filtered.form,
        "selects": list_filters.selects(query, options),
        "more_groups": list_filters.more_groups(query, options),
    }
    return render_to_string("exclusions/_more_filters.html", context)


def _filtered(request: StaffRequest, query: QueryDict, today: date, options: Options) -> ExclusionFilter:
    listed = exclusion_list.listed(by=request.user)
    return ExclusionFilter(query, queryset=listed, user=request.user, today=today, options=options)


def _heading(counts: Counts) -> str:
    if counts.more:
        return f"More than {COUNTED:,} notices"
    notices = f"{counts.notices:,} notice{'' if counts.notices == 1 else 's'}"
    return f"{notices} about {counts.children:,} child{'' if counts.children == 1 else 'ren'}"


def _kinds(counts: Counts) -> str:
    if counts.more:
        return f"The list goes on to the {COUNTED:,}th. Narrow the filters to count, sort and reach every one."
    suspensions = counts.kinds["suspension"]
    return (
        f"{counts.kinds['permanent']:,} permanent, {suspensions:,} suspension{'' if suspensions == 1 else 's'}, "
        f"{counts.kinds['lunchtime']:,} lunchtime"
    )


def _columns(query: QueryDict, counts: Counts, *, may_give: bool) -> list[dict[str, Any]]:
    sorting = list_filters.sorting(query, counts)
    tick = [{"text": "Select", "hidden": True, "classes": "app-w-tick"}] if may_give else []
    return [
        *tick,
        {"text": "Child, school", **sorting.get("child", {})},
        {"text": "Notice", "classes": "app-w-14"},
        {"text": "First day", "classes": "app-w-11", **sorting.get("first_day", {})},
        {"text": "Term days", "numeric": True, "classes": "app-w-8"},
        {"text": "Day six", "classes": "app-w-15"},
        {"text": "Outcome", "classes": "app-w-11"},
        {"text": "Owner", "classes": "app-w-10", **sorting.get("owner", {})},
    ]


def _row(row: exclusion_list.Row, today: date, *, may_give: bool, ticked: Collection[str]) -> dict[str, Any]:
    """Return the cells of one exclusion."""
    exclusion, standing = row.exclusion, row.standing
    sixth_day = sixth_day_cell(standing, row.outcome, row.education_from, on=today)
    length = sum(day.half_days for day in standing.days) / 2
    reasons = ", ".join(row.reasons)
    permanent = exclusion.kind == Kind.PERMANENT
    detail = reasons if permanent else f"{days_in_words(length)}: {reasons}"
    late = {"text": sixth_day["late"], "classes": "govuk-tag--red"} if sixth_day["late"] else None
    reference = exclusion.case.reference
    box = tick("case", reference, f"{exclusion.case.pupil.name}, {reference}", ticked=reference in ticked)
    return {
        "cells": [
            *([{"html": box}] if may_give else []),
            {
                "text": exclusion.case.pupil.name,
                "href": reverse("exclusions:exclusion", args=[reference]),
                "second": f"{YEAR_GROUP_LABELS[exclusion.year_group]}, {exclusion.school.name}",
                "header": True,
            },
            {"text": KIND_SHORT[exclusion.kind], "bold": permanent, "second": detail},
            {"text": short_day(exclusion.first_day, today), "second": reference},
            {
                "text": f"{standing.totals.term_days:g}" if standing.totals else "?",
                "second": f"since {short_day(row.records_begin, today)}" if row.records_begin else "",
                "numeric": True,
            },
            {"tag": late, "second": sixth_day["second"]}
            if late
            else {"text": sixth_day["text"], "second": sixth_day["second"]},
            {"tag": state_tag(exclusion, row.outcome, on=today)},
            {"text": exclusion.case.owner.name.split()[-1] if exclusion.case.owner else "Nobody"},
        ]
    }


@requires(Permission.SEE_EXCLUSIONS, Permission.EXPORT_EXCLUSIONS)
@require_safe
def export_exclusions(request: StaffRequest, form: str) -> HttpResponse:
    today = timezone.localdate()
    query = list_filters.asked(request)
    options = exclusion_list.options(by=request.user, council=settings.COUNCIL_AUTHORITY_CODE)
    filtered = _filtered(request, query, today, options)
    here = f"{reverse('exclusions:exclusions')}?{list_filters.with_changes(query)}"
    if not filtered.form.is_valid():
        return redirect(here)
    exclusions = list(exclusion_list.loaded(filtered.qs.with_outcome(as_at=today))[: LONGEST_EXPORT + 1])
    if len(exclusions) > LONGEST_EXPORT:
        messages.error(request, f"An export holds {LONGEST_EXPORT:,} notices at most: narrow the filters.")
        return redirect(here)
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
            exclusion.case.owner.name if exclusion.case.owner else "",
        ]
        for exclusion in exclusions
    ]
    write = xlsx_response if form == "xlsx" else csv_response
    return write("exclusions", EXPORT_COLUMNS, rows, made_at=timezone.localtime(), by=request.user.name)
