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


class BeginsThatDay(Exception):
    """Another entry, of which there may be one at a time, begins on the very day."""


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
    _must_be_born(pupil, first_day)
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
    """Record where a child lives from a day on; where the child lived before ends the day before.

    One that is recorded late ends where the next begins. Raises BeforeBirth, and BeginsThatDay where another address
    begins on the day; nothing is saved then.
    """
    with transaction.atomic():
        last_day = _make_room(Address, pupil, first_day, None)
        return Address.objects.create(
            pupil=pupil, lines=lines, postcode=postcode, protected=protected, first_day=first_day, last_day=last_day
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
    """Keep somebody to speak to about a child; `said` holds the fields of a contact. Raises BeforeBirth."""
    _must_be_born(pupil, said["first_day"])
    return Contact.objects.create(pupil=pupil, **said)


def add_social_worker(*, by: User, pupil: Pupil, **said: Any) -> SocialWorker:
    """Keep the child's social worker from a day on; the one before ends the day before.

    One that is recorded late, without a last day, ends where the next begins. Raises BeforeBirth, MustEnd where the
    last day lies after that, and BeginsThatDay where another social worker begins on the day; nothing is saved then.
    """
    with transaction.atomic():
        last_day = _make_room(SocialWorker, pupil, said["first_day"], said.get("last_day"))
        return SocialWorker.objects.create(pupil=pupil, **said | {"last_day": last_day})


def change(*, by: User, entry: Contact | SocialWorker, version: int, said: Mapping[str, Any]) -> None:
    """Change a contact or a social worker; its history keeps what it said before.

    Raises ChangedMeanwhile and BeforeBirth, and for the days of a social worker what add_social_worker raises; nothing
    is saved then.
    """
    with transaction.atomic():
        days = {name: said[name] for name in ("first_day", "last_day") if name in said}
        moved = {name for name, day in days.items() if day != getattr(entry, name)}
        if "first_day" in moved:
            _must_be_born(entry.pupil, said["first_day"])
        if moved and isinstance(entry, SocialWorker):
            first_day, last_day = days.get("first_day", entry.first_day), days.get("last_day", entry.last_day)
            last_day = _make_room(SocialWorker, entry.pupil, first_day, last_day, but=entry.pk)
            said = {**said, "last_day": last_day}
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


def _must_be_born(pupil: Pupil, first_day: date) -> None:
    if first_day < pupil.date_of_birth:
        raise BeforeBirth(pupil.date_of_birth)


def _make_room(
    model: type[Any], pupil: Pupil, first_day: date, last_day: date | None, *, but: int | None = None
) -> date | None:
    """End those that run on the day before, and return the last day: where none is said, that before the next begins.

    An entry that has ended already ends nobody. Raises BeforeBirth, BeginsThatDay and MustEnd.
    """
    _must_be_born(pupil, first_day)
    # Two at once would not see each other.
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    others = model.objects.standing().filter(pupil=pupil).exclude(pk=but)
    if others.filter(first_day=first_day).exists():
        raise BeginsThatDay
    if last_day is None:
        running = Q(last_day__isnull=True) | Q(last_day__gte=first_day)
        others.filter(running, first_day__lt=first_day).update(last_day=first_day - timedelta(days=1))
    following: date | None = (
        others.filter(first_day__gt=first_day).order_by("first_day").values_list("first_day", flat=True).first()
    )
    if following is None or (last_day and last_day < following):
        return last_day
    if last_day is not None:
        raise MustEnd(following)
    return following - timedelta(days=1)
