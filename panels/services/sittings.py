"""A panel's sittings: called, moved, cancelled; who comes; and that a member declared before opening the papers."""

from datetime import date, datetime, time

from django.conf import settings
from django.db import IntegrityError, transaction

from casework.models import LocalAuthority, User
from casework.selectors.calendars import authority_calendar
from panels.models import Attendance, Panel, Sitting
from panels.rules.meeting_calendar import MeetingCalendar, meeting_calendar


class SameDay(Exception):
    """The panel sits on that day already."""


class InThePast(Exception):
    """The day lies before today."""


class PanelNotOpen(Exception):
    """The panel is not open on that day."""


class NotToCome(Exception):
    """The sitting is cancelled, or its day is past."""


class Stale(Exception):
    """Somebody changed the sitting meanwhile; `version` is its present one."""

    def __init__(self, version: int) -> None:
        super().__init__("The sitting was changed meanwhile.")
        self.version = version


def call(*, by: User, at: datetime, today: date, panel: Panel, on: date, starts_at: time, place: str) -> Sitting:
    """Call a sitting of a panel on a day. Raises InThePast, PanelNotOpen and SameDay; nothing is saved then."""
    if on < today:
        raise InThePast
    if on < panel.opened_on or (panel.closed_on and on > panel.closed_on):
        raise PanelNotOpen
    try:
        with transaction.atomic():
            sitting: Sitting = Sitting.objects.create(
                panel=panel, on=on, starts_at=starts_at, place=place, called_at=at, called_by=by
            )
    except IntegrityError:
        raise SameDay from None
    return sitting


def call_series(
    *, by: User, at: datetime, today: date, panel: Panel, on: date, starts_at: time, place: str, every: int, until: date
) -> MeetingCalendar:
    """Call the sittings of a panel's calendar: from a day on, every so many weeks until another, in school days only.

    Return the days called, and those left out with why. Raises InThePast, PanelNotOpen, SameDay where the panel sits on
    the first day already, and what `meeting_calendar` raises; nothing is saved then.
    """
    with transaction.atomic():
        held = Panel.objects.select_for_update().get(pk=panel.pk)
        called = set(Sitting.objects.filter(panel=held, on__range=(on, until)).values_list("on", flat=True))
        if on in called:
            raise SameDay
        calendar = authority_calendar(LocalAuthority.objects.get(code=settings.COUNCIL_AUTHORITY_CODE).pk)
        found = meeting_calendar(on, weeks=every, until=until, calendar=calendar, called=called)
        for day in found.days:
            call(by=by, at=at, today=today, panel=held, on=day, starts_at=starts_at, place=place)
    return found


def change(*, by: User, today: date, sitting: Sitting, version: int, starts_at: time, place: str) -> None:
    """Give a sitting another time or place. Raises Stale and NotToCome; nothing is saved then."""
    with transaction.atomic():
        held = held_to_come(sitting, today=today, version=version)
        held.starts_at, held.place = starts_at, place
        held.version += 1
        held.save(update_fields=["starts_at", "place", "version"])


def cancel(*, by: User, at: datetime, today: date, sitting: Sitting, version: int, because: str) -> None:
    """Cancel a sitting with a reason; what was listed may be listed again. Raises Stale and NotToCome."""
    with transaction.atomic():
        held = held_to_come(sitting, today=today, version=version)
        held.cancelled_at, held.cancelled_by, held.cancelled_because = at, by, because
        held.version += 1
        held.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_because", "version"])


def say_coming(*, by: User, at: datetime, sitting: Sitting, person: User, apologies: bool) -> None:
    """Keep whether a member comes to a sitting or sends apologies; said again, the last word counts."""
    said = {"apologies": apologies, "said_at": at, "said_by": by}
    Attendance.objects.update_or_create(sitting=sitting, person=person, defaults=said)


def declare(*, by: User, at: datetime, sitting: Sitting) -> None:
    """Keep that a member has declared everything that ties them, before opening the papers of a sitting."""
    said = {"declared_at": at, "said_at": at, "said_by": by}
    Attendance.objects.update_or_create(sitting=sitting, person=by, defaults=said)


def held_to_come(sitting: Sitting, *, today: date, version: int | None) -> Sitting:
    """Return the sitting, held until the transaction ends. Raises Stale and NotToCome."""
    held: Sitting = Sitting.objects.select_for_update(of=("self",)).select_related("panel").get(pk=sitting.pk)
    if version is not None and held.version != version:
        raise Stale(held.version)
    if held.cancelled_at or held.on < today:
        raise NotToCome
    return held
