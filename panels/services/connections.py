"""What connects members of panels to schools, trusts and families: declared by themselves, or recorded by the clerk."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from casework.models import School, Trust, User
from casework.rights import has_permission
from casework.roles import Permission
from panels.models import Connection
from panels.rules.connection_terms import names_of_what


class NotTheirs(Exception):
    """A connection is said, or ended, by the person whose it is, or by a clerk."""


class NamesSomethingElse(Exception):
    """A connection of its kind names exactly one thing: its school, trust, family name or postcode."""


class EndsBeforeItBegins(Exception):
    """The last day lies before the first."""


class AlreadyEnded(Exception):
    """The connection has a last day already, by that day or before it."""


class Stale(Exception):
    """Somebody changed the connection meanwhile; `version` is its present one."""

    def __init__(self, version: int) -> None:
        super().__init__("The connection was changed meanwhile.")
        self.version = version


@dataclass(frozen=True, slots=True)
class Facts:
    """A connection: its kind, what it names, its days. Without a first day it held always."""

    kind: str
    school: School | None = None
    trust: Trust | None = None
    family_name: str = ""
    postcode: str = ""
    street: str = ""
    first_day: date | None = None
    last_day: date | None = None


def may_speak_for(by: User, person: User) -> bool:
    """Tell whether somebody may say or end a connection of a person: the person, or a clerk."""
    return by.pk == person.pk or has_permission(by, Permission.PREPARE_PANELS)


def say(*, by: User, at: datetime, person: User, facts: Facts) -> Connection:
    """Keep what connects a person: their own declaration where `by` is the person, else what a clerk recorded.

    Raises NotTheirs, NamesSomethingElse and EndsBeforeItBegins; nothing is saved then.
    """
    if not may_speak_for(by, person):
        raise NotTheirs
    named = {name for name in ("school", "trust", "family_name", "postcode") if getattr(facts, name)}
    if len(named) != 1 or not named <= names_of_what(facts.kind) or (facts.street and not facts.postcode):
        raise NamesSomethingElse
    if facts.first_day and facts.last_day and facts.last_day < facts.first_day:
        raise EndsBeforeItBegins
    with transaction.atomic():
        connection: Connection = Connection.objects.create(
            person=person,
            kind=facts.kind,
            school=facts.school,
            trust=facts.trust,
            family_name=facts.family_name,
            postcode=facts.postcode,
            street=facts.street,
            first_day=facts.first_day,
            last_day=facts.last_day,
            said_at=at,
            said_by=by,
        )
    return connection


def end(*, by: User, at: datetime, connection: Connection, version: int, last_day: date, because: str) -> None:
    """Say on which day a connection last held, and why. It is kept: a former post ties its holder for a time.

    Raises NotTheirs, Stale, AlreadyEnded and EndsBeforeItBegins; nothing is saved then.
    """
    if not may_speak_for(by, connection.person):
        raise NotTheirs
    with transaction.atomic():
        held: Connection = Connection.objects.select_for_update().get(pk=connection.pk)
        if held.version != version:
            raise Stale(held.version)
        if held.last_day is not None and held.last_day <= last_day:
            raise AlreadyEnded
        if held.first_day is not None and last_day < held.first_day:
            raise EndsBeforeItBegins
        held.last_day, held.ended_at, held.ended_by, held.ended_because = last_day, at, by, because
        held.version += 1
        held.save(update_fields=["last_day", "ended_at", "ended_by", "ended_because", "version"])
