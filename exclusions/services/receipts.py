"""Sending the school a receipt for its notice."""

from datetime import date, datetime

from django.utils import timezone

from casework.models import Message, School, SchoolContact, User
from casework.services import messages
from exclusions.letters.receipt import KIND, receipt_of
from exclusions.models import Exclusion
from exclusions.selectors.standing import standing_of

IN_ORDER = ("exclusions lead", "head")
"""Whom a receipt goes to: the school's contact for exclusions, else the head."""


def address_at(school: School, *, on: date) -> str:
    """Return the school's own address for receipts on a day, or "" where none is held."""
    held = dict(
        SchoolContact.objects.current(on=on)
        .filter(school=school, role__in=IN_ORDER)
        .exclude(email="")
        .order_by("first_day", "pk")
        .values_list("role", "email")
    )
    return next((held[role] for role in IN_ORDER if role in held), "")


def send(*, by: User, at: datetime, exclusion: Exclusion, to: str = "") -> Message | None:
    """Write the receipt for a notice, to the address given or else the school's own; None where none is held.

    Call within the transaction that logs the notice: one receipt goes out for it, however often this is called.
    """
    recipient = to or address_at(exclusion.school, on=timezone.localtime(at).date())
    if not recipient:
        return None
    answer = standing_of(exclusion).sixth_day
    receipt = receipt_of(
        exclusion, day_six=answer.due if answer else None, other_day_six=answer.other_reading if answer else None
    )
    return messages.write(
        by=by,
        at=at,
        kind=KIND,
        natural_key=f"{KIND} {exclusion.pk}",
        recipient=recipient,
        subject=receipt.subject,
        body=receipt.body,
        case=exclusion.case,
    )
