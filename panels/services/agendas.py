"""What a sitting hears: referrals are listed by the routing rule with whole papers, business by its title."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from casework.models import User
from panels.models import AgendaItem, CandidateSchool, Referral, Sitting
from panels.selectors.advice import waiting_of
from panels.selectors.closed import CHECKED
from panels.selectors.item_links import as_kept, item_links
from panels.selectors.sittings import recorded_among
from panels.services import referrals
from panels.services.sittings import held_to_come


class Wanting(Exception):
    """The papers are not whole; `what` names what is wanting."""

    def __init__(self, what: tuple[str, ...]) -> None:
        super().__init__("The papers are not whole.")
        self.what = what


class OfAnotherPanel(Exception):
    """The referral is to another panel."""


class AlreadyListed(Exception):
    """The referral stands on the agenda of this sitting, or of another to come."""


class AdviceWaits(Exception):
    """The panel has advised on the referral, and an officer has not decided yet."""


class NotThere(Exception):
    """The item was taken off meanwhile, or the numbers name other items than there are."""


class AlreadyRecorded(Exception):
    """What the panel decided of the item is recorded: without the item it would stand nowhere."""


def list_referral(
    *, by: User, at: datetime, today: date, sitting: Sitting, referral: Referral, minutes: int
) -> AgendaItem:
    """Put a referral at the end of a sitting's agenda, and keep what it has to do with.

    Raises NotToCome, OfAnotherPanel, referrals.NotOpen, Wanting, AlreadyListed, AdviceWaits, and what the routing rule raises, asked
    again today: referrals.MayNotTake, NoTerms. Nothing is saved then.
    """
    try:
        with transaction.atomic():
            held = held_to_come(sitting, today=today, version=None)
            row = Referral.objects.select_for_update(of=("self",)).select_related(*CHECKED).get(pk=referral.pk)
            _must_fit(held, row, today)
            item = _added(held, by=by, at=at, minutes=minutes, referral=row, links=as_kept(item_links([row])[row.pk]))
            referrals.tell("referral_listed", row, by=by, at=at, on=held.on.isoformat())
    except IntegrityError:
        raise AlreadyListed from None
    return item


def add_business(*, by: User, at: datetime, today: date, sitting: Sitting, title: str, minutes: int) -> AgendaItem:
    """Put business that concerns no child at the end of a sitting's agenda. Raises NotToCome."""
    with transaction.atomic():
        held = held_to_come(sitting, today=today, version=None)
        return _added(held, by=by, at=at, minutes=minutes, title=title)


def take_off(*, by: User, at: datetime, today: date, item: AgendaItem, because: str) -> None:
    """Take an item off an agenda with a reason; it stays on file.

    Raises NotToCome, NotThere and AlreadyRecorded; nothing is saved then.
    """
    with transaction.atomic():
        held_to_come(item.sitting, today=today, version=None)
        held = AgendaItem.objects.select_for_update().get(pk=item.pk)
        if held.taken_off_at:
            raise NotThere
        if recorded_among([held.pk]):
            raise AlreadyRecorded
        held.taken_off_at, held.taken_off_by, held.taken_off_because = at, by, because
        held.save(update_fields=["taken_off_at", "taken_off_by", "taken_off_because"])
        if item.referral:
            referrals.tell("referral_taken_off", item.referral, by=by, at=at, on=item.sitting.on.isoformat())


def put_in_order(*, by: User, today: date, sitting: Sitting, items: Sequence[int]) -> None:
    """Put the items in the order of the primary keys given; those that are not named keep their places after them.

    Whoever orders an agenda may be out of some of its items, which they neither see nor name. Raises NotToCome, and
    NotThere for one that is not on the agenda; nothing is saved then.
    """
    with transaction.atomic():
        held_to_come(sitting, today=today, version=None)
        rows = list(AgendaItem.objects.filter(sitting=sitting, taken_off_at=None).order_by("position", "pk"))
        by_key = {row.pk: row for row in rows}
        if not set(items) <= set(by_key) or len(set(items)) != len(items):
            raise NotThere
        places = [row.position for row in rows if row.pk in items]
        for key, place in zip(items, places, strict=True):
            by_key[key].position = place
            by_key[key].save(update_fields=["position"])


def _must_fit(sitting: Sitting, referral: Referral, today: date) -> None:
    if referral.panel_id != sitting.panel_id:
        raise OfAnotherPanel
    if referral.withdrawn_at or referral.decided_on:
        raise referrals.NotOpen
    elsewhere = AgendaItem.objects.filter(referral=referral, taken_off_at=None, sitting__cancelled_at=None)
    if elsewhere.filter(sitting__on__gte=today).exists():
        raise AlreadyListed
    if waiting_of(referral):
        raise AdviceWaits
    candidates = CandidateSchool.objects.filter(referral=referral, taken_off_at=None).count()
    if what := referrals.wanting_of(referral, candidates=candidates):
        raise Wanting(what)
    referrals.still_taken(referral, on=today)


def _added(
    sitting: Sitting, *, by: User, at: datetime, minutes: int, referral: Referral | None = None, title: str = "",
    links: dict[str, list[list[str]]] | None = None,
) -> AgendaItem:  # fmt: skip
    last = AgendaItem.objects.filter(sitting=sitting).aggregate(last=Max("position"))["last"] or 0
    item: AgendaItem = AgendaItem.objects.create(
        sitting=sitting, referral=referral, title=title, position=last + 1, minutes=minutes, links=links or {},
        listed_at=at, listed_by=by,
    )  # fmt: skip
    return item
