"""Who holds the roles of plans, from day to day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from casework.models import User
from wsoa.models import Role, RoleHolder, RoleReview


class Stale(Exception):
    """Somebody changed the role meanwhile; `version` is its present one."""

    def __init__(self, version: int) -> None:
        super().__init__("The role was changed meanwhile.")
        self.version = version


class BeforeHolder(Exception):
    """The day is not after the first day of whoever holds the role now; `first_day` is that day."""

    def __init__(self, first_day: date) -> None:
        super().__init__("The role has a later holder.")
        self.first_day = first_day


class Overlaps(Exception):
    """Somebody else holds the role on some of the days; `holder` is the first who does."""

    def __init__(self, holder: RoleHolder) -> None:
        super().__init__("The role has a holder on some of these days.")
        self.holder = holder


class TakenBack(Exception):
    """The holder was written by mistake, and somebody has said so."""


@dataclass(frozen=True, slots=True)
class HolderFacts:
    """Who holds a role and from which first to which last day; without a last day to no end that is known."""

    name: str
    email: str
    person: User | None
    first_day: date
    last_day: date | None


@transaction.atomic
def give_role(
    *, by: User, role: Role, version: int, first_day: date, name: str = "", email: str = "", person: User | None = None
) -> RoleHolder | None:
    """Give a role to somebody from a day on, and end its holder the day before; without a name it is vacant from then.

    Raises Stale, and BeforeHolder where the day is not after the latest holder's first.
    """
    held = _held(role.pk, version)
    latest = RoleHolder.objects.standing().select_for_update().filter(role=held).order_by("-first_day").first()
    if latest and latest.first_day >= first_day:
        raise BeforeHolder(latest.first_day)
    follows = latest if latest and (latest.last_day is None or latest.last_day >= first_day) else None
    if latest and follows:
        latest.last_day, latest.version = first_day - timedelta(days=1), latest.version + 1
        latest.save(update_fields=["last_day", "version"])
    if not name:
        return None
    return RoleHolder.objects.create(
        role=held, name=name, email=email, person=person, first_day=first_day, follows=follows
    )


@transaction.atomic
def correct_holder(*, by: User, holder: RoleHolder, version: int, facts: HolderFacts) -> None:
    """Put right what was written of a holder; what stood before is kept in the history. `version` is the role's.

    Whoever gave the role up to them did so on the day before, also when that day is corrected.
    Raises Stale, TakenBack and Overlaps.
    """
    role = _held(holder.role_id, version)
    held = _standing(holder)
    before = gave_up_to(held)
    # They held it until this one did; not where that would be before they began.
    follows_on = before if before and before.first_day < facts.first_day != held.first_day else None
    own = {held.pk} | ({follows_on.pk} if follows_on else set())
    others = RoleHolder.objects.standing().filter(role=role).exclude(pk__in=own)
    until = Q(first_day__lte=facts.last_day) if facts.last_day else Q()
    in_the_way = others.filter(until, Q(last_day__isnull=True) | Q(last_day__gte=facts.first_day)).order_by("first_day")
    if first := in_the_way.first():
        raise Overlaps(first)
    later = facts.first_day > held.first_day
    for name in HolderFacts.__dataclass_fields__:
        setattr(held, name, getattr(facts, name))
    if follows_on:
        follows_on.last_day = facts.first_day - timedelta(days=1)
    # At no moment may two hold it, which the table enforces.
    for each in (held, follows_on) if later else (follows_on, held):
        if each:
            each.version += 1
            each.save()


@transaction.atomic
def take_back_holder(*, by: User, at: datetime, holder: RoleHolder, version: int, because: str) -> RoleHolder | None:
    """Take back that a role was given to somebody, with the reason; return whoever holds it again in their place.

    That is the one whose time ended the day before only because this one was given the role. `version` is the role's.
    Raises Stale and TakenBack.
    """
    role = _held(holder.role_id, version)
    held = _standing(holder)
    held.taken_back_at, held.taken_back_by, held.taken_back_because = at, by, because
    held.version += 1
    held.save()
    before = gave_up_to(held)
    later = RoleHolder.objects.standing().filter(role=role, first_day__gt=held.first_day).order_by("first_day").first()
    if before:
        before.last_day = later.first_day - timedelta(days=1) if later else None
        before.version += 1
        before.save(update_fields=["last_day", "version"])
    return before


def gave_up_to(holder: RoleHolder) -> RoleHolder | None:
    """Return who gave the role up to a holder, on the day before; None where nobody did, or where that was changed since."""
    before = holder.follows
    if before is None or before.taken_back_at or before.last_day != holder.first_day - timedelta(days=1):
        return None
    return before


def _held(role: int, version: int) -> Role:
    """Return a role held against others, with its version one further. Raises Stale."""
    held = Role.objects.select_for_update().get(pk=role)
    if held.version != version:
        raise Stale(held.version)
    held.version += 1
    held.save(update_fields=["version"])
    return held


def _standing(holder: RoleHolder) -> RoleHolder:
    held: RoleHolder = RoleHolder.objects.select_for_update().get(pk=holder.pk)
    if held.taken_back_at:
        raise TakenBack
    return held


@transaction.atomic
def review_role(*, by: User, at: datetime, on: date, role: Role, version: int) -> RoleReview:
    """Keep that somebody looked at a role on a day and left it as it is. Raises Stale."""
    held = Role.objects.select_for_update().get(pk=role.pk)
    if held.version != version:
        raise Stale(held.version)
    return RoleReview.objects.create(role=held, on=on, by=by, at=at)
