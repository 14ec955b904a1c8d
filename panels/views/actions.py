from datetime import date
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
from panels.forms.actions import ActionFilter, ActionForm, ChaseActionsForm
from panels.models import ItemAction, Panel
from panels.selectors import actions as selectors
from panels.services import actions as service
from panels.views.action_rows import read, set_at, stood_cell
from panels.views.finding import back_to, panel_of

A_PAGE = 50


@requires(Permission.SEE_PANELS, Permission.SEE_PUPILS)
@require_safe
def actions(request: StaffRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    panel = panel_of(request.user, code, on=today)
    state = ActionFilter(request.GET).chosen()
    page = Paginator(selectors.listed(request.user, panel, on=today, state=state), A_PAGE).get_page(
        request.GET.get("page")
    )
    shown = list(page)
    read(request, shown, "actions of a panel")
    may_write = has_permission(request.user, Permission.PREPARE_PANELS)
    context = {
        "panel": panel,
        "state": state,
        "states": selectors.STATES.items(),
        "columns": columns("Action", "Set", "Who has it", "By when", "Where it stands"),
        "rows": [{"cells": _cells(panel, each, today, may_write=may_write)} for each in shown],
        "page": page,
        "pagination": page_links(request, page),
        "to_chase": selectors.to_chase(request.user, panel, on=today).count() if may_write else 0,
        "back": back_to(panel),
    }
    return render(request, "panels/actions.html", context)


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_action(request: StaffRequest, code: str, number: int) -> HttpResponse:
    today = timezone.localdate()
    panel = panel_of(request.user, code, on=today)
    found = selectors.find(request.user, panel, number, on=today)
    if found is None:
        raise Http404
    read(request, [found], "action of a panel")
    people = selectors.who_may_have_one(panel, on=today, or_has=found)
    initial = {name: getattr(found, name) for name in ("owner", "due", "done_on", "came_of", "version")}
    form = ActionForm(request.POST or None, today=today, initial=initial, people=people, sat_on=found.item.sitting.on)
    here = _address(panel)
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {"version": form.cleaned_data["version"], "facts": form.facts()}
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.change(by=request.user, on=today, panel=panel, number=number, **facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.MayNot:
            raise Http404 from None
        except service.OwnerIsOut:
            form.add_error("owner", "This person is out of the item and may not have its action: choose another")
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this action")
        else:
            messages.success(request, "The action is kept.")
            return redirect(here)
    context = {"form": form, "action": found, "panel": panel, "set": set_at(found), "back": _back(panel)}
    return render(request, "panels/change_action.html", context)


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def chase_actions(request: StaffRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    panel = panel_of(request.user, code, on=today)
    waiting = list(selectors.to_chase(request.user, panel, on=today))
    read(request, waiting, "late actions of a panel")
    form = ChaseActionsForm(request.POST or None, today=today)
    here = _address(panel)
    if request.method == "POST" and form.is_valid():
        site = request.build_absolute_uri("/")
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.chase(by=request.user, at=timezone.now(), on=today, panel=panel, site=site),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.NothingToChase:
            form.add_error(None, "Nobody is to be reminded: each owner was today, or what was late is done")
        else:
            messages.success(request, "Whoever has a late action is reminded by mail.")
            return redirect(here)
    context = {
        "form": form,
        "panel": panel,
        "columns": columns("Action", "Set", "Who has it", "By when", "Where it stands"),
        "rows": [{"cells": _cells(panel, each, today, may_write=False)} for each in waiting],
        "back": _back(panel),
    }
    return render(request, "panels/chase_actions.html", context)


def _address(panel: Panel) -> str:
    return reverse("panels:actions", args=[panel.code])


def _back(panel: Panel) -> dict[str, Any]:
    return {"text": f"Actions of {panel.name}", "href": _address(panel)}


def _cells(panel: Panel, action: ItemAction, today: date, *, may_write: bool) -> list[dict[str, Any]]:
    item = action.item
    href = reverse("panels:change-action", args=[panel.code, action.pk]) if may_write else ""
    return [
        {"text": action.text, "header": True} | ({"href": href} if href else {}),
        {"text": item.referral.reference if item.referral else item.title, "second": day_in_full(item.sitting.on)},
        {"text": action.owner.name if action.owner else "Nobody yet"},
        {"text": day_in_full(action.due) if action.due else "No day set"},
        stood_cell(action, today),
    ]
