"""Minutes: corrected by the clerk, approved by whoever presided, and a further version from then on."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from casework.models import User
from panels.models import AgendaItem, ItemMinutes, Sitting
from panels.rules.actions import days_that_cannot_be
from panels.rules.minutes import Part
from panels.selectors.in_the_room import out_of_item
from panels.selectors.minutes import Minutes, MinutesOfItem, minutes_of
from panels.selectors.sittings import expected
from panels.services import referrals
from panels.services.actions import keep_actions


class MayNot(Exception):
    """The person is out of the item, or its minutes are not theirs to correct or approve, or nothing is recorded of it."""


class Stale(Exception):
    """Record or minutes were written meanwhile; `version` is the present one."""

    def __init__(self, version: int) -> None:
        super().__init__("The minutes were written meanwhile.")
        self.version = version


class DaysCannotBe(Exception):
    """Actions were written with days that cannot be, as `what` says: they would have no day, and never be late."""

    def __init__(self, what: tuple[str, ...]) -> None:
        super().__init__("Days of actions cannot be.")
        self.what = what


class ReasonWanted(Exception):
    """Minutes that were approved are corrected with a reason."""


def correct(
    *, by: User, at: datetime, on: date, sitting: Sitting, item: int, version: int, parts: Mapping[Part, str],
    because: str,
) -> ItemMinutes:  # fmt: skip
    """Write the minutes of an item as the clerk has corrected them: into the draft, or a new version of approved ones.

    `because` is why approved minutes are corrected; of a draft it may be empty. An action that stands
    as it did keeps its day. Raises MayNot, Stale, ReasonWanted and DaysCannotBe; nothing is saved then.
    """
    with transaction.atomic():
        one = _held(by, sitting, [item], on)[0]
        if not one.may_correct:
            raise MayNot
        if one.version != version:
            raise Stale(one.version)
        row = _draft(one)
        if row.number > 1 and not because:
            raise ReasonWanted
        before = one.parts.get(Part.ACTIONS, "")
        if wrong := days_that_cannot_be(parts[Part.ACTIONS], sat_on=sitting.on, before=before):
            raise DaysCannotBe(wrong)
        return _written(row, one, by=by, at=at, parts=parts, because=because if row.number > 1 else "")


def approve(*, by: User, at: datetime, on: date, sitting: Sitting, versions: Mapping[int, int]) -> None:
    """Approve the minutes of items, by their primary keys, in the versions that were read: from now on they are locked.

    Raises MayNot and Stale; nothing is saved then.
    """
    with transaction.atomic():
        for one in _held(by, sitting, list(versions), on):
            if not one.may_approve:
                raise MayNot
            if one.version != versions[one.seen.item.pk]:
                raise Stale(one.version)
            row = _draft(one)
            if row.pk is None or row.record_version != one.record_version:
                row = _written(row, one, by=by, at=at, parts=one.parts, because=row.because)
            row.approved_at, row.approved_by = at, by
            row.version += 1
            row.save()
            _keep_actions(row, one, at=at, on=on, sitting=sitting)
            if referral := one.seen.item.referral:
                day = sitting.on.isoformat()
                referrals.tell("panel_minutes_approved", referral, by=by, at=at, on=day, version=str(row.number))


def _keep_actions(row: ItemMinutes, one: MinutesOfItem, *, at: datetime, on: date, sitting: Sitting) -> None:
    """Let the panel's actions of an item be those of its approved minutes."""
    members = expected(sitting)
    out = out_of_item(sitting, one.seen.item, members, on=on)
    names = {each.person.pk: each.person.name for each in members if str(each.person.pk) not in out}
    keep_actions(at=at, item=one.seen.item, text=row.actions, sat_on=sitting.on, names=names)


def _held(by: User, sitting: Sitting, items: list[int], on: date) -> list[MinutesOfItem]:
    """Return the minutes of items as the person sees them, held so that nobody else writes them meanwhile."""
    list(AgendaItem.objects.select_for_update(of=("self",)).filter(pk__in=items).order_by("pk"))
    found: Minutes | None = minutes_of(by, sitting, on=on)
    held = [found.of(item) if found else None for item in items]
    if None in held:
        raise MayNot
    return [one for one in held if one]


def _draft(one: MinutesOfItem) -> ItemMinutes:
    """Return the draft to be written: the one there is, or the next version."""
    if one.latest and one.latest.approved_at is None:
        return one.latest
    before = one.latest
    return ItemMinutes(
        item=one.seen.item, number=before.number + 1 if before else 1, version=before.version if before else 0
    )


def _written(
    row: ItemMinutes, one: MinutesOfItem, *, by: User, at: datetime, parts: Mapping[Part, str], because: str
) -> ItemMinutes:
    for part in Part:
        setattr(row, part.value, parts[part])
    row.because = because
    row.record_version = one.record_version
    row.written_at, row.written_by = at, by
    row.version += 1
    row.save()
    return row
