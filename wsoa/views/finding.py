"""The plan, and the action in it, that an address names; what is not there is not found."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from wsoa.models import ActionPlace, Plan


def plan_of(code: str) -> Plan:
    """Return the plan of a code."""
    found: Plan | None = Plan.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def place_of(plan: Plan, number: int) -> ActionPlace:
    """Return where an action, named by its key, stands in a plan: the first of its places there."""
    places = ActionPlace.objects.filter(priority__plan=plan, action=number).select_related(
        "action", "outcome", "priority__plan"
    )
    found: ActionPlace | None = places.order_by("priority__position").first()
    if found is None:
        raise Http404
    return found


def back_to(plan: Plan) -> dict[str, Any]:
    """Return the link back to a plan's page."""
    return {"text": plan.title, "href": reverse("wsoa:plan", args=[plan.code])}


def action_href(place: ActionPlace, code: str) -> str:
    """Return the address of an action in a plan."""
    return reverse("wsoa:action", args=[code, place.action_id])
