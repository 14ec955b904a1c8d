"""Rows of sittings for tests, written as the services write them."""

from datetime import date, time

from casework.models import School, User
from panels.models import AgendaItem, Panel, Referral, Sitting
from panels.services import agendas, sittings
from tests.conftest import NOW, TODAY

SITS_ON = date(2026, 11, 17)


def sitting(panel: Panel, *, by: User, on: date = SITS_ON) -> Sitting:
    """Call a sitting for ten o'clock."""
    return sittings.call(
        by=by, at=NOW, today=TODAY, panel=panel, on=on, starts_at=time(10, 0), place="County Hall, room 2"
    )


def listed(of: Sitting, referral: Referral, *, by: User) -> AgendaItem:
    """Put a referral on the agenda."""
    return agendas.list_referral(by=by, at=NOW, today=TODAY, sitting=of, referral=referral, minutes=10)


def business(of: Sitting, title: str, *, by: User) -> AgendaItem:
    """Put business on the agenda."""
    return agendas.add_business(by=by, at=NOW, today=TODAY, sitting=of, title=title, minutes=5)


def declared(of: Sitting, *people: User) -> None:
    """Have people declare before the papers."""
    for person in people:
        sittings.declare(by=person, at=NOW, sitting=of)


def another_school(name: str, place_of: School) -> School:
    """Write a school of the same authority as another."""
    from tests.factories.casework import SchoolFactory

    school: School = SchoolFactory.create(authority=place_of.authority, name=name)
    return school
