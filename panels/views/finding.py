"""What an address names, as the person may see it on the day; whatever may not be seen is not there."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from casework.audit import record_reading
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.models import User
from panels.models import Membership, Panel, Referral
from panels.selectors import referrals
from panels.selectors.advice import waiting_of

ADVICE_GIVEN = (
    "The panel has heard this referral, and its advice waits for the officer: nothing that it heard is changed"
)


def panel_of(user: User, code: str, *, on: date) -> Panel:
    """Return the panel of a code."""
    found: Panel | None = Panel.objects.visible_to(user, on=on).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def membership_of(panel: Panel, number: int) -> Membership:
    """Return a membership of a panel, whenever it stood."""
    found: Membership | None = (
        Membership.objects.filter(panel=panel, pk=number).select_related("person", "panel").first()
    )
    if found is None:
        raise Http404
    return found


def referral_of(request: StaffRequest, code: str, referral: str, *, on: date, surface: str) -> Referral:
    """Return a referral to a panel, having recorded that its child's record is read."""
    panel = panel_of(request.user, code, on=on)
    found = referrals.find(request.user, panel, referral, on=on)
    if found is None:
        raise Http404
    record_reading(by=request.user, at=timezone.now(), pupils=[found.pupil_id], surface=surface, request=request_id())
    return found


def back_to(panel: Panel) -> dict[str, Any]:
    """Return the link back to a panel's page."""
    return {"text": panel.name, "href": reverse("panels:panel", args=[panel.code])}


def referral_address(referral: Referral) -> str:
    """Return the address of a referral's page."""
    return reverse("panels:referral", args=[referral.panel.code, referral.reference])


def back_if_closed(request: StaffRequest, referral: Referral) -> HttpResponse | None:
    """Return the way from a saved link back to a referral that is withdrawn or decided, saying so; None of an open one.

    What is sent is answered by its form, where what was typed stays.
    """
    if request.method == "POST" or not (referral.withdrawn_at or referral.decided_on):
        return None
    stands = "withdrawn" if referral.withdrawn_at else "decided"
    messages.warning(request, f"This referral is {stands}: nothing of it is changed any more.")
    return redirect(referral_address(referral))


def back_if_heard(request: StaffRequest, referral: Referral) -> HttpResponse | None:
    """Return the way back as `back_if_closed`, and of a referral on which the panel's advice waits as well."""
    back = back_if_closed(request, referral)
    if back is not None or request.method == "POST" or waiting_of(referral) is None:
        return back
    messages.warning(request, f"{ADVICE_GIVEN}.")
    return redirect(referral_address(referral))


def back_to_referral(referral: Referral) -> dict[str, Any]:
    """Return the link back to a referral's page."""
    return {"text": f"Referral {referral.reference}", "href": referral_address(referral)}
