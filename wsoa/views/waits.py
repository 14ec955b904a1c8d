from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.http import StaffRequest
from casework.policy import requires
from casework.roles import Permission
from casework.services import form_use
from casework.views.sending import send_once
from wsoa.forms.waits import AddWaitForm, RemoveWaitForm
from wsoa.models import Action, ActionPlace, Plan
from wsoa.selectors.waits import named
from wsoa.services import waits as service
from wsoa.services.actions import Retired
from wsoa.views.finding import action_href, place_of, plan_of

SHOWN = 5
"""So many actions that a word might mean are named."""


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_wait(request: StaffRequest, code: str, number: int) -> HttpResponse:
    place = place_of(plan_of(code), number)
    here = f"{action_href(place, code)}#waits"
    form = AddWaitForm(request.POST or None, today=timezone.localdate(), initial={"plan": code})
    other = _other(form) if request.method == "POST" and form.is_valid() else None
    if other:
        try:
            send_once(
                request, form, leads_to=here,
                do=lambda: service.add_wait(by=request.user, action=place.action, waits_for=other.action),
            )  # fmt: skip
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except Retired:
            form.add_error(None, "This action is set aside: take it back first")
        except service.WaitsAlready:
            form.add_error("which", "This action waits for that one already")
        except service.Circle as closed:
            form.add_error("which", _said(closed.chain))
        else:
            messages.success(request, f"It waits for {_name(other)}.")
            return redirect(here)
    context = {"form": form, "place": place, "back": {"text": place.action.title, "href": here}}
    return render(request, "wsoa/add_wait.html", context)


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_wait(request: StaffRequest, code: str, number: int, other: int) -> HttpResponse:
    place = place_of(plan_of(code), number)
    here = f"{action_href(place, code)}#waits"
    waits_for = Action.objects.filter(pk=other).first()
    if waits_for is None or (request.method != "POST" and not place.action.waits.filter(waits_for=other).exists()):
        raise Http404
    form = RemoveWaitForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            send_once(
                request, form, leads_to=here,
                do=lambda: service.remove_wait(by=request.user, action=place.action, waits_for=other),
            )  # fmt: skip
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.NoSuchWait:
            form.add_error(None, "This action does not wait for that one: there is nothing to take away")
        else:
            messages.success(request, f"It no longer waits for {waits_for.title}.")
            return redirect(here)
    context = {
        "form": form, "place": place, "waits_for": waits_for, "back": {"text": place.action.title, "href": here},
    }  # fmt: skip
    return render(request, "wsoa/remove_wait.html", context)


def _other(form: Any) -> ActionPlace | None:
    """Return the one action that the form names; where there is none, or more than one, the form says so."""
    which = form.cleaned_data["which"]
    plan = Plan.objects.get(code=form.cleaned_data["plan"])
    found = list(named(plan, which)[: SHOWN + 1])
    if len(found) == 1:
        return found[0]
    if not found:
        form.add_error("which", f"No action of {plan.title} has this reference, or these words")
        return None
    names = "; ".join(_name(each) for each in found[:SHOWN])
    more = "; and more" if len(found) > SHOWN else ""
    form.add_error("which", f"More than one action fits: {names}{more}. Write some words that only one has")
    return None


def _name(place: ActionPlace) -> str:
    return f"{place.reference} {place.action.title}".strip()


def _said(chain: Sequence[str]) -> str:
    first, second, *others = chain
    if not others:
        return "An action cannot wait for itself: choose another"
    way = "".join(f", which waits for {each}" for each in others[1:])
    return f"{first} would wait for itself: {second} waits for {others[0]}{way}"
