"""Adding a child, and putting one on a roll."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from casework.models import LocalAuthority, Pupil, RollSpell, School, User


class UpnTaken(Exception):
    """Another child holds the UPN."""


class AlreadyOnThatRoll(Exception):
    """The child is on the roll of that school on that day already."""


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
    """Put a child on the roll of a school from a day; an open spell elsewhere ends the day before.

    Raises AlreadyOnThatRoll; nothing is saved then.
    """
    with transaction.atomic():
        open_spells = list(RollSpell.objects.select_for_update().filter(pupil=pupil, last_day__isnull=True))
        if any(spell.school_id == school.pk and spell.first_day <= first_day for spell in open_spells):
            raise AlreadyOnThatRoll
        for spell in open_spells:
            if spell.first_day < first_day:
                spell.last_day = first_day - timedelta(days=1)
                spell.save(update_fields=["last_day"])
        return RollSpell.objects.create(pupil=pupil, school=school, year_group=year_group, first_day=first_day)
