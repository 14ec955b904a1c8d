"""Days on which a school is closed, declared and taken back; whatever counts school days is told of the change."""

from datetime import date, datetime

from django.db import transaction

from casework.models import CalendarChange, Closure, Job, School, User
from casework.registry import calendar_watchers
from casework.selectors.calendars import calendar_of

LONGEST_CLOSURE = 28
"""Most days that one declaration may span: more is a term date to correct."""


class NoSchoolDay(Exception):
    """Pupils attend on no day of the stretch in any case."""


class DeclaredAlready(Exception):
    """The school has a closure on `on`."""

    def __init__(self, on: date) -> None:
        super().__init__(on.isoformat())
        self.on = on


class TooLong(Exception):
    """The closure spans more than 28 days."""


def declare(
    *, by: User, at: datetime, school: School, first: date, last: date, kind: str, reason: str, declared_by: str
) -> list[Job]:
    """Close a school on each school day from `first` to `last`, and ask for the dates that hang on it to be reckoned.

    `kind` is one of CLOSURE_KINDS. Returns the work that follows. Raises TooLong, DeclaredAlready, NoSchoolDay, and
    NoTermDates outside the school's calendar; nothing is saved then.
    """
    if (last - first).days >= LONGEST_CLOSURE:
        raise TooLong
    with transaction.atomic():
        # One declaration at a time for a school, so that two of one day cannot both be kept.
        School.objects.select_for_update().get(pk=school.pk)
        held = Closure.objects.filter(school=school, on__range=(first, last)).order_by("on").first()
        if held:
            raise DeclaredAlready(held.on)
        days = calendar_of(school).school_days_between(first, last)
        if not days:
            raise NoSchoolDay
        Closure.objects.bulk_create(
            Closure(
                authority_id=school.authority_id,
                school=school,
                on=on,
                kind=kind,
                reason=reason,
                declared_by=declared_by,
                declared_at=at,
            )
            for on in days
        )
        return _changed(by, at, school, "closure", days[0], days[-1], reason)


def take_back(*, by: User, at: datetime, closure: Closure) -> list[Job]:
    """Take back one school's closure; the history keeps its row. Returns the work that follows.

    Does nothing, and returns nothing, when it is gone already. Raises ValueError for a closure of every school.
    """
    school = closure.school
    if school is None:
        raise ValueError("A closure of every school is not one school's to take back.")
    with transaction.atomic():
        gone, _ = Closure.objects.filter(pk=closure.pk).delete()
        if not gone:
            return []
        return _changed(by, at, school, "closure taken back", closure.on, closure.on, closure.reason)


def _changed(by: User, at: datetime, school: School, what: str, first: date, last: date, reason: str) -> list[Job]:
    change = CalendarChange.objects.create(
        authority_id=school.authority_id, school=school, what=what, first=first, last=last, reason=reason, at=at, by=by
    )
    return [watcher(change) for watcher in calendar_watchers]
