"""What is known of a child: recorded, changed with its history kept, taken back with a reason."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from casework.models import Address, Circumstance, Contact, OtherName, OtherUpn, Pupil, SocialWorker, User
from casework.models.pupil import Withdrawable

Entry = Circumstance | Address | OtherName | OtherUpn | Contact | SocialWorker


class ChangedMeanwhile(Exception):
    """Somebody else changed the row since the page showed it."""


class UpnTaken(Exception):
    """Another child holds the UPN now."""


class HeldAlready(Exception):
    """The child has that UPN or name on file."""


class MustEnd(Exception):
    """What is so from `before` on is recorded already, so this must have ended by then."""

    def __init__(self, before: date) -> None:
        super().__init__(f"It must have ended before {before}.")
        self.before = before


class BeforeBirth(Exception):
    """The child was born on `born`, after the day from which something is to be so."""

    def __init__(self, born: date) -> None:
        super().__init__(f"The child was born on {born}.")
        self.born = born


class TakenBackAlready(Exception):
    """The entry was taken back before."""


def change_details(
    *, by: User, at: datetime, pupil: Pupil, version: int, details: Mapping[str, Any], keep_name: str, source: str
) -> Pupil:
    """Change the name, birthday, sex, ethnicity, UPN or home authority of a child.

    `details` holds every one of those fields. A UPN that is replaced is kept as a former one; a name that is replaced
    is kept when `keep_name` says as what ("formerly", "spelling"), and is then searched still. `source` says who said
    so. Raises ChangedMeanwhile and UpnTaken; nothing is saved then.
    """
    with transaction.atomic():
        held: Pupil = Pupil.objects.select_for_update().get(pk=pupil.pk)
        if held.version != version:
            raise ChangedMeanwhile
        renamed = (held.first_name, held.last_name) != (details["first_name"], details["last_name"])
        if renamed and keep_name:
            OtherName.objects.create(
                pupil=held,
                kind=keep_name,
                first_name=held.first_name,
                last_name=held.last_name,
                source=source,
                recorded_at=at,
                recorded_by=by,
            )
        if held.upn and held.upn != details["upn"]:
            _keep_upn(held, by=by, at=at, source=source)
        for name, value in details.items():
            setattr(held, name, value)
        held.version += 1
        try:
            with transaction.atomic():
                held.save()
        except IntegrityError as error:
            raise UpnTaken from error
    return held


def _keep_upn(held: Pupil, *, by: User, at: datetime, source: str) -> None:
    OtherUpn.objects.get_or_create(
        pupil=held,
        upn=held.upn,
        withdrawn_at=None,
        defaults={"kind": "former", "source": source, "recorded_at": at, "recorded_by": by},
    )


def record_circumstance(
    *, by: User | None, pupil: Pupil, kind: str, value: str, first_day: date, last_day: date | None = None,
    source: str, known_on: date,
) -> Circumstance:  # fmt: skip
    """Record what is so of a child from a day on, to a last day where one is known.

    What was recorded before stays as it was known then: of two entries for one day the one known last stands. So an
    entry that begins before another of its kind must say when it ended. Raises MustEnd with the day before which, and
    BeforeBirth; nothing is saved then.
    """
    if first_day < pupil.date_of_birth:
        raise BeforeBirth(pupil.date_of_birth)
    later = Circumstance.objects.standing().filter(pupil=pupil, kind=kind, first_day__gt=first_day)
    following = later.order_by("first_day").values_list("first_day", flat=True).first()
    if following and (last_day is None or last_day >= following):
        raise MustEnd(following)
    return Circumstance.objects.create(
        pupil=pupil, kind=kind, value=value, first_day=first_day, last_day=last_day, source=source, known_on=known_on
    )


def record_address(
    *, by: User, pupil: Pupil, lines: str, postcode: str, protected: bool, first_day: date
) -> Address:  # fmt: skip
    """Record where a child lives from a day on; where the child lived before ends the day before."""
    with transaction.atomic():
        _end_open(Address, pupil, first_day)
        return Address.objects.create(
            pupil=pupil, lines=lines, postcode=postcode, protected=protected, first_day=first_day
        )


def add_other_name(
    *, by: User, at: datetime, pupil: Pupil, kind: str, first_name: str, last_name: str, source: str
) -> OtherName:
    """Keep another name of a child, by which the child is found from now on. Raises HeldAlready."""
    name = {"first_name__iexact": first_name, "last_name__iexact": last_name}
    held = Pupil.objects.filter(pk=pupil.pk, **name).exists()
    if held or OtherName.objects.standing().filter(pupil=pupil, **name).exists():
        raise HeldAlready
    return OtherName.objects.create(
        pupil=pupil, kind=kind, first_name=first_name, last_name=last_name, source=source, recorded_at=at,
        recorded_by=by,
    )  # fmt: skip


def add_other_upn(*, by: User, at: datetime, pupil: Pupil, kind: str, upn: str, source: str) -> OtherUpn:
    """Keep a UPN that a child had before or for a time. Raises HeldAlready, and UpnTaken when another child has it now."""
    if pupil.upn == upn:
        raise HeldAlready
    if Pupil.objects.filter(upn=upn).exists():
        raise UpnTaken
    try:
        with transaction.atomic():
            return OtherUpn.objects.create(
                pupil=pupil, upn=upn, kind=kind, source=source, recorded_at=at, recorded_by=by
            )
    except IntegrityError as error:
        raise HeldAlready from error


def add_contact(*, by: User, pupil: Pupil, **said: Any) -> Contact:
    """Keep somebody to speak to about a child; `said` holds the fields of a contact."""
    return Contact.objects.create(pupil=pupil, **said)


def add_social_worker(*, by: User, pupil: Pupil, **said: Any) -> SocialWorker:
    """Keep the child's social worker from a day on; the one before ends the day before."""
    with transaction.atomic():
        if said.get("last_day") is None:
            _end_open(SocialWorker, pupil, said["first_day"])
        return SocialWorker.objects.create(pupil=pupil, **said)


def change(*, by: User, entry: Contact | SocialWorker, version: int, said: Mapping[str, Any]) -> None:
    """Change a contact or a social worker; its history keeps what it said before. Raises ChangedMeanwhile."""
    changed = (
        type(entry)
        ._default_manager.filter(pk=entry.pk, version=version, withdrawn_at__isnull=True)
        .update(**said, version=version + 1)
    )
    if not changed:
        raise ChangedMeanwhile


def withdraw(*, by: User, at: datetime, entry: Withdrawable, because: str) -> None:
    """Take an entry back with a reason: it counts no more, and stays on the page as taken back.

    Notices logged meanwhile keep what they froze. Raises TakenBackAlready.
    """
    taken = (
        type(entry)
        ._default_manager.filter(pk=entry.pk, withdrawn_at__isnull=True)
        .update(withdrawn_at=at, withdrawn_by=by, withdrawn_because=because)
    )
    if not taken:
        raise TakenBackAlready


def _end_open(model: type[Any], pupil: Pupil, first_day: date, **which: Any) -> None:
    running = Q(last_day__isnull=True) | Q(last_day__gte=first_day)
    model.objects.standing().filter(running, pupil=pupil, first_day__lt=first_day, **which).update(
        last_day=first_day - timedelta(days=1)
    )
