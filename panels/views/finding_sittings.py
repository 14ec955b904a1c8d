"""A sitting and its items as the person may see them on the day; whatever may not be seen is not there."""

from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from casework.audit import record_reading
from casework.http import StaffRequest
from casework.middleware import request_id
from panels.models import Referral, Sitting
from panels.selectors import sittings as selectors
from panels.selectors.sittings import Agenda, SeenItem
from panels.views.finding import panel_of


def sitting_of(request: StaffRequest, code: str, day: date, *, on: date) -> Sitting:
    """Return the sitting of a panel and a day."""
    panel = panel_of(request.user, code, on=on)
    found = selectors.find(request.user, panel, day, on=on)
    if found is None:
        raise Http404
    return found


def agenda_read(request: StaffRequest, sitting: Sitting, *, on: date, surface: str) -> Agenda:
    """Return the agenda as the person sees it, having recorded that the records of its children are read."""
    agenda = selectors.agenda_of(request.user, sitting, on=on)
    pupils = [one.item.referral.pupil_id for one in agenda.items if one.item.referral]
    record_reading(by=request.user, at=timezone.now(), pupils=pupils, surface=surface, request=request_id())
    return agenda


def item_of(
    request: StaffRequest, sitting: Sitting, reference: str, *, on: date, surface: str
) -> tuple[SeenItem, Referral]:
    """Return an item and its referral, having recorded that its child's record is read."""
    seen = selectors.agenda_of(request.user, sitting, on=on).of(reference)
    if seen is None or seen.item.referral is None:
        raise Http404
    referral = seen.item.referral
    record_reading(
        by=request.user, at=timezone.now(), pupils=[referral.pupil_id], surface=surface, request=request_id()
    )
    return seen, referral


def sitting_address(sitting: Sitting) -> str:
    """Return the address of a sitting's page."""
    return reverse("panels:sitting", args=[sitting.panel.code, sitting.on])


def item_address(sitting: Sitting, referral: Referral) -> str:
    """Return the address of an item's page."""
    return reverse("panels:item", args=[sitting.panel.code, sitting.on, referral.reference])


def back_to_sitting(sitting: Sitting) -> dict[str, Any]:
    """Return the link back to a sitting's page."""
    text = f"{sitting.panel.name}, {sitting.on.day} {sitting.on:%B %Y}"
    return {"text": text, "href": sitting_address(sitting)}
