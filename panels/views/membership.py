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
from panels.forms.membership import AppointForm, EndMembershipForm
from panels.models import Panel
from panels.rules.terms import MemberRole, PanelKind
from panels.services import membership as service
from panels.views.finding import back_to, membership_of, panel_of

# At which field each refusal of the service is shown, and how it is put.
REFUSALS: dict[type[Exception], tuple[str | None, str]] = {
    service.OwnMembership: ("person", "Nobody appoints themselves: ask another administrator"),
    service.NoSuchSeat: ("role", "This kind of panel has no such seat"),
    service.MayNotSit: ("role", "Their role in the service does not go with this seat: choose another, or change it under People"),
    service.CannotStandIn: ("vice_chair_order", "A vice-chair needs a place in the order; chair, adviser and clerk have none"),
    service.PanelNotOpen: ("first_day", "The panel is not open on that day"),
    service.EndsBeforeItBegins: ("last_day", "The last day must be the first day or later"),
    service.Overlaps: ("person", "They sit on this panel on some of these days already: end that first, or choose other days"),
}  # fmt: skip


@requires(Permission.SET_PANELS)
@require_http_methods(["GET", "HEAD", "POST"])
def appoint_member(request: StaffRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    panel = panel_of(request.user, code, on=today)
    form = AppointForm(request.POST or None, today=today, kind=PanelKind(panel.kind), initial={"first_day": today})
    here = reverse("panels:panel", args=[panel.code])
    if request.method == "POST" and form.is_valid():
        try:
            send_once(request, form, leads_to=here, do=_appointing(request, panel, form))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.AlreadyHasAChair as has:
            form.add_error("role", f"{has.person.name} is chair on some of these days: end that first")
        except service.PlaceTaken as taken:
            form.add_error("vice_chair_order", f"{taken.person.name} has this place on some of these days")
        except tuple(REFUSALS) as refused:
            form.add_error(*REFUSALS[type(refused)])
        else:
            messages.success(request, f"{form.cleaned_data['person'].name} is appointed.")
            return redirect(here)
    return render(request, "panels/appoint_member.html", {"form": form, "panel": panel, "back": back_to(panel)})


@requires(Permission.SET_PANELS)
@require_http_methods(["GET", "HEAD", "POST"])
def end_membership(request: StaffRequest, code: str, number: int) -> HttpResponse:
    today = timezone.localdate()
    panel = panel_of(request.user, code, on=today)
    membership = membership_of(panel, number)
    earliest = service.earliest_end(membership, on=today)
    form = EndMembershipForm(request.POST or None, today=today, initial={"version": membership.version})
    here = reverse("panels:panel", args=[panel.code])
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("last_day", "because", "version")}
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.end(by=request.user, at=timezone.now(), on=today, membership=membership, **facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.EndsBeforeItBegins:
            form.add_error("last_day", f"The last day must be {day_in_full(earliest)} or later")
        except service.SatLater as sat:
            sat_on = day_in_full(sat.on)
            form.add_error(
                "last_day", f"{membership.person.name} was at the sitting of {sat_on}: choose that day or a later one"
            )
        except service.NotEarlier:
            form.add_error("last_day", "It ends by then already: choose an earlier day")
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this membership")
        else:
            messages.success(request, _ended(membership.person.name, facts["last_day"], membership.first_day))
            return redirect(here)
    context = {
        "form": form,
        "panel": panel,
        "membership": membership,
        "day_before": day_in_full(earliest) if earliest < membership.first_day else "",
        "back": back_to(panel),
    }
    return render(request, "panels/end_membership.html", context)


def _appointing(request: StaffRequest, panel: Panel, form: AppointForm) -> Callable[[], Any]:
    data = form.cleaned_data
    return lambda: service.appoint(
        by=request.user,
        at=timezone.now(),
        panel=panel,
        person=data["person"],
        role=MemberRole(data["role"]),
        vice_chair_order=data["vice_chair_order"],
        first_day=data["first_day"],
        last_day=data["last_day"],
    )


def _ended(name: str, last_day: Any, first_day: Any) -> str:
    if last_day < first_day:
        return f"The membership of {name} is taken back: it never began."
    return f"The last day of {name} as a member is {day_in_full(last_day)}."
