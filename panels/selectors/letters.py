"""Letters that tell what a panel decided: to whom each is due, and what was sent, as one clerk may see it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casework.models import Contact, School, User
from panels.models import DecisionLetter, ItemRecord, Referral, Sitting
from panels.selectors import sittings
from panels.selectors.closed import CHECKED, is_checked, out_of
from panels.selectors.in_the_room import is_clerk
from panels.selectors.sittings import SeenItem


@dataclass(frozen=True, slots=True)
class DueLetter:
    """One letter of an item to one reader, with the letter that was sent, if one was."""

    seen: SeenItem
    referral: Referral
    record: ItemRecord
    contact: Contact | None
    school: School | None
    sent: DecisionLetter | None

    @property
    def version(self) -> int:
        """Grows with each recording of the item and each decision of an officer, of which the record's own version tells nothing."""
        return self.record.version + (self.record.officer.pk if self.record.officer else 0)

    @property
    def to(self) -> str:
        """What stands in the letter's address for its reader."""
        return f"parent-{self.contact.pk}" if self.contact else f"school-{self.school.urn if self.school else ''}"

    @property
    def reader(self) -> str:
        """Whom it is written to."""
        return str(self.contact.name if self.contact else self.school.name if self.school else "")


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a sitting, the items of which no parent is known who may be told, and those that wait for an officer."""

    due: tuple[DueLetter, ...]
    without_parent: tuple[SeenItem, ...]
    waiting: tuple[SeenItem, ...] = ()

    def of(self, item: int, to: str) -> DueLetter | None:
        """Return the letter of an item to a reader, or None where none is due that the person sees."""
        return next((one for one in self.due if one.seen.item.pk == item and one.to == to), None)


def letters_of(user: User, sitting: Sitting, *, on: date) -> Letters | None:
    """Return the letters of a sitting's decisions as its clerk sees them, None for anybody else.

    A parent is a contact with parental responsibility on the day to whom nothing forbids to tell; a school is the one
    named. Of an item that the clerk is out of there is none, nor of advice on which no officer has decided. The queries do not grow with the items.
    """
    agenda = sittings.agenda_of(user, sitting, on=on)
    if not is_clerk(user, agenda.seat):
        return None
    seen = {one.item.pk: (one, one.item.referral) for one in agenda.items if one.item.referral}
    records = list(
        ItemRecord.objects.decided()
        .filter(item__in=list(seen))
        .select_related("school")
        .with_officer()
        .order_by("item__position", "item")
    )
    waits = set(ItemRecord.objects.waiting_for_officer().filter(item__in=list(seen)).values_list("item_id", flat=True))
    parents = _parents([seen[record.item_id][1].pupil_id for record in records], on=on)
    sent = {
        (letter.item_id, letter.record_version, letter.contact_id, letter.school_id): letter
        for letter in DecisionLetter.objects.filter(item__in=list(seen)).select_related("sent_by")
    }
    due: list[DueLetter] = []
    without: list[SeenItem] = []
    for record in records:
        one, referral = seen[record.item_id]
        readers: list[tuple[Contact | None, School | None]] = [
            (each, None) for each in parents.get(referral.pupil_id, [])
        ]
        if not readers:
            without.append(one)
        if record.school:
            readers.append((None, record.school))
        for contact, school in readers:
            key = (one.item.pk, record.version, contact.pk if contact else None, school.pk if school else None)
            due.append(DueLetter(one, referral, record, contact, school, sent.get(key)))
    return Letters(tuple(due), tuple(without), tuple(one for key, (one, _) in seen.items() if key in waits))


def kept_messages(user: User, on: date) -> set[int]:
    """Return the messages about items that are closed to a person on a day, by primary key."""
    if not is_checked(user):
        return set()
    letters = DecisionLetter.objects.filter(message__isnull=False)
    messages: dict[int, list[int]] = {}
    for message, referral in letters.values_list("message", "item__referral"):
        messages.setdefault(referral, []).append(message)
    return {message for referral in _closed(user, list(messages), on) for message in messages[referral]}


def _closed(user: User, keys: list[int], on: date) -> set[int]:
    by_panel: dict[int, list[Referral]] = {}
    for referral in Referral.objects.filter(pk__in=keys).select_related(*CHECKED):
        by_panel.setdefault(referral.panel_id, []).append(referral)
    return {key for theirs in by_panel.values() for key in out_of(user, theirs, panel=theirs[0].panel, on=on)}


def _parents(pupils: Collection[int], *, on: date) -> dict[int, list[Contact]]:
    rows = Contact.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=on),
        pupil__in=pupils,
        first_day__lte=on,
        parental_responsibility="yes",
        must_not_be_told=False,
        withdrawn_at__isnull=True,
    )
    found: dict[int, list[Contact]] = {}
    for contact in rows.order_by("name", "pk"):
        found.setdefault(contact.pupil_id, []).append(contact)
    return found
