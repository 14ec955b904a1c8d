from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.http import StaffRequest
from casework.policy import requires
from casework.roles import Permission
from casework.services import form_use
from casework.views.sending import send_once
from panels.forms.placements import FollowUpForm, TakeBackForm
from panels.rules.placement_follow_up import why_not_follow_up
from panels.rules.placement_terms import FOLLOW_UP_WEEKS
from panels.selectors.placements import Placement, on_the_roll, placement_of
from panels.services import placement_follow_ups as service
from panels.services.placement_follow_ups import FollowedUp
from panels.services.placements import AlreadyTakenBack, NoPlacement, Stale
from panels.views.finding import back_to_referral, referral_address, referral_of

NO_LONGER = "Another school was named meanwhile, or none. Open the referral again"


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: StaffRequest, code: str, referral: str, weeks: int) -> HttpResponse:
    today = timezone.localdate()
    if weeks not in FOLLOW_UP_WEEKS:
        raise Http404
    found = referral_of(request, code, referral, on=today, surface="follow up a placement")
    placement = placement_of(found, on=today)
    if placement is None:
        raise Http404
    here = referral_address(found)
    form = FollowUpForm(request.POST or None, today=today, initial={"version": placement.version, "on": today})
    if request.method == "POST" and form.is_valid():
        given = FollowedUp(weeks, form.found(), form.cleaned_data["words"])
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.record(
                    by=request.user, at=timezone.now(), on=today, referral=found,
                    version=form.cleaned_data["version"], given=given,
                ),
            )  # fmt: skip
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except Stale as stale:
            form = form.reopened(version=stale.version, what="this placement")
        except service.WrongDay as wrong:
            form.add_error(wrong.part, wrong.says)
        except service.CannotBeFollowedUp as cannot:
            form.add_error(None, cannot.says)
        except NoPlacement:
            form.add_error(None, NO_LONGER)
        else:
            messages.success(request, f"Recorded: the follow-up after {weeks} weeks.")
            return redirect(here)
    context = {
        "form": form,
        "referral": found,
        "placement": placement,
        "weeks": weeks,
        "roll": on_the_roll(placement)[:1],
        "due": next((each.due for each in placement.follow_ups if each.weeks == weeks), None),
        "why_not": why_not_follow_up(placement.follow_ups, weeks),
        **_recorded(placement, weeks),
        "back": back_to_referral(found),
    }
    return render(request, "panels/follow_up.html", context)


def _recorded(placement: Placement, weeks: int) -> dict[str, Any]:
    """Return the follow-up that is on the file and where it is taken back, None where there is none."""
    row = next((each for each in placement.found if each.weeks == weeks and not each.withdrawn_at), None)
    referral = placement.referral
    address = [referral.panel.code, referral.reference]
    return {"recorded": row, "take_back": reverse("panels:take-back-follow-up", args=[*address, row.pk]) if row else ""}


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_follow_up(request: StaffRequest, code: str, referral: str, number: int) -> HttpResponse:
    today = timezone.localdate()
    found = referral_of(request, code, referral, on=today, surface="take back a follow-up")
    row = found.placement_follow_ups.select_related("school", "referral").filter(pk=number).first()
    if row is None:
        raise Http404
    here = referral_address(found)
    if row.withdrawn_at:
        return redirect(here)
    form = TakeBackForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.take_back(by=request.user, at=timezone.now(), follow_up=row, because=because),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except AlreadyTakenBack:
            return redirect(here)
        messages.success(request, f"Taken back: the follow-up after {row.weeks} weeks.")
        return redirect(here)
    context = {"form": form, "referral": found, "row": row, "back": back_to_referral(found)}
    return render(request, "panels/take_back_follow_up.html", context)
