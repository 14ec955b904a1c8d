"""A sitting as it is run: who is in the room, what is written of each item, who may write it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from casework.models import User
from casework.rights import has_permission
from casework.roles import Permission
from panels.models import AgendaItem, Attendance, ItemRecord, Membership, Sitting
from panels.rules.presiding import may_touch_item
from panels.rules.versions import NoTerms, PanelTerms
from panels.selectors import sittings
from panels.selectors.sittings import Agenda, Expected, Room, SeenItem
from panels.selectors.terms import terms_on


@dataclass(frozen=True, slots=True)
class Running:
    """One item of a sitting as whoever runs it sees it.

    `records` are what is written of the items that the person sees, by the item's primary key; `out` the names of
    those who are out of this one. `may_record` tells that the person presides over it, or is the clerk.
    """

    agenda: Agenda
    members: tuple[Expected, ...]
    seen: SeenItem
    records: dict[int, ItemRecord]
    terms: PanelTerms | None
    room: Room
    out: tuple[str, ...]
    may_record: bool

    @property
    def record(self) -> ItemRecord | None:
        """What is written of this item."""
        return self.records.get(self.seen.item.pk)

    @property
    def following(self) -> SeenItem | None:
        """The next item of the person's own agenda, None after the last."""
        return next((one for one in self.agenda.items if one.number == self.seen.number + 1), None)

    @property
    def preceding(self) -> SeenItem | None:
        """The item before it in the person's own agenda, None before the first."""
        return next((one for one in self.agenda.items if one.number == self.seen.number - 1), None)


def may_run(user: User, agenda: Agenda, *, on: date) -> bool:
    """Tell whether a person may open the screen of a sitting on a day: the chair, a vice-chair, or the clerk.

    From the sitting's day on, unless it is cancelled; a member declares first.
    """
    sitting = agenda.sitting
    if sitting.cancelled_at or on < sitting.on or agenda.must_declare:
        return False
    return is_clerk(user, agenda.seat) or presides(agenda.seat)


def presides(seat: Membership | None) -> bool:
    """Tell whether a seat is the chair's or a vice-chair's."""
    return seat is not None and (seat.role == "chair" or seat.vice_chair_order is not None)


def is_clerk(user: User, seat: Membership | None) -> bool:
    """Tell whether a person does the clerk's work at a sitting: by right, and with the clerk's seat or none."""
    return has_permission(user, Permission.PREPARE_PANELS) and (seat is None or seat.role == "clerk")


def running(user: User, sitting: Sitting, number: int, *, on: date) -> Running | None:
    """Return an item of a sitting as the person runs it, or None where they see no such item or may not run it."""
    agenda = sittings.agenda_of(user, sitting, on=on)
    seen = next((one for one in agenda.items if one.item.pk == number), None)
    if seen is None or not may_run(user, agenda, on=on):
        return None
    members = tuple(sittings.expected(sitting))
    out = out_of_item(sitting, seen.item, members, on=on)
    terms = _terms(sitting)
    room = room_now(terms, members, out)
    presides = room.presiding is not None and room.presiding.member == str(user.pk)
    records = (
        ItemRecord.objects.filter(item__in=[one.item.pk for one in agenda.items])
        .select_related("school")
        .with_officer()
    )
    return Running(
        agenda=agenda,
        members=members,
        seen=seen,
        records={row.item_id: row for row in records},
        terms=terms,
        room=room,
        out=tuple(one.person.name for one in members if str(one.membership.person_id) in out),
        may_record=may_touch_item(str(user.pk), out=out) and (presides or is_clerk(user, agenda.seat)),
    )


def out_of_item(sitting: Sitting, item: AgendaItem, members: Sequence[Expected], *, on: date) -> frozenset[str]:
    """Return who of the members is out of an item, by their account's number."""
    if item.referral_id is None:
        return frozenset()
    found = sittings.conflicts_at(sitting, [item], [one.person for one in members], on=on)
    return found[item.referral_id].out


def room_now(terms: PanelTerms | None, members: Sequence[Expected], out: frozenset[str]) -> Room:
    """Return the quorum and who presides among those who are in the room."""
    if terms is None:
        return Room(None, None, out)
    return sittings.room_under(terms, members, out, present=[one for one in members if one.present])


def number_left(run: Running, *, since: datetime) -> int:
    """Count who left for an item: of those who are out of it those who were in the room at some time `since` it began.

    Who is told to leave before a school is named is taken off those present first, so that the history of the room is
    asked, and not only how it stands. Who never came has left nothing. One query.
    """
    out = [one for one in run.members if str(one.membership.person_id) in run.room.out]
    there = {one.membership.person_id for one in out if one.present}
    events: Any = Attendance._meta.get_field("events").related_model
    said: dict[int, list[tuple[bool, datetime | None]]] = {}
    rows = events.objects.filter(
        sitting=run.agenda.sitting.pk, person__in=[one.membership.person_id for one in out]
    ).order_by("pk")  # fmt: skip
    for person, present, at in rows.values_list("person_id", "present", "said_at"):
        said.setdefault(person, []).append((present, at))
    for person, told in said.items():
        for (present, _), (_, until) in pairwise([*told, (False, None)]):
            if present and (until is None or until >= since):
                there.add(person)
    return len(there)


def _terms(sitting: Sitting) -> PanelTerms | None:
    try:
        return terms_on(sitting.panel, on=sitting.on)
    except NoTerms:
        return None
