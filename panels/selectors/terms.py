"""A panel's terms: every version, which one is in force on a day, and what it says in words."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from panels.models import Membership, Panel, TermsOfReference
from panels.rules.quorum import Need
from panels.rules.terms import DecisionModel, FairnessModel, MemberRole, PanelKind, RouteIn
from panels.rules.terms_in_words import fairness_in_words, quorum_in_words
from panels.rules.versions import NoTerms, PanelTerms, in_force


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a panel's terms: its row, its last day where another follows, and what the rules read of it."""

    row: TermsOfReference
    last_day: date | None
    rule: PanelTerms
    in_force: bool

    @property
    def quorum(self) -> str:
        """What makes a quorum, as a sentence."""
        return quorum_in_words(self.rule.quorum)

    @property
    def fairness(self) -> str:
        """How places are shared out, as sentences."""
        return fairness_in_words(self.rule.fairness, self.rule)


def versions(panel: Panel, *, on: date) -> list[Version]:
    """Return every version of a panel's terms, latest first; `in_force` is true of that of the day. Three queries."""
    rows = list(
        TermsOfReference.objects.filter(panel=panel)
        .select_related("added_by")
        .prefetch_related("quorum_needs")
        .order_by("-in_force_from")
    )
    vice_chairs = _vice_chairs(panel, on)
    rules = [_rule(panel, row, vice_chairs) for row in rows]
    try:
        now: PanelTerms | None = in_force(rules, on=on)
    except NoTerms:
        now = None
    ends = [None, *(row.in_force_from - timedelta(days=1) for row in rows)]
    return [Version(row, end, rule, rule is now) for row, end, rule in zip(rows, ends, rules, strict=False)]


def terms_on(panel: Panel, *, on: date) -> PanelTerms:
    """Return the terms of a panel in force on a day, with the vice-chairs of that day. Raises NoTerms. Three queries."""
    rows = TermsOfReference.objects.filter(panel=panel, in_force_from__lte=on).prefetch_related("quorum_needs")
    row = rows.order_by("-in_force_from").first()
    if row is None:
        raise NoTerms(on)
    return _rule(panel, row, _vice_chairs(panel, on))


def terms_until(panel: Panel, *, on: date) -> list[PanelTerms]:
    """Return every version of a panel's terms that has come into force by a day, earliest first. Three queries."""
    rows = TermsOfReference.objects.filter(panel=panel, in_force_from__lte=on).prefetch_related("quorum_needs")
    vice_chairs = _vice_chairs(panel, on)
    return [_rule(panel, row, vice_chairs) for row in rows.order_by("in_force_from")]


def is_pseudonymised(panel: Panel, *, on: date) -> bool:
    """Tell whether members are shown no name by the terms of a day; so they are where no terms say. Three queries."""
    try:
        return terms_on(panel, on=on).pseudonymised
    except NoTerms:
        return True


def _rule(panel: Panel, row: TermsOfReference, vice_chairs: tuple[str, ...]) -> PanelTerms:
    return PanelTerms(
        kind=PanelKind(panel.kind),
        in_force_from=row.in_force_from,
        decision_model=DecisionModel(row.decision_model),
        quorum=_needs(row),
        casting_vote=row.casting_vote,
        vice_chairs=vice_chairs,
        routes=frozenset(RouteIn(route) for route in row.routes),
        looked_after_placed_elsewhere=row.looked_after_placed_elsewhere,
        pseudonymised=row.pseudonymised,
        fairness=FairnessModel(row.fairness_model),
        credit_weeks=row.credit_weeks,
        former_years=row.former_years,
        reply_within=row.reply_within,
        place_points=Fraction(row.place_points),
        tariff=tuple((route, Fraction(row.tariff[route.value])) for route in RouteIn if route.value in row.tariff),
    )


def _needs(row: TermsOfReference) -> tuple[Need, ...]:
    """Return the needs of roles in the order of seats, and that of any members last."""
    by_role = {need.role: need.number for need in row.quorum_needs.all()}
    of_roles = [Need(by_role[role.value], role) for role in MemberRole if role.value in by_role]
    return (*of_roles, Need(by_role[""])) if "" in by_role else tuple(of_roles)


def _vice_chairs(panel: Panel, on: date) -> tuple[str, ...]:
    standing = Membership.objects.filter(panel=panel, vice_chair_order__isnull=False).standing(on=on)
    return tuple(str(person) for person in standing.order_by("vice_chair_order").values_list("person_id", flat=True))
