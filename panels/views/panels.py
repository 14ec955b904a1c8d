from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.http import StaffRequest
from casework.policy import requires, requires_any
from casework.rights import has_permission
from casework.roles import Permission
from casework.services import form_use
from casework.views.paging import page_links
from casework.views.sending import send_once
from casework.views.tables import columns, day_in_full
from panels.forms.panels import ChangePanelForm, ClosePanelForm, OpenPanelForm, PanelFilter
from panels.models.querysets import SEE_EVERY_PANEL
from panels.rules.terms import PanelKind
from panels.selectors import panels as selectors
from panels.selectors.my_actions import has_any
from panels.services import panels as service
from panels.views.finding import back_to, panel_of

TAKEN = "Another panel has this {what}: choose another"


@requires_any(*SEE_EVERY_PANEL, Permission.SIT_ON_PANELS)
@require_safe
def panels(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    filters = PanelFilter(request.GET)
    state = filters.chosen()
    found = selectors.listed(request.user, on=today, state=state)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    sees_every = any(has_permission(request.user, permission) for permission in SEE_EVERY_PANEL)
    context = {
        "filters": filters if sees_every else None,
        "state": state,
        "columns": columns("Panel", "Kind", "Chair today", "Terms in force", "Members today"),
        "rows": [{"cells": _cells(panel, today)} for panel in page],
        "page": page,
        "pagination": page_links(request, page),
        "may_set": has_permission(request.user, Permission.SET_PANELS),
        "has_actions": has_any(request.user, on=today),
        "keeps_connections": selectors.keeps_connections(request.user, on=today),
    }
    return render(request, "panels/panels.html", context)


@requires(Permission.SET_PANELS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_panel(request: StaffRequest) -> HttpResponse:
    form = OpenPanelForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        facts = {name: data[name] for name in ("code", "name", "opened_on")} | {"kind": PanelKind(data["kind"])}
        here = reverse("panels:panel", args=[data["code"]])
        try:
            send_once(request, form, leads_to=here, do=lambda: service.open_panel(by=request.user, **facts))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.CodeTaken:
            form.add_error("code", TAKEN.format(what="code"))
        except service.NameTaken:
            form.add_error("name", TAKEN.format(what="name"))
        else:
            messages.success(request, f"{data['name']} is open. Add its terms, then appoint its members.")
            return redirect(here)
    back = {"text": "Panels", "href": reverse("panels:panels")}
    return render(request, "panels/open_panel.html", {"form": form, "back": back})


@requires(Permission.SET_PANELS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_panel(request: StaffRequest, code: str) -> HttpResponse:
    panel = panel_of(request.user, code, on=timezone.localdate())
    initial = {"name": panel.name, "version": panel.version}
    form = ChangePanelForm(request.POST or None, today=timezone.localdate(), initial=initial)
    here = reverse("panels:panel", args=[panel.code])
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("name", "version")}
        try:
            send_once(
                request, form, leads_to=here, do=lambda: service.rename(by=request.user, panel=panel, **facts)
            )  # fmt: skip
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.NameTaken:
            form.add_error("name", TAKEN.format(what="name"))
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this panel")
        else:
            messages.success(request, "The panel is changed.")
            return redirect(here)
    return render(request, "panels/change_panel.html", {"form": form, "panel": panel, "back": back_to(panel)})


@requires(Permission.SET_PANELS)
@require_http_methods(["GET", "HEAD", "POST"])
def close_panel(request: StaffRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    panel = panel_of(request.user, code, on=today)
    form = ClosePanelForm(request.POST or None, today=today, initial={"version": panel.version})
    here = reverse("panels:panel", args=[panel.code])
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("closed_on", "version")}
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.close(by=request.user, at=timezone.now(), panel=panel, **facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.AlreadyClosed:
            form.add_error(None, "This panel has a last day already")
        except service.ClosesBeforeItOpens:
            form.add_error("closed_on", f"The last day must be {day_in_full(panel.opened_on)}, the first, or later")
        except service.MembersToCome:
            form.add_error("closed_on", "A membership begins after that day: end it first, or choose a later day")
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this panel")
        else:
            messages.success(request, f"The last day of {panel.name} is {day_in_full(facts['closed_on'])}.")
            return redirect(here)
    return render(request, "panels/close_panel.html", {"form": form, "panel": panel, "back": back_to(panel)})


def _cells(panel: Any, today: date) -> list[dict[str, Any]]:
    closed = f"Closed {day_in_full(panel.closed_on)}" if panel.closed_on and panel.closed_on < today else ""
    opens = f"Opens {day_in_full(panel.opened_on)}" if panel.opened_on > today else ""
    return [
        {
            "text": panel.name,
            "href": reverse("panels:panel", args=[panel.code]),
            "header": True,
            "second": closed or opens,
        },
        {"text": panel.get_kind_display()},
        {"text": panel.chair or "Nobody"},
        {"text": f"Since {day_in_full(panel.terms_from)}" if panel.terms_from else "None yet"},
        {"text": str(panel.members)},
    ]
