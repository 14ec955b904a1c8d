"""Who sits on a panel, from which day to which: appointed, and ended by a day."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from casework.models import User
from casework.rights import has_permission
from casework.roles import Permission
from panels.models import Attendance, Membership, Panel, Sitting
from panels.rules.seats import NEVER_STAND_IN, SEATS_OF
from panels.rules.terms import MemberRole, PanelKind

COUNCIL_SEATS = frozenset({MemberRole.OFFICER, MemberRole.ADVISER})


class OwnMembership(Exception):
    """Nobody appoints themselves."""


class NoSuchSeat(Exception):
    """The kind of panel has no such seat."""


class MayNotSit(Exception):
    """The person's role in the service does not go with the seat, or their account has ended."""


class PanelNotOpen(Exception):
    """The panel is not open on every day of the membership."""


class EndsBeforeItBegins(Exception):
    """The last day lies before the first."""


class Overlaps(Exception):
    """The person sits on the panel on some of these days already."""


class AlreadyHasAChair(Exception):
    """Somebody else is chair on some of these days; `person` is who."""

    def __init__(self, person: User) -> None:
        super().__init__("The panel has a chair on these days.")
        self.person = person


class PlaceTaken(Exception):
    """Another vice-chair has this place in the order on some of these days; `person` is who."""

    def __init__(self, person: User) -> None:
        super().__init__("Another vice-chair has this place.")
        self.person = person


class CannotStandIn(Exception):
    """A vice-chair needs a place in the order; the chair and those without a vote can have none."""


class NotEarlier(Exception):
    """The membership ends on that day already, or before it."""


class SatLater(Exception):
    """The person was in the room of a sitting after that day; `on` is the last such sitting's."""

    def __init__(self, on: date) -> None:
        super().__init__("The person sat after that day.")
        self.on = on


class Stale(Exception):
    """Somebody changed the membership meanwhile; `version` is its present one."""

    def __init__(self, version: int) -> None:
        super().__init__("The membership was changed meanwhile.")
        self.version = version


def may_sit(person: User, role: MemberRole) -> bool:
    """Tell whether a person's role in the service goes with a seat: a clerk prepares panels, an officer sees them."""
    if role is MemberRole.CLERK:
        return has_permission(person, Permission.PREPARE_PANELS)
    if role in COUNCIL_SEATS and has_permission(person, Permission.SEE_PANELS):
        return True
    return has_permission(person, Permission.SIT_ON_PANELS)


def appoint(
    *,
    by: User,
    at: datetime,
    panel: Panel,
    person: User,
    role: MemberRole,
    vice_chair_order: int | None,
    first_day: date,
    last_day: date | None,
) -> Membership:
    """Give a person a seat on a panel from a day on, to a last day where one is known.

    `vice_chair_order` is the place, from 1, among those who stand in for the chair; None for whoever does not.
    Raises OwnMembership, NoSuchSeat, MayNotSit, CannotStandIn, PanelNotOpen, EndsBeforeItBegins, Overlaps,
    AlreadyHasAChair and PlaceTaken; nothing is saved then.
    """
    if person.pk == by.pk:
        raise OwnMembership
    _must_fit_the_seat(panel, person, role, vice_chair_order, first_day)
    if last_day is not None and last_day < first_day:
        raise EndsBeforeItBegins
    with transaction.atomic():
        # One appointment to a panel at a time: the constraints of the table hold whoever comes another way.
        held = Panel.objects.select_for_update().get(pk=panel.pk)
        if held.closed_on or first_day < held.opened_on:
            raise PanelNotOpen
        _must_be_free(_in_these_days(held, first_day, last_day), person, role, vice_chair_order)
        membership: Membership = Membership.objects.create(
            panel=held,
            person=person,
            role=role.value,
            vice_chair_order=vice_chair_order,
            first_day=first_day,
            last_day=last_day,
            appointed_at=at,
            appointed_by=by,
        )
    return membership


def end(
    *, by: User, at: datetime, on: date, membership: Membership, version: int, last_day: date, because: str
) -> None:
    """End a membership earlier than was said, and say why.

    `on` is today. The day before its first day takes it back, as one that never began: until that first day has gone
    by, since afterwards it is known who sat. Nor can it end before a sitting at which the person was in the room: there
    somebody without a seat would have counted for the quorum. Of a sitting from which the person stayed away it is kept
    that they were expected. Raises Stale, EndsBeforeItBegins, NotEarlier and SatLater.
    """
    with transaction.atomic():
        held: Membership = Membership.objects.select_for_update().get(pk=membership.pk)
        if held.version != version:
            raise Stale(held.version)
        if last_day < earliest_end(held, on=on):
            raise EndsBeforeItBegins
        if held.last_day is not None and held.last_day <= last_day:
            raise NotEarlier
        _keep_as_absent(held, last_day, by=by, at=at)
        held.last_day, held.ended_at, held.ended_by, held.ended_because = last_day, at, by, because
        held.version += 1
        held.save(update_fields=["last_day", "ended_at", "ended_by", "ended_because", "version"])


def _keep_as_absent(held: Membership, last_day: date, *, by: User, at: datetime) -> None:
    """Keep that the person was expected at the sittings that have begun and that the seat no longer reaches.

    Raises SatLater where they were in the room of one.
    """
    reached = Q() if held.last_day is None else Q(on__lte=held.last_day)
    lost = Sitting.objects.filter(
        reached, panel=held.panel_id, on__gt=last_day, on__gte=held.first_day, cancelled_at=None
    ).order_by("on")
    for sitting in lost:
        if sitting.begins_at > at:
            continue
        said, _ = Attendance.objects.get_or_create(
            sitting=sitting, person=held.person, defaults={"said_at": at, "said_by": by}
        )
        if said.present:
            sat_on = Attendance.objects.filter(sitting__in=lost, person=held.person_id, present=True)
            raise SatLater(sat_on.order_by("-sitting__on").values_list("sitting__on", flat=True)[0])


def earliest_end(membership: Membership, *, on: date) -> date:
    """Return the earliest last day: the first, or the day before while `on`, today, is not past the first."""
    if on <= membership.first_day:
        return membership.first_day - timedelta(days=1)
    return membership.first_day


def _must_fit_the_seat(panel: Panel, person: User, role: MemberRole, order: int | None, first_day: date) -> None:
    if role not in SEATS_OF[PanelKind(panel.kind)]:
        raise NoSuchSeat
    if person.access_ended(on=first_day) or not may_sit(person, role):
        raise MayNotSit
    if order is None and role is MemberRole.VICE_CHAIR:
        raise CannotStandIn
    if order is not None and (order < 1 or role in NEVER_STAND_IN):
        raise CannotStandIn


def _in_these_days(panel: Panel, first_day: date, last_day: date | None) -> QuerySet[Membership]:
    found = Membership.objects.filter(panel=panel).not_ended_by(first_day - timedelta(days=1))
    return found.filter(Q() if last_day is None else Q(first_day__lte=last_day)).select_related("person")


def _must_be_free(held: QuerySet[Membership], person: User, role: MemberRole, order: int | None) -> None:
    for each in held:
        if each.person_id == person.pk:
            raise Overlaps
        if role is MemberRole.CHAIR and each.role == MemberRole.CHAIR.value:
            raise AlreadyHasAChair(each.person)
        if order is not None and each.vice_chair_order == order:
            raise PlaceTaken(each.person)
