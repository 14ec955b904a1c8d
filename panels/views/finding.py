"""The panel that an address names, as the person may see it on the day; whatever may not be seen is not there."""

from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse

from casework.models import User
from panels.models import Membership, Panel


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


def back_to(panel: Panel) -> dict[str, Any]:
    """Return the link back to a panel's page."""
    return {"text": panel.name, "href": reverse("panels:panel", args=[panel.code])}
