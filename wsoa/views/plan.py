from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.http import StaffRequest
from casework.policy import requires
from casework.rights import has_permission
from casework.roles import Permission
from casework.views.paging import page_links
from casework.views.tables import columns
from wsoa.models import Plan
from wsoa.rules.terms import STATE_LABELS, State
from wsoa.selectors import measures as measure_selectors
from wsoa.selectors import plans as selectors
from wsoa.selectors.heat_map import ROUNDS_SHOWN, HeatMap, HeatRow, heat_map
from wsoa.selectors.vacant import vacant_leads
from wsoa.selectors.waits import held_up
from wsoa.views.finding import plan_of
from wsoa.views.presenting import action_row, chosen, many, measure_row, round_number, state_tag, tabs
from wsoa.views.timeline import axis_of, timeline_columns, timeline_row

SORTS = {"due": "By date, as a timeline"}


@requires(Permission.SEE_PLANS)
@require_safe
def plan(request: StaffRequest, code: str) -> HttpResponse:
    found = plan_of(code)
    priorities, rounds = list(found.priorities.order_by("position")), list(found.rounds.order_by("number"))
    now = selectors.priority_states(found, on=timezone.localdate(), priorities=priorities, rounds=rounds)
    heat = heat_map(priorities=priorities, rounds=rounds, last=round_number(request.GET.get("last", "")))
    states = [state for each in now for state in each.states]
    context = plan_context(found, "plan") | {
        "done": states.count(State.COMPLETE),
        "actions": len(states),
        "vacant": vacant_leads(on=timezone.localdate(), plan=found),
        "late": states.count(State.OVERDUE),
        "late_href": f"{reverse('wsoa:actions', args=[found.code])}?state=overdue",
        "columns": [*columns("Priority", "State today"), *_state_columns()],
        "rows": [_priority_row(found, each) for each in now],
        "heat": heat,
        "heat_rows": [_heat_row(found, heat, row) for row in heat.rows],
        "earlier_href": f"?last={heat.rounds[0].number - 1}" if heat.earlier else "",
        "later_href": f"?last={heat.rounds[-1].number + ROUNDS_SHOWN}" if heat.later else "",
    }
    return render(request, "wsoa/plan.html", context)


@requires(Permission.SEE_PLANS)
@require_safe
def actions(request: StaffRequest, code: str) -> HttpResponse:
    found = plan_of(code)
    show, roles = chosen(request.GET, "show", selectors.SHOWN), selectors.roles_in(found)
    now = selectors.plan_now(found, on=timezone.localdate(), aside=show == selectors.ASIDE)
    priorities = {str(each.priority.position): str(each.priority) for each in now.priorities}
    state, priority = chosen(request.GET, "state", STATE_LABELS), chosen(request.GET, "priority", priorities)
    role, sort = chosen(request.GET, "role", dict(roles)), chosen(request.GET, "sort", SORTS)
    origin = chosen(request.GET, "origin", selectors.ORIGINS)
    held = held_up(now.actions, on=timezone.localdate())
    kept = selectors.filtered(now, state=state, priority=priority, show=show, role=role, held_up=held, origin=origin)
    kept = selectors.by_date(kept) if sort else kept
    page = Paginator(kept, 50).get_page(request.GET.get("page"))
    context = plan_context(found, "actions") | {
        "filters": [
            ("priority", "Priority", "Every priority", priority, list(priorities.items())),
            ("role", "Lead or partner", "Every role", role, roles),
            ("state", "State", "Every state", state, list(STATE_LABELS.items())),
            ("origin", "Comes from", "Anywhere", origin, list(selectors.ORIGINS.items())),
            ("show", "Show", "Every action", show, list(selectors.SHOWN.items())),
            ("sort", "Order", "As the paper has them", sort, list(SORTS.items())),
        ],
        "columns": columns("Reference", "Action", "Lead, as written", "Date, as written", "Last word", "State today"),
        "is_filtered": any((state, priority, show, role, origin)),
        "may_keep": has_permission(request.user, Permission.KEEP_PLANS),
        "page": page,
        "pagination": page_links(request, page),
    }
    rows = [action_row(each, found.code, held_up_by=held.get(each.action.pk, ())) for each in page]
    if sort:
        today, line = timezone.localdate(), axis_of(kept, today=timezone.localdate())
        before = selectors.days_before(list(page))
        rows = [
            timeline_row(row, each, line, today=today, before=before.get(each.action.pk, ()))
            for row, each in zip(rows, page, strict=True)
        ]
        context["columns"] = timeline_columns(line)
    return render(request, "wsoa/actions.html", context | {"rows": rows})


@requires(Permission.SEE_PLANS)
@require_safe
def measures(request: StaffRequest, code: str) -> HttpResponse:
    found, today = plan_of(code), timezone.localdate()
    page = Paginator(measure_selectors.listed(found), 50).get_page(request.GET.get("page"))
    numbers = [{"text": text, "numeric": True} for text in ("Baseline", "Now", "Target")]
    context = plan_context(found, "measures") | {
        "columns": [*columns("Measure"), *numbers, *columns("State", "So far", "Where the figure comes from")],
        "rows": [measure_row(measure_selectors.measure_now(each, on=today), found.code) for each in page],
        "page": page,
        "pagination": page_links(request, page),
    }
    return render(request, "wsoa/measures.html", context)


@requires(Permission.SEE_PLANS)
@require_safe
def slips(request: StaffRequest, code: str) -> HttpResponse:
    found = plan_of(code)
    page = Paginator(found.slips.order_by("position"), 50).get_page(request.GET.get("page"))
    context = plan_context(found, "slips") | {
        "columns": columns("Where", "What cannot be right", "Found by"),
        "rows": [
            {
                "cells": [
                    {"text": slip.where or "The whole paper", "header": True},
                    {"text": slip.what},
                    {"text": "Rule" if slip.by_rule else "Reader"},
                ]
            }
            for slip in page
        ],
        "page": page,
        "pagination": page_links(request, page),
    }
    return render(request, "wsoa/slips.html", context)


def plan_context(found: Plan, current: str) -> dict[str, Any]:
    """Return what every page of a plan shows: its counts, and its pages with the current one marked."""
    listed: Any = selectors.listed().get(pk=found.pk)
    counts = (
        many(listed.priority_count, "priority", "priorities"), many(listed.outcome_count, "outcome"),
        many(listed.measure_count, "measure"), many(listed.action_count, "action"),
    )  # fmt: skip
    return {
        "plan": found,
        "kind": found.get_kind_display(),
        "counts": ", ".join(counts),
        "back": {"text": "Plans", "href": reverse("wsoa:plans")},
        "sub_navigation": {"items": tabs(found, current), "label": "Pages of this plan"},
    }


def _heat_row(found: Plan, heat: HeatMap, row: HeatRow) -> dict[str, Any]:
    cells: list[dict[str, Any]] = []
    for each, one in zip(heat.rounds, row.cells, strict=True):
        if one is None:
            cells.append({"cell": None})
            continue
        href = f"{reverse('wsoa:round', args=[found.code, each.number])}?priority={row.priority.position}"
        name = one.state.value.replace(" ", "-")
        cells.append(
            {
                "href": href, "cell": one, "number": each.number, "classes": f"app-heat--{name}",
                "shape": f"shape-{name}", "word": STATE_LABELS[one.state],
            }
        )  # fmt: skip
    return {"priority": row.priority, "cells": cells}


def _state_columns() -> list[dict[str, Any]]:
    return [{"text": label, "numeric": True} for label in STATE_LABELS.values()]


def _priority_row(found: Plan, each: selectors.PriorityStates) -> dict[str, Any]:
    here = f"{reverse('wsoa:actions', args=[found.code])}?priority={each.priority.position}"
    state: dict[str, Any] = {"text": "No action", "empty": True}
    if each.cell:
        state = {"tag": state_tag(each.cell.state), "second": each.cell.count}
    return {
        "cells": [
            {"text": str(each.priority), "href": here, "header": True, "second": each.priority.theme},
            state,
            *(_number(each.states.count(one), f"{here}&state={one.value.replace(' ', '+')}", each) for one in State),
        ]
    }


def _number(number: int, href: str, each: selectors.PriorityStates) -> dict[str, Any]:
    if not number:
        return {"text": "0", "numeric": True, "empty": True}
    return {"text": str(number), "numeric": True, "href": href, "hidden_text": str(each.priority)}
