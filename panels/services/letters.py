"""Letters that tell what a panel decided: kept as they were sent, told to the school by mail, once a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from casework.models import Message, User
from casework.services import messages
from exclusions.services.receipts import address_at
from panels.letters import decision
from panels.models import AgendaItem, DecisionLetter, Sitting
from panels.selectors.letters import DueLetter, letters_of
from panels.services import referrals


class MayNot(Exception):
    """The person is not the sitting's clerk or is out of the item, or no such letter is due."""


class Stale(Exception):
    """The item was decided anew meanwhile, so that the letter says what no longer stands."""


class AlreadySent(Exception):
    """The letter was sent before."""


@dataclass(frozen=True, slots=True)
class ToSend:
    """A letter to be sent: of which item and decision, to whom, and in which words; as drafted where none are given.

    `version` is that of the due letter which was read.
    """

    item: int
    version: int
    to: str
    body: str = ""


def send(*, by: User, at: datetime, on: date, sitting: Sitting, letters: Sequence[ToSend]) -> None:
    """Send letters: each is kept as it is, stands on the case, and the school is told by mail without a name.

    Raises MayNot, Stale and AlreadySent; nothing is sent then.
    """
    with transaction.atomic():
        items = {each.item for each in letters}
        list(AgendaItem.objects.select_for_update(of=("self",)).filter(pk__in=items).order_by("pk"))
        due = letters_of(by, sitting, on=on)
        for each in letters:
            one = due.of(each.item, each.to) if due else None
            if one is None:
                raise MayNot
            if one.version != each.version:
                raise Stale
            if one.sent:
                raise AlreadySent
            _send(one, each.body or drafted(one, sitting, on=on), by=by, at=at, on=on, sitting=sitting)


def drafted(one: DueLetter, sitting: Sitting, *, on: date) -> str:
    """Return the words of a letter as they follow from the decision."""
    if one.contact:
        return decision.to_parent(
            one.referral, one.record, reader=one.reader, address=one.contact.address, sat_on=sitting.on, on=on
        )
    return decision.to_school(one.referral, one.record, reader=one.reader, sat_on=sitting.on, on=on)


def _send(one: DueLetter, body: str, *, by: User, at: datetime, on: date, sitting: Sitting) -> None:
    DecisionLetter.objects.create(
        item=one.seen.item,
        record_version=one.record.version,
        contact=one.contact,
        school=one.school,
        body=body,
        sent_at=at,
        sent_by=by,
        message=_told(one, by=by, at=at, on=on, sitting=sitting),
    )
    to = one.reader if one.school else "a parent"
    by_officer = "yes" if one.record.officer else ""
    day = sitting.on.isoformat()
    referrals.tell("panel_letter_sent", one.referral, by=by, at=at, on=day, to=to, by_officer=by_officer)


def _told(one: DueLetter, *, by: User, at: datetime, on: date, sitting: Sitting) -> Message | None:
    """Write the mail to a school, None to a parent and where no address is held.

    It hangs on no case: whoever is out of the item sees no mail of it, which `kept_messages` sees to.
    """
    recipient = address_at(one.school, on=on) if one.school else ""
    if not recipient:
        return None
    mail = decision.mail_to_school(one.referral, one.record, sat_on=sitting.on)
    key = f"{decision.KIND} {one.seen.item.pk} {one.record.version} {one.to}"
    return messages.write(
        by=by, at=at, kind=decision.KIND, natural_key=key, recipient=recipient, subject=mail.subject, body=mail.body
    )
