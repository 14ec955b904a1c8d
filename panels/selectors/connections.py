"""What connects members of panels: a person's own page, and what the check of conflicts reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.models import User
from panels.models import Connection
from panels.rules.connection_terms import Prompt
from panels.rules.links import Address, Link, MemberLinks
from panels.rules.tie_terms import Relation


@dataclass(frozen=True, slots=True)
class Connections:
    """A person's connections: those that hold on a day or will, and those that have ended."""

    now: list[Connection]
    ended: list[Connection]


def of_person(person: User, *, on: date) -> Connections:
    """Return a person's connections, those that hold in the order in which they were said. One query."""
    rows = list(
        Connection.objects.filter(person=person)
        .select_related("school", "trust", "said_by", "ended_by", "person")
        .order_by("said_at", "pk")
    )
    ended = [row for row in rows if row.last_day is not None and row.last_day < on]
    return Connections(
        [row for row in rows if row not in ended],
        sorted(ended, key=lambda row: (row.last_day, row.pk), reverse=True),
    )


def member_links(people: Iterable[User], *, on: date) -> list[MemberLinks]:
    """Return what the check of conflicts reads of each person, in their order: ended links too, prompts of the day.

    Members are named by their account's number. One query, however many people.
    """
    return member_links_on(people, [on])[on]


def member_links_on(people: Iterable[User], days: Iterable[date]) -> dict[date, list[MemberLinks]]:
    """Return what the check of conflicts reads of each person on each of the days, as `member_links` does. One query."""
    by_person: dict[int, list[Connection]] = {person.pk: [] for person in people}
    rows = Connection.objects.filter(person__in=by_person).select_related("school__trust", "trust")
    for row in rows.order_by("pk"):
        by_person[row.person_id].append(row)
    return {day: [_links(str(person), theirs, day) for person, theirs in by_person.items()] for day in days}


def _links(member: str, rows: list[Connection], on: date) -> MemberLinks:
    prompts = [row for row in rows if row.kind in frozenset(Prompt) and _holds(row, on)]
    return MemberLinks(
        member=member,
        links=tuple(_link(row) for row in rows if row.kind in frozenset(Relation)),
        family_names=frozenset(row.family_name for row in prompts if row.family_name),
        addresses=frozenset(Address(row.postcode, row.street) for row in prompts if row.postcode),
    )


def _link(row: Connection) -> Link:
    trust = row.school.trust if row.school else row.trust
    return Link(
        relation=Relation(row.kind),
        urn=row.school.urn if row.school else None,
        trust=trust.group_id if trust else None,
        first=row.first_day,
        last=row.last_day,
        family_name=row.family_name,
    )


def _holds(row: Connection, on: date) -> bool:
    return (row.first_day is None or row.first_day <= on) and (row.last_day is None or on <= row.last_day)
