"""Who holds the roles of plans, from day to day."""

from datetime import date, datetime, timedelta

from django.db import transaction

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


@transaction.atomic
def give_role(
    *, by: User, role: Role, version: int, first_day: date, name: str = "", email: str = "", person: User | None = None
) -> RoleHolder | None:
    """Give a role to somebody from a day on, and end its holder the day before; without a name it is vacant from then.

    Raises Stale, and BeforeHolder where the day is not after the latest holder's first.
    """
    held = Role.objects.select_for_update().get(pk=role.pk)
    if held.version != version:
        raise Stale(held.version)
    latest = RoleHolder.objects.select_for_update().filter(role=held).order_by("-first_day").first()
    if latest and latest.first_day >= first_day:
        raise BeforeHolder(latest.first_day)
    if latest and (latest.last_day is None or latest.last_day >= first_day):
        latest.last_day, latest.version = first_day - timedelta(days=1), latest.version + 1
        latest.save(update_fields=["last_day", "version"])
    held.version += 1
    held.save(update_fields=["version"])
    if not name:
        return None
    return RoleHolder.objects.create(role=held, name=name, email=email, person=person, first_day=first_day)


@transaction.atomic
def review_role(*, by: User, at: datetime, on: date, role: Role, version: int) -> RoleReview:
    """Keep that somebody looked at a role on a day and left it as it is. Raises Stale."""
    held = Role.objects.select_for_update().get(pk=role.pk)
    if held.version != version:
        raise Stale(held.version)
    return RoleReview.objects.create(role=held, on=on, by=by, at=at)
