"""A panel's terms of reference: a new version is added, and none is ever changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import IntegrityError, transaction

from casework.models import User
from panels.models import Panel, QuorumNeed, TermsOfReference
from panels.rules.quorum import Need
from panels.rules.seats import SEATS_OF
from panels.rules.terms import DecisionModel, FairnessModel, MemberRole, PanelKind, RouteIn
from panels.rules.turns.ledger import CREDIT_WEEKS
from panels.rules.turns.points import BadTariff, checked_tariff


class BeforeToday(Exception):
    """Only the first version may be in force from a day that is past."""


class BeforeOpening(Exception):
    """The terms would be in force before the panel opens."""


class PanelClosed(Exception):
    """The panel has a last day."""


class SameDay(Exception):
    """Another version is in force from that day."""


class NoQuorum(Exception):
    """The terms name no number for a quorum, or one below 1."""


class NoSuchSeat(Exception):
    """The kind of panel has no such seat; `role` is the one."""

    def __init__(self, role: MemberRole) -> None:
        super().__init__(f"The panel has no seat for: {role.value}")
        self.role = role


class NoWayIn(Exception):
    """The terms name no way in which a child comes to the panel."""


class CastingVoteWithoutMajority(Exception):
    """Only a panel that decides by a majority has a casting vote."""


class WrongTariff(Exception):
    """The points of a place, or of a way in, are below nought or too many, or all nought."""


class ChangedMeanwhile(Exception):
    """Somebody added a version after the page was shown; `version` is how many there are now."""

    def __init__(self, version: int) -> None:
        super().__init__("A version was added meanwhile.")
        self.version = version


@dataclass(frozen=True, slots=True)
class Terms:
    """What a version of the terms lays down. `credit_weeks` are school weeks, `former_years` None for ever.

    `reply_within` are school days, None where the terms name none. `place_points` and `tariff` are read where places
    count points: those of every place, and by way in what is added to them.
    """

    decision_model: DecisionModel
    quorum: tuple[Need, ...]
    routes: frozenset[RouteIn]
    casting_vote: bool = False
    fairness: FairnessModel = FairnessModel.NONE
    credit_weeks: int = CREDIT_WEEKS
    former_years: int | None = None
    reply_within: int | None = None
    place_points: Decimal = Decimal(1)
    tariff: Mapping[RouteIn, Decimal] = field(default_factory=dict)
    looked_after_placed_elsewhere: bool = True
    pseudonymised: bool = False
    delegation: str = ""
    criteria: str = ""


def add(
    *, by: User, at: datetime, on: date, panel: Panel, version: int, in_force_from: date, terms: Terms
) -> TermsOfReference:
    """Add a version of a panel's terms, in force from a day on. `on` is today.

    `version` is how many versions the page showed. Raises ChangedMeanwhile, PanelClosed, BeforeOpening, BeforeToday,
    SameDay, NoQuorum, NoSuchSeat, NoWayIn, CastingVoteWithoutMajority and WrongTariff; nothing is saved then.
    """
    _must_make_sense(terms, PanelKind(panel.kind))
    try:
        with transaction.atomic():
            held = Panel.objects.select_for_update().get(pk=panel.pk)
            days = list(held.terms.values_list("in_force_from", flat=True))
            if len(days) != version:
                raise ChangedMeanwhile(len(days))
            _must_fit(held, days, in_force_from, on)
            return _written(by=by, at=at, panel=held, in_force_from=in_force_from, terms=terms)
    except IntegrityError:
        raise SameDay from None


def _must_make_sense(terms: Terms, kind: PanelKind) -> None:
    if not terms.quorum or any(need.number < 1 for need in terms.quorum):
        raise NoQuorum
    for need in terms.quorum:
        if need.role and need.role not in SEATS_OF[kind]:
            raise NoSuchSeat(need.role)
    if not terms.routes:
        raise NoWayIn
    if terms.casting_vote and terms.decision_model is not DecisionModel.MAJORITY:
        raise CastingVoteWithoutMajority
    try:
        checked_tariff(Fraction(terms.place_points), (Fraction(points) for points in terms.tariff.values()))
    except BadTariff:
        raise WrongTariff from None


def _must_fit(panel: Panel, days: Collection[date], in_force_from: date, on: date) -> None:
    if panel.closed_on:
        raise PanelClosed
    if in_force_from < panel.opened_on:
        raise BeforeOpening
    if in_force_from in days:
        raise SameDay
    if days and in_force_from < on:
        raise BeforeToday


def _written(*, by: User, at: datetime, panel: Panel, in_force_from: date, terms: Terms) -> TermsOfReference:
    row = TermsOfReference.objects.create(
        panel=panel,
        in_force_from=in_force_from,
        decision_model=terms.decision_model.value,
        casting_vote=terms.casting_vote,
        fairness_model=terms.fairness.value,
        credit_weeks=terms.credit_weeks,
        former_years=terms.former_years,
        reply_within=terms.reply_within,
        place_points=terms.place_points,
        tariff={route.value: str(points) for route, points in terms.tariff.items()},
        routes=sorted(route.value for route in terms.routes),
        looked_after_placed_elsewhere=terms.looked_after_placed_elsewhere,
        pseudonymised=terms.pseudonymised,
        delegation=terms.delegation,
        criteria=terms.criteria,
        added_at=at,
        added_by=by,
    )
    QuorumNeed.objects.bulk_create(
        QuorumNeed(terms=row, role=need.role.value if need.role else "", number=need.number) for need in terms.quorum
    )
    return row
