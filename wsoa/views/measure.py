from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.audit import record_reading
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.policy import requires
from casework.rights import has_permission
from casework.roles import Permission
from casework.services import form_use
from casework.views.paging import page_links
from casework.views.sending import send_once
from casework.views.tables import columns, day_in_full
from wsoa.forms.measures import ReadingForm, UnderstandForm, WithdrawReadingForm
from wsoa.models import Measure, MeasureReading, Plan, ReadingWithdrawal
from wsoa.rules.indicators import INDICATORS
from wsoa.rules.measures import number_in_words
from wsoa.selectors import measures as selectors
from wsoa.selectors.indicators import Counted
from wsoa.services import measures as service
from wsoa.views.figures import trend
from wsoa.views.finding import plan_of
from wsoa.views.presenting import measure_tag

CAME, WENT = "Counted now, and not when last kept", "Counted when last kept, and not now"


@requires(Permission.SEE_PLANS)
@require_safe
def measure(request: StaffRequest, code: str, number: int) -> HttpResponse:
    plan = plan_of(code)
    now = selectors.measure_now(_listed(plan, number), on=timezone.localdate())
    readings = Paginator(
        now.measure.readings.select_related("by", "withdrawal__by").order_by("-on", "-pk"), 20
    ).get_page(request.GET.get("page"))  # fmt: skip
    may_keep = has_permission(request.user, Permission.KEEP_PLANS)
    context = {
        "plan": plan,
        "measure": now.measure,
        "now": now,
        "value": number_in_words(now.value),
        "tag": measure_tag(now.judged.state) if now.judged and now.judged.state else None,
        "facts": _facts(now),
        "trend": trend(now.trend, target=now.measure.target),
        "indicator": INDICATORS.get(now.measure.indicator),
        "columns": [
            *columns("As at"),
            {"text": "Value", "numeric": True},
            *columns("Where it comes from", *(["Put right"] if may_keep else [])),
        ],
        "rows": [_reading_row(each, code=plan.code, may_keep=may_keep) for each in readings],
        "page": readings,
        "pagination": page_links(request, readings),
        "may_keep": may_keep,
        "back": {"text": "Measures", "href": reverse("wsoa:measures", args=[plan.code])},
    }
    if now.live and has_permission(request.user, Permission.SEE_EXCLUSIONS):
        context |= _cases(request, now.measure, now.live)
    return render(request, "wsoa/measure.html", context)


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_measure(request: StaffRequest, code: str, number: int) -> HttpResponse:
    held = _listed(plan_of(code), number)
    here = reverse("wsoa:measure", args=[code, held.pk])
    initial = {name: getattr(held, name) for name in service.Understood.__dataclass_fields__} | {
        "version": held.version
    }
    form = UnderstandForm(request.POST or None, today=timezone.localdate(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.understand(
                    by=request.user, measure=held, version=form.cleaned_data["version"], facts=form.facts()
                ),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this measure")
        else:
            messages.success(request, "The measure is changed.")
            return redirect(here)
    return render(request, "wsoa/change_measure.html", {"form": form, "measure": held, "back": _back(held, here)})


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def read_measure(request: StaffRequest, code: str, number: int) -> HttpResponse:
    held = _listed(plan_of(code), number)
    if held.indicator:
        raise Http404
    here = reverse("wsoa:measure", args=[code, held.pk])
    form = ReadingForm(request.POST or None, today=timezone.localdate(), initial={"on": "today"})
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("on", "value", "evidence")}
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.read(by=request.user, at=timezone.now(), measure=held, **facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.Bound:
            form.add_error(None, "This measure reads the cases now: nobody enters its value")
        else:
            messages.success(request, "The reading is kept.")
            return redirect(here)
    return render(request, "wsoa/read_measure.html", {"form": form, "measure": held, "back": _back(held, here)})


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_reading(request: StaffRequest, code: str, number: int, reading: int) -> HttpResponse:
    held = _listed(plan_of(code), number)
    here = reverse("wsoa:measure", args=[code, held.pk])
    found: MeasureReading | None = held.readings.filter(pk=reading, exclusions__isnull=True).first()
    if found is None:
        raise Http404
    if ReadingWithdrawal.objects.filter(reading=found).exists():
        return redirect(here)
    form = WithdrawReadingForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        facts = {"at": timezone.now(), "reading": found, "because": form.cleaned_data["because"]}
        try:
            send_once(request, form, leads_to=here, do=lambda: service.withdraw_reading(by=request.user, **facts))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.AlreadyWithdrawn:
            return redirect(here)
        messages.success(request, "The reading is withdrawn. It counts no more.")
        return redirect(here)
    context = {
        "form": form, "measure": held, "reading": found, "value": number_in_words(found.value), "back": _back(held, here),
    }  # fmt: skip
    return render(request, "wsoa/withdraw_reading.html", context)


def _listed(plan: Plan, number: int) -> Any:
    found = selectors.listed(plan).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _back(held: Measure, here: str) -> dict[str, str]:
    return {"text": held.title, "href": here}


def _facts(now: selectors.MeasureNow) -> list[dict[str, Any]]:
    held = now.measure
    facts: Sequence[tuple[str, str]] = (
        ("Priority", str(held.priority)),
        ("Target, as written", held.target_as_written or "None is given"),
        ("Target", f"{number_in_words(held.target)} {held.target_note}".strip() if held.target is not None else "Not understood yet"),
        ("Baseline", f"{number_in_words(held.baseline)}, {day_in_full(held.baseline_on)}" if held.baseline_on else ""),
        ("To be met by", day_in_full(held.due) if held.due else ""),
        ("Which way is better", held.get_direction_display()),
        ("Unit", INDICATORS[held.indicator].unit if held.indicator else held.unit),
        ("Counted from", day_in_full(held.since) if held.since else ""),
    )  # fmt: skip
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in facts if value]


def _reading_row(reading: MeasureReading, *, code: str, may_keep: bool) -> dict[str, Any]:
    source, second = reading.evidence, reading.by.name if reading.by else ""
    if reading.exclusions is not None:
        source = f"Kept from the cases, {len(reading.exclusions):,} counted"
    withdrawn = getattr(reading, "withdrawal", None)
    if withdrawn:
        day = day_in_full(timezone.localdate(withdrawn.at))
        second = f"{second}. Withdrawn {day} by {withdrawn.by.name}: {withdrawn.because}"
    cells: list[dict[str, Any]] = [
        {"text": day_in_full(reading.on), "header": True},
        {"text": number_in_words(reading.value), "second": "Withdrawn" if withdrawn else "", "numeric": True},
        {"text": source, "second": second},
    ]
    if may_keep:
        cells.append(_withdraw_cell(reading, code) if reading.by and not withdrawn else {"text": "", "empty": True})
    return {"cells": cells}


def _withdraw_cell(reading: MeasureReading, code: str) -> dict[str, Any]:
    href = reverse("wsoa:withdraw-reading", args=[code, reading.measure_id, reading.pk])
    return {"text": "Withdraw", "href": href, "hidden_text": f"the reading of {day_in_full(reading.on)}"}


def _cases(request: StaffRequest, held: Measure, live: Counted) -> dict[str, Any]:
    """Return the cases behind a live figure and what came and went since it was last kept; the reading is audited."""
    changed = selectors.changed(held, live)
    moved = [*changed.came, *changed.went] if changed else []
    page = Paginator(
        live.cases.select_related("case__pupil", "school").order_by("-first_day", "-pk"), 20
    ).get_page(request.GET.get("cases"))  # fmt: skip
    rows, moves = list(page), list(selectors.cases_of(moved[:100]))
    record_reading(
        by=request.user,
        at=timezone.now(),
        pupils=[each.case.pupil_id for each in (*rows, *moves)],
        surface="cases behind a measure",
        request=request_id(),
    )
    came = set(changed.came) if changed else set()
    return {
        "case_columns": columns("Child", "Reference", "School", "First day"),
        "case_rows": [{"cells": _case_cells(each)} for each in rows],
        "case_page": page,
        "case_pagination": page_links(request, page, parameter="cases"),
        "last_kept": day_in_full(changed.since.on) if changed else "",
        "moved_columns": columns("Child", "Reference", "School", "First day", "What changed"),
        "moved_rows": [
            {"cells": [*_case_cells(each), {"text": CAME if each.pk in came else WENT}]} for each in moves
        ],
    }  # fmt: skip


def _case_cells(exclusion: Any) -> list[dict[str, Any]]:
    reference = exclusion.case.reference
    return [
        {"text": exclusion.case.pupil.name, "href": reverse("exclusions:exclusion", args=[reference]), "header": True},
        {"text": reference},
        {"text": exclusion.school.name},
        {"text": day_in_full(exclusion.first_day)},
    ]
