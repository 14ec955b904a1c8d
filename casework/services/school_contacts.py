"""Who holds a role at a school and how to reach them: added, corrected, ended by a day. The history keeps every state."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from casework.models import School, SchoolContact, User


class Stale(Exception):
    """Somebody changed the contact meanwhile; `version` is its present one."""

    def __init__(self, version: int) -> None:
        super().__init__("The contact was changed meanwhile.")
        self.version = version


class EndsBeforeItBegins(Exception):
    """The last day lies before the first."""


def add(
    *,
    by: User,
    at: datetime,
    school: School,
    role: str,
    name: str,
    telephone: str,
    email: str,
    first_day: date,
    takes_over: bool,
) -> SchoolContact:
    """Add a contact from a day; with `takes_over`, whoever holds the role then is ended the day before.

    Raises EndsBeforeItBegins where that would end somebody before they began; nothing is saved then.
    """
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        if takes_over:
            for held in SchoolContact.objects.filter(school=school, role=role, last_day__isnull=True):
                _end(held, first_day - timedelta(days=1))
        contact: SchoolContact = SchoolContact.objects.create(
            school=school, role=role, name=name, telephone=telephone, email=email, first_day=first_day
        )
    return contact


def correct(*, by: User, at: datetime, contact: SchoolContact, version: int, **changes: Any) -> None:
    """Correct a contact's name, telephone, e-mail or first day. Raises Stale and EndsBeforeItBegins."""
    with transaction.atomic():
        held = _held(contact, version)
        for name, value in changes.items():
            setattr(held, name, value)
        if held.last_day and held.last_day < held.first_day:
            raise EndsBeforeItBegins
        held.version += 1
        held.save(update_fields=[*changes, "version"])


def end(*, by: User, at: datetime, contact: SchoolContact, version: int, last_day: date) -> None:
    """Say on which day a contact last held the role. Raises Stale and EndsBeforeItBegins."""
    with transaction.atomic():
        _end(_held(contact, version), last_day)


def _held(contact: SchoolContact, version: int) -> SchoolContact:
    held: SchoolContact = SchoolContact.objects.select_for_update().get(pk=contact.pk)
    if held.version != version:
        raise Stale(held.version)
    return held


def _end(held: SchoolContact, last_day: date) -> None:
    if last_day < held.first_day:
        raise EndsBeforeItBegins
    held.last_day = last_day
    held.version += 1
    held.save(update_fields=["last_day", "version"])
