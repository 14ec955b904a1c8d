from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.http import StaffRequest
from casework.policy import requires
from casework.rights import has_permission
from casework.roles import Permission
from casework.services import form_use
from casework.views.paging import page_links
from casework.views.sending import send_once
from casework.views.tables import columns, day_in_full
from wsoa.forms.rounds import CloseRoundForm, OpenRoundForm
from wsoa.models import Plan, Round, RoundState
from wsoa.rules.terms import STATE_LABELS, State
from wsoa.services import rounds as service
from wsoa.views.finding import action_href, back_to, plan_of
from wsoa.views.plan import plan_context
from wsoa.views.presenting import chosen, state_tag


@requires(Permission.SEE_PLANS)
@require_safe
def rounds(request: StaffRequest, code: str) -> HttpResponse:
    plan = plan_of(code)
    page = Paginator(plan.rounds.order_by("-number"), 50).get_page(request.GET.get("page"))
    open_now = plan.rounds.filter(closed_on__isnull=True).first()
    may_keep = has_permission(request.user, Permission.KEEP_PLANS)
    context = plan_context(plan, "rounds") | {
        "columns": columns("Round", "Opened", "Answers by", "Closed"),
        "rows": [{"cells": _cells(plan, each)} for each in page],
        "page": page,
        "pagination": page_links(request, page),
        "open_now": open_now if may_keep else None,
        "may_open": may_keep and open_now is None,
    }
    return render(request, "wsoa/rounds.html", context)


@requires(Permission.SEE_PLANS)
@require_safe
def round_states(request: StaffRequest, code: str, number: int) -> HttpResponse:
    plan = plan_of(code)
    found = _round(plan, number)
    priorities = {str(each.position): str(each) for each in plan.priorities.order_by("position")}
    state, priority = chosen(request.GET, "state", STATE_LABELS), chosen(request.GET, "priority", priorities)
    kept = found.states.select_related("place__action", "priority")
    kept = kept.filter(state=state) if state else kept
    kept = kept.filter(priority__position=int(priority)) if priority else kept
    page = Paginator(kept.order_by("priority__position", "place__position"), 50).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "round": found,
        "state": state,
        "states": list(STATE_LABELS.items()),
        "priority": priority,
        "priorities": list(priorities.items()),
        "columns": columns("Reference", "Action", "Priority", "State then", "Why"),
        "rows": [{"cells": _state_cells(plan, each)} for each in page],
        "page": page,
        "pagination": page_links(request, page),
        "back": {"text": "Rounds", "href": reverse("wsoa:rounds", args=[plan.code])},
    }
    return render(request, "wsoa/round.html", context)


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: StaffRequest, code: str) -> HttpResponse:
    plan, today = plan_of(code), timezone.localdate()
    here = reverse("wsoa:rounds", args=[plan.code])
    form = OpenRoundForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        due = form.cleaned_data["due"]
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.open_round(by=request.user, plan=plan, on=today, due=due),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.DueBeforeItOpens:
            form.add_error("due", "The day must be today or later")
        except service.AlreadyOpen as already:
            form.add_error(None, f"Round {already.number} is open: close it first")
        except service.BeforeLast as last:
            form.add_error(
                None, f"The last round closed on {day_in_full(last.closed_on)}: the next opens on a later day"
            )
        except service.PlanClosed:
            form.add_error(None, "This plan has closed: it has no more rounds")
        else:
            messages.success(request, f"The round is open. Answers are wanted by {day_in_full(due)}.")
            return redirect(here)
    return render(request, "wsoa/open_round.html", {"form": form, "plan": plan, "back": back_to(plan)})


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: StaffRequest, code: str, number: int) -> HttpResponse:
    plan, today = plan_of(code), timezone.localdate()
    found = _round(plan, number)
    here = reverse("wsoa:rounds", args=[plan.code])
    form = CloseRoundForm(request.POST or None, today=today, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.close_round(by=request.user, round_=found, version=version, on=today),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.Stale:
            form.add_error(None, "This round has closed already: what stood then is kept")
        else:
            messages.success(request, f"Round {found.number} is closed. Where every action stood is kept.")
            return redirect(here)
    context = {"form": form, "plan": plan, "round": found, "back": {"text": "Rounds", "href": here}}
    return render(request, "wsoa/close_round.html", context)


def _round(plan: Plan, number: int) -> Round:
    found = plan.rounds.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _cells(plan: Plan, each: Round) -> list[dict[str, Any]]:
    closed = day_in_full(each.closed_on) if each.closed_on else "Open still"
    return [
        {
            "text": f"Round {each.number}",
            "href": reverse("wsoa:round", args=[plan.code, each.number]),
            "header": True,
        },
        {"text": day_in_full(each.opened_on)},
        {"text": day_in_full(each.due)},
        {"text": closed},
    ]


def _state_cells(plan: Plan, kept: RoundState) -> list[dict[str, Any]]:
    over = f"The rule said {STATE_LABELS[kept.proposed].lower()}" if kept.proposed != kept.state else ""
    return [
        {"text": kept.place.reference or "None", "empty": not kept.place.reference},
        {"text": kept.place.action.title, "href": action_href(kept.place, plan.code), "header": True},
        {"text": str(kept.priority)},
        {"tag": state_tag(State(kept.state))},
        {"text": kept.because, "second": over},
    ]
