"""Sittings, and the one way to an agenda: every surface that shows or counts items reads them through `agenda_of`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from casework.models import User
from casework.rights import has_permission
from casework.roles import Permission
from panels.models import AgendaItem, Attendance, ItemRecord, Membership, Panel, Sitting
from panels.rules.agenda import agenda_for
from panels.rules.presiding import Presiding, presiding
from panels.rules.quorum import NoQuorumInTerms, Present, Quorum, quorum
from panels.rules.seats import roles_of
from panels.rules.standing_ties import ItemConflicts
from panels.rules.terms import MemberRole
from panels.rules.versions import NoTerms, PanelTerms
from panels.selectors.closed import conflicts, is_checked
from panels.selectors.panels import ORDER
from panels.selectors.terms import terms_on

STATES = {"": "To come", "past": "Past", "all": "All"}
LOADED = (
    "referral__pupil",
    "referral__panel",
    "referral__exclusion__school__trust",
    "referral__exclusion__case",
)


@dataclass(frozen=True, slots=True)
class SeenItem:
    """An item as one person sees it, with its number in their own agenda, from 1."""

    number: int
    item: AgendaItem


@dataclass(frozen=True, slots=True)
class Agenda:
    """A sitting's agenda as one person sees it on a day.

    `must_declare` tells that a member has not declared yet, and then there are no items. `seat` is theirs, if any.
    """

    sitting: Sitting
    seat: Membership | None
    must_declare: bool
    items: tuple[SeenItem, ...]

    def of(self, reference: str) -> SeenItem | None:
        """Return the item of a referral's reference, or None where the person sees no such item."""
        return next((one for one in self.items if one.item.referral and one.item.referral.reference == reference), None)


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who sits on the day: whether they are coming, have declared, and are in the room."""

    membership: Membership
    apologies: bool
    declared: bool
    present: bool = False

    @property
    def person(self) -> User:
        """Who it is."""
        person: User = self.membership.person
        return person


@dataclass(frozen=True, slots=True)
class Room:
    """Those expected for an item of which some are out: its quorum and who presides; None where no terms say."""

    quorum: Quorum | None
    presiding: Presiding | None
    out: frozenset[str]


def listed(user: User, panel: Panel, *, on: date, state: str = "") -> QuerySet[Sitting]:
    """Return the sittings of a panel that the person may know of: those to come first to last, or the past ones."""
    found = Sitting.objects.filter(panel=panel).visible_to(user, on=on)
    if state == "past":
        return found.filter(on__lt=on).order_by("-on")
    return found.order_by("-on") if state == "all" else found.filter(on__gte=on).order_by("on")


def find(user: User, panel: Panel, day: date, *, on: date) -> Sitting | None:
    """Return a panel's sitting of a day, or None where the person may not know of it."""
    found = Sitting.objects.filter(panel=panel, on=day).visible_to(user, on=on)
    sitting: Sitting | None = found.select_related("panel", "called_by", "cancelled_by").first()
    return sitting


def agenda_of(user: User, sitting: Sitting, *, on: date) -> Agenda:
    """Return a sitting's agenda as the person sees it on a day: without the items that they are out of.

    Council staff who see panels and children see it, and members whose seat stands today and on the sitting's day; a
    member other than the clerk declares first. An item that is not checked is shown to nobody. The queries do not grow
    with the items.
    """
    seat = _seat(user, sitting, on)
    staff = all(has_permission(user, each) for each in (Permission.SEE_PANELS, Permission.SEE_PUPILS))
    if not staff and (seat is None or not has_permission(user, Permission.SIT_ON_PANELS)):
        return Agenda(sitting, seat, must_declare=False, items=())
    if seat is not None and seat.role != MemberRole.CLERK.value and not _has_declared(user, sitting):
        return Agenda(sitting, seat, must_declare=True, items=())
    items = items_of(sitting)
    checked = _checked(user, sitting, items, on)
    order = agenda_for(str(user.pk), [_key(item) for item in items], checked)
    by_key = {_key(item): item for item in items}
    return Agenda(
        sitting, seat, must_declare=False, items=tuple(SeenItem(each.number, by_key[each.reference]) for each in order)
    )


def items_of(sitting: Sitting) -> list[AgendaItem]:
    """Return every item of a sitting in order, whoever may see it: for what counts ties, and never for a page. One query."""
    rows = AgendaItem.objects.filter(sitting=sitting, taken_off_at=None).select_related(*LOADED)
    return list(rows.order_by("position", "pk"))


def expected(sitting: Sitting) -> list[Expected]:
    """Return who sits on the day of a sitting, in the order of seats. Two queries.

    Whoever was in the room stays among them whatever becomes of the seat, and so does whoever was absent and whose seat
    was ended only once the sitting had begun: what is said of a sitting is not written anew by what comes later. It opens
    nothing to them, since each page asks for a seat that stands.
    """
    said = {row.person_id: row for row in Attendance.objects.filter(sitting=sitting)}
    there = [person for person, row in said.items() if row.present]
    begun = Q(first_day__lte=sitting.on)
    seats = Membership.objects.filter(panel=sitting.panel_id)
    kept = begun & (Q(person__in=there) | Q(person__in=list(said), ended_at__gte=sitting.begins_at))
    rows = (seats.standing(on=sitting.on) | seats.filter(kept)).select_related("person")
    # A person has one seat a day: that which stands then, or else the last that had begun.
    theirs = {row.person_id: row for row in sorted(rows, key=lambda row: (row.stands(on=sitting.on), row.first_day))}
    found = [
        Expected(
            row,
            apologies=bool(said.get(row.person_id) and said[row.person_id].apologies),
            declared=bool(said.get(row.person_id) and said[row.person_id].declared_at),
            present=bool(said.get(row.person_id) and said[row.person_id].present),
        )
        for row in theirs.values()
    ]
    return sorted(
        found,
        key=lambda one: (ORDER[one.membership.role], not one.membership.stands(on=sitting.on), one.person.name),
    )


def conflicts_at(
    sitting: Sitting, items: Sequence[AgendaItem], people: Sequence[User], *, on: date
) -> dict[int, ItemConflicts]:
    """Return who of the people is out of each referral of the items, and why, by the referral's primary key."""
    referrals = [item.referral for item in items if item.referral]
    return conflicts(referrals, people, panel=sitting.panel, days=[sitting.on, on])


def room_for(sitting: Sitting, members: Sequence[Expected], out: frozenset[str]) -> Room:
    """Return the quorum and who presides among those expected for an item; three queries, for the terms."""
    try:
        return room_under(terms_on(sitting.panel, on=sitting.on), members, out)
    except NoTerms:
        return Room(None, None, out)


def room_under(
    terms: PanelTerms, members: Sequence[Expected], out: frozenset[str], *, present: Sequence[Expected] | None = None
) -> Room:
    """Return the quorum and who presides under terms: among those `present`, or else those expected for an item."""
    coming = [one for one in members if not one.apologies] if present is None else present
    in_room = [
        Present(
            str(one.membership.person_id),
            roles_of(MemberRole(one.membership.role), stands_in=one.membership.vice_chair_order is not None),
        )
        for one in coming
    ]
    chair = next((str(one.membership.person_id) for one in members if one.membership.role == "chair"), "")
    who = presiding(
        chair,
        terms.vice_chairs,
        out=out,
        in_the_room=[one.member for one in in_room],
        source=terms.source("stand-in chair"),
    )
    try:
        return Room(quorum(terms.quorum, in_room, out=out, source=terms.source("quorum")), who, out)
    except NoQuorumInTerms:
        return Room(None, who, out)


def _seat(user: User, sitting: Sitting, on: date) -> Membership | None:
    """Return the person's seat of the sitting's day, if a seat of theirs stands today too. At most two queries."""
    theirs = Membership.objects.filter(panel=sitting.panel_id, person=user)
    seat: Membership | None = theirs.standing(on=sitting.on).first()
    if seat is None or not theirs.standing(on=on).exists():
        return None
    return seat


def _has_declared(user: User, sitting: Sitting) -> bool:
    return Attendance.objects.filter(sitting=sitting, person=user, declared_at__isnull=False).exists()


def _checked(user: User, sitting: Sitting, items: Sequence[AgendaItem], on: date) -> dict[str, ItemConflicts]:
    """Return what is known of each item and the person, by the item's key. Business concerns no child: nobody is out."""
    free = {_key(item): ItemConflicts(_key(item), frozenset(), 0, ()) for item in items if item.referral is None}
    with_child = [item for item in items if item.referral]
    if not is_checked(user):
        return free | {_key(item): ItemConflicts(_key(item), frozenset(), 0, ()) for item in with_child}
    found = conflicts_at(sitting, with_child, [user], on=on)
    return free | {_key(item): found[item.referral.pk] for item in with_child if item.referral}


def _key(item: AgendaItem) -> str:
    return str(item.pk)


def recorded_among(items: Iterable[int]) -> set[int]:
    """Return those of the items of which the panel's word is recorded: they are not taken off. One query."""
    return set(ItemRecord.objects.filter(item__in=items, recorded_at__isnull=False).values_list("item_id", flat=True))
