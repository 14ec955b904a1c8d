"""A person's duties as an iCalendar file (RFC 5545). It names cases by reference, and no child."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from icalendar import Calendar, Event

from casework.models import Duty
from casework.registry import duty_kinds


def calendar_of_duties(duties: Iterable[Duty], *, on: date, made_at: datetime, absolute: Callable[[str], str]) -> bytes:
    """Return the file: an all-day event for each duty on the day it is due, on `on` itself where that day is past.

    `absolute` makes an address of the site whole.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Sixth Day//Duties//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Sixth Day: what is due")
    for duty in duties:
        calendar.add_component(_event(duty, on, made_at, absolute))
    return bytes(calendar.to_ical())


def _event(duty: Duty, on: date, made_at: datetime, absolute: Callable[[str], str]) -> Event:
    kind, reference = duty_kinds[duty.key], duty.case.reference
    day = max(duty.due, on)
    late = "Late: " if duty.other_due < on else ""
    event = Event()
    event.add("uid", f"duty-{duty.pk}@{settings.COUNCIL_AUTHORITY_CODE}.sixth-day")
    event.add("dtstamp", made_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{late}{kind.label}, {reference}")
    event.add("description", "\n".join([*_dates(duty), absolute(kind.page(reference))]))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _dates(duty: Duty) -> list[str]:
    said = [f"Due {_in_full(duty.due)}."]
    if duty.other_due != duty.due:
        said = [f"Due {_in_full(duty.due)}, or {_in_full(duty.other_due)} on the other reading."]
    if duty.met_on:
        said.append(f"Arranged for {_in_full(duty.met_on)}.")
    return said


def _in_full(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
