from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.http import StaffRequest
from casework.policy import requires
from casework.roles import Permission
from casework.services import form_use
from casework.views.sending import send_once
from casework.views.tables import day_in_full
from panels.forms.terms import ANY, AddTermsForm, first_terms, next_terms, quorum_field
from panels.models import Panel
from panels.rules.terms import PanelKind
from panels.selectors.terms import versions
from panels.services import terms as service
from panels.views.finding import back_to, panel_of

# At which field each refusal of the service is shown, and how it is put.
REFUSALS: dict[type[Exception], tuple[str | None, str]] = {
    service.BeforeToday: ("in_force_from", "Choose today or a later day: what was in force before stays as it was"),
    service.BeforeOpening: ("in_force_from", "Choose the panel’s first day or a later one"),
    service.SameDay: ("in_force_from", "Another version is in force from that day: choose a later day"),
    service.PanelClosed: (None, "This panel has a last day, so its terms can no longer change"),
    service.NoQuorum: (ANY, "Say how many make a quorum"),
    service.NoWayIn: ("routes", "Tick at least one way in"),
    service.WrongTariff: (None, "The points are below nought, too many, or all nought"),
    service.CastingVoteWithoutMajority: ("casting_vote", "Only a panel that decides by a majority has a casting vote"),
}


@requires(Permission.SET_PANELS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_terms(request: StaffRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    panel = panel_of(request.user, code, on=today)
    kind = PanelKind(panel.kind)
    initial = _initial(panel, today)
    form = AddTermsForm(request.POST or None, today=today, kind=kind, initial=initial)
    here = reverse("panels:panel", args=[panel.code])
    if request.method == "POST" and form.is_valid():
        try:
            send_once(request, form, leads_to=here, do=_adding(request, panel, form))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.ChangedMeanwhile as meanwhile:
            form = form.reopened(version=meanwhile.version, what="these terms")
        except service.NoSuchSeat as none:
            form.add_error(quorum_field(none.role), "This kind of panel has no such seat")
        except tuple(REFUSALS) as refused:
            form.add_error(*REFUSALS[type(refused)])
        else:
            day = day_in_full(form.cleaned_data["in_force_from"])
            messages.success(request, f"The terms are added. They are in force from {day}.")
            return redirect(here)
    context = {"form": form, "panel": panel, "back": back_to(panel), "first": initial["version"] == 0}
    context["points_fields"] = list(form.points_fields())
    context["quorum_fields"] = list(form.quorum_fields())
    return render(request, "panels/add_terms.html", context)


def _adding(request: StaffRequest, panel: Panel, form: AddTermsForm) -> Callable[[], Any]:
    return lambda: service.add(
        by=request.user,
        at=timezone.now(),
        on=timezone.localdate(),
        panel=panel,
        version=form.cleaned_data["version"],
        in_force_from=form.cleaned_data["in_force_from"],
        terms=form.terms(),
    )


def _initial(panel: Panel, today: Any) -> dict[str, Any]:
    """Return the last version's terms to be changed, or what is usual for a panel of the kind."""
    held = versions(panel, on=today)
    if not held:
        return first_terms(PanelKind(panel.kind), opened_on=panel.opened_on) | {"version": 0}
    last = held[0]
    texts = {"delegation": last.row.delegation, "criteria": last.row.criteria}
    return next_terms(last.rule, **texts) | {"version": len(held)}
