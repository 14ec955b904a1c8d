"""Bank holidays: seeded from a published list, and an administrator's to add to and take back."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from casework.models import BankHoliday, CalendarChange, Job, LocalAuthority, User
from casework.registry import calendar_watchers

ADDED = "Added by"
"""How the source of a holiday begins that a person added."""


class HeldAlready(Exception):
    """A bank holiday is held on that day."""


class NotAdded(Exception):
    """The holiday comes from the published list, and stays."""


def add(*, by: User, at: datetime, on: date, name: str) -> list[Job]:
    """Add a bank holiday, and ask for open duties to be reckoned. Returns the work that follows. Raises HeldAlready."""
    try:
        with transaction.atomic():
            BankHoliday.objects.create(on=on, name=name, source=f"{ADDED} {by.name}"[:120])
            return _told(by, at, on, name)
    except IntegrityError as held:
        raise HeldAlready from held


def take_back(*, by: User, at: datetime, on: date) -> list[Job]:
    """Take back a bank holiday that a person added; the history keeps its row. Returns the work that follows.

    Does nothing when it is gone already. Raises NotAdded for one of the published list.
    """
    with transaction.atomic():
        held = BankHoliday.objects.select_for_update().filter(on=on).first()
        if held is None:
            return []
        if not held.source.startswith(ADDED):
            raise NotAdded
        held.delete()
        return _told(by, at, on, f"Taken back: {held.name}")


def _told(by: User, at: datetime, on: date, why: str) -> list[Job]:
    changes = CalendarChange.objects.bulk_create(
        CalendarChange(authority=authority, what="bank holiday", first=on, last=on, reason=why[:100], at=at, by=by)
        for authority in LocalAuthority.objects.filter(schools__isnull=False).distinct()
    )
    return [watcher(change) for change in changes for watcher in calendar_watchers]
