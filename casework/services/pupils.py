"""Adding a child, and putting one on a roll."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from casework.models import LocalAuthority, Pupil, RollSpell, School, User
from casework.rules.rolls import is_as_left


class UpnTaken(Exception):
    """Another child holds the UPN."""


class AlreadyOnThatRoll(Exception):
    """The child is on the roll of that school on that day already."""


class BeginsThatDay(Exception):
    """The child is on another school's roll from that very day."""


class RollMoved(Exception):
    """The roll was changed since, so that what was done to it cannot be undone."""


@dataclass(frozen=True, slots=True)
class RollChange:
    """What putting a child on a roll did: the new spell, and the spells that it ended with the last day each had before."""

    spell: RollSpell
    ended: Mapping[int, date | None]


@dataclass(frozen=True, slots=True)
class NewPupil:
    """A child as typed; `upn` is empty where there lawfully is none."""

    first_name: str
    last_name: str
    date_of_birth: date
    sex: str
    upn: str
    home_authority: LocalAuthority
    school: School
    year_group: str


def add(*, by: User, at: datetime, child: NewPupil, on_roll_from: date) -> Pupil:
    """Add a child on the roll of a school from a day.

    Raises UpnTaken when another child holds the UPN; nothing is saved then.
    """
    try:
        with transaction.atomic():
            pupil = Pupil.objects.create(
                upn=child.upn or None,
                first_name=child.first_name,
                last_name=child.last_name,
                date_of_birth=child.date_of_birth,
                sex=child.sex,
                home_authority=child.home_authority,
            )
            RollSpell.objects.create(
                pupil=pupil, school=child.school, year_group=child.year_group, first_day=on_roll_from
            )
    except IntegrityError as error:
        raise UpnTaken from error
    return pupil


def add_to_roll(*, by: User, pupil: Pupil, school: School, year_group: str, first_day: date) -> RollSpell:
    """Put a child on the roll of a school from a day, as `move_to_roll` does and raising what it raises."""
    return move_to_roll(by=by, pupil=pupil, school=school, year_group=year_group, first_day=first_day).spell


def move_to_roll(*, by: User, pupil: Pupil, school: School, year_group: str, first_day: date) -> RollChange:
    """Put a child on the roll of a school from a day; a spell that runs on elsewhere ends the day before.

    Where a later spell is held, the new one ends the day before that, so that the child is on one roll at a time.
    Raises AlreadyOnThatRoll, and BeginsThatDay for another school's spell of the same first day; nothing is saved then.
    """
    with transaction.atomic():
        spells = list(RollSpell.objects.select_for_update().filter(pupil=pupil).exclude(enrolment_status="S"))
        running = [each for each in spells if each.last_day is None or each.last_day >= first_day]
        if any(each.school_id == school.pk and each.first_day <= first_day for each in running):
            raise AlreadyOnThatRoll
        if any(each.first_day == first_day for each in running):
            raise BeginsThatDay
        ended: dict[int, date | None] = {}
        for spell in (each for each in running if each.first_day < first_day):
            ended[spell.pk] = spell.last_day
            spell.last_day = first_day - timedelta(days=1)
            spell.save(update_fields=["last_day"])
        following = min((each.first_day for each in running if each.first_day > first_day), default=None)
        made = RollSpell.objects.create(
            pupil=pupil,
            school=school,
            year_group=year_group,
            first_day=first_day,
            last_day=following and following - timedelta(days=1),
        )
    return RollChange(made, ended)


def undo_move(*, by: User, spell: RollSpell, ended: Mapping[int, date | None], until: date | None) -> None:
    """Undo that a child was put on a roll in error: the spell goes, and those that it ended run on as they did before.

    `until` is the last day that the spell had when it was written. What was so stays in the history of the rows. Raises
    RollMoved where the spell, or one that it ended, was changed since; nothing is saved then.
    """
    with transaction.atomic():
        rows = {row.pk: row for row in RollSpell.objects.select_for_update().filter(pk__in=[spell.pk, *ended])}
        held = rows.pop(spell.pk, None)
        if held is None or set(rows) != set(ended):
            raise RollMoved
        others = [row.last_day for row in rows.values()]
        if not is_as_left(first_day=held.first_day, last_day=held.last_day, until=until, ended=others):
            raise RollMoved
        held.delete()
        for row in rows.values():
            row.last_day = ended[row.pk]
            row.save(update_fields=["last_day"])
