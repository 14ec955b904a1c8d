"""Actions of panels as their lists show them: what set each, and where it stands."""

from datetime import date
from typing import Any

from django.utils import timezone

from casework.audit import record_reading
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.views.tables import day_in_full
from panels.models import ItemAction
from panels.rules.actions import WHERE_LABELS, Where, stands

COLOURS = {
    Where.DONE: "govuk-tag--green",
    Where.LATE: "govuk-tag--red",
    Where.DUE: "govuk-tag--blue",
    Where.NO_DAY: "govuk-tag--grey",
}


def read(request: StaffRequest, shown: list[ItemAction], surface: str) -> None:
    """Record that the records of the children are read whose items set the actions."""
    pupils = [each.item.referral.pupil_id for each in shown if each.item.referral]
    record_reading(by=request.user, at=timezone.now(), pupils=pupils, surface=surface, request=request_id())


def set_at(action: ItemAction) -> str:
    """Return the item that set an action and the day of its sitting."""
    item = action.item
    what = item.referral.reference if item.referral else item.title
    return f"{what}, {day_in_full(item.sitting.on)}"


def stood_cell(action: ItemAction, today: date) -> dict[str, Any]:
    """Return the cell that tells where an action stands, and below it since when, or what came of it."""
    where = stands(due=action.due, done_on=action.done_on, on=today)
    return {"tag": {"text": WHERE_LABELS[where], "classes": COLOURS[where]}, "second": _second(action, where, today)}


def _second(action: ItemAction, where: Where, today: date) -> str:
    if where is Where.DONE and action.done_on:
        return f"{day_in_full(action.done_on)}{': ' if action.came_of else ''}{action.came_of}"
    late = f"By {_days((today - action.due).days)}" if where is Where.LATE and action.due else ""
    chased = f"reminded on {day_in_full(action.chased_on)}" if action.chased_on else ""
    return "; ".join(filter(None, (late, chased)))


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
