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
from casework.policy import requires_any
from casework.roles import Permission
from casework.services import form_use
from casework.views.paging import page_links
from casework.views.sending import send_once
from casework.views.tables import columns, day_in_full
from panels.forms.actions import FinishActionForm, MyActionFilter
from panels.models import ItemAction
from panels.selectors import my_actions as selectors
from panels.services import actions as service
from panels.views.action_rows import read, set_at, stood_cell

A_PAGE = 50
ALREADY = "It is done already. Open your actions again"


@requires_any(Permission.SIT_ON_PANELS, Permission.SEE_PANELS)
@require_safe
def my_actions(request: StaffRequest) -> HttpResponse:
    """List the actions that panels gave to whoever asks, of items that they may read."""
    today = timezone.localdate()
    state = MyActionFilter(request.GET).chosen()
    page = Paginator(selectors.listed(request.user, on=today, state=state), A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    read(request, shown, "my actions of panels")
    context = {
        "state": state,
        "states": selectors.STATES.items(),
        "columns": columns("Action", "Set", "By when", "Where it stands"),
        "rows": [{"cells": _cells(each, today)} for each in shown],
        "to_declare": selectors.to_declare(request.user, on=today),
        "page": page,
        "pagination": page_links(request, page),
        "back": {"text": "Panels", "href": reverse("panels:panels")},
    }
    return render(request, "panels/my_actions.html", context)


@requires_any(Permission.SIT_ON_PANELS, Permission.SEE_PANELS)
@require_http_methods(["GET", "HEAD", "POST"])
def my_action(request: StaffRequest, number: int) -> HttpResponse:
    today = timezone.localdate()
    found = selectors.find(request.user, number, on=today)
    if found is None:
        raise Http404
    read(request, [found], "my action of a panel")
    form = FinishActionForm(
        request.POST or None,
        today=today,
        initial={"version": found.version, "done_on": today},
        sat_on=found.item.sitting.on,
    )
    here = reverse("panels:my-actions")
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("version", "done_on", "came_of")}
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.finish(by=request.user, on=today, number=number, **given),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.MayNot:
            raise Http404 from None
        except service.AlreadyDone:
            form.add_error(None, ALREADY)
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this action")
        else:
            messages.success(request, "The action is done. The clerk sees what came of it.")
            return redirect(here)
    context = {
        "form": form,
        "action": found,
        "set": set_at(found),
        "panel": found.item.sitting.panel,
        "back": {"text": "My actions", "href": here},
    }
    return render(request, "panels/my_action.html", context)


def _cells(action: ItemAction, today: date) -> list[dict[str, Any]]:
    sitting = action.item.sitting
    return [
        {"text": action.text, "header": True, "href": reverse("panels:my-action", args=[action.pk])},
        {"text": set_at(action), "second": sitting.panel.name},
        {"text": day_in_full(action.due) if action.due else "No day set"},
        stood_cell(action, today),
    ]
