"""The money that follows a permanently excluded child (R68 to R71). Pounds as Decimal, to the penny; never float."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import product

from casework.rules.calendar import Count, SchoolCalendar
from exclusions.rules.additional_payment import AMOUNT as ADDITIONAL_PAYMENT
from exclusions.rules.readings import DEFAULT_SETTINGS, Ambiguity, Settings, readings_in_force
from exclusions.rules.sources import Source
from exclusions.rules.terms import SchoolKind

WEEKS_IN_YEAR = 52
PENNY = Decimal("0.01")

_FINANCE = "https://www.legislation.gov.uk/uksi/2024/66/regulation/39"
FINANCE_REGULATIONS = Source("SI 2024/66", date(2024, 4, 1), "reg 39", _FINANCE)
FUNDING_AGREEMENT = Source(
    "academy funding agreement",
    date(2012, 9, 1),
    "(excluded pupils)",
    "https://www.gov.uk/government/collections/academies-and-free-schools-funding-agreements",
)
AMOUNT_TO_FOLLOW = Source(
    "Education Act 1996", date(1999, 4, 1), "s494", "https://www.legislation.gov.uk/ukpga/1996/56/section/494"
)


class RelevantDateBasis(StrEnum):
    """From which day an authority counts (R69): a setting, since practice differs."""

    SIXTH_SCHOOL_DAY = "sixth school day after the exclusion"
    EXCLUSION = "day of the exclusion"
    BOARD_DECISION = "day of the board's decision"


class NoBoardDecision(ValueError):
    """The authority counts from the board's decision, and its day is not given."""


class NotPounds(ValueError):
    """An amount is negative or has a fraction of a penny."""


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """What the reduction depends on.

    `amount` is what the formula would give for the child for the whole funding period, in pounds. `leaves_this_year`:
    children of that age normally leave the school at the end of the school year. `ordered` is the payment of R43, in
    pounds: 4,000 or nought.
    """

    excluded_on: date
    amount: Decimal
    school_kind: SchoolKind
    leaves_this_year: bool = False
    reserved_place: bool = False
    ordered: Decimal = Decimal(0)
    board_decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Weeks:
    """Complete weeks from one day to another, with the count of days that they are taken from."""

    weeks: int
    days: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class MoneyReading:
    """One reading of one ambiguity, and what it comes to in pounds."""

    ambiguity: Ambiguity
    reading: int
    in_force: bool
    weeks: Weeks
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Reduction:
    """What the excluding school loses, in pounds; or why it loses nothing.

    `amount` is the least that the readings in force leave open, and `other_amount` the most, None when they agree.
    """

    amount: Decimal
    because: str
    other_amount: Decimal | None = None
    relevant: Count | None = None
    weeks: Weeks | None = None
    readings: tuple[MoneyReading, ...] = ()
    rule: str = "R68"
    source: tuple[Source, ...] = (FINANCE_REGULATIONS,)


@dataclass(frozen=True, slots=True)
class Increase:
    """What the admitting school gains at least, in pounds, and how that was reckoned."""

    amount: Decimal
    working: str
    rule: str = "R70"
    source: tuple[Source, ...] = (FINANCE_REGULATIONS,)


@dataclass(frozen=True, slots=True)
class Transfer:
    """On which footing the money moves between two schools."""

    basis: str
    source: tuple[Source, ...]
    rule: str = "R71"


def relevant_date(
    excluded_on: date,
    *,
    calendar: SchoolCalendar,
    basis: RelevantDateBasis = RelevantDateBasis.SIXTH_SCHOOL_DAY,
    board_decided_on: date | None = None,
) -> Count:
    """Return the day from which the weeks are counted (R69).

    The sixth school day following the exclusion (D3: the exclusion's own day is day nought), unless the authority's
    setting takes the day of the exclusion or of the board's decision, which have no working.

    Raises NoTermDates outside the calendar, NoBoardDecision without the decision's day. Source: SI 2024/66 reg 39; the
    definition itself was not seen.
    """
    if basis is RelevantDateBasis.SIXTH_SCHOOL_DAY:
        return calendar.school_days_after(excluded_on, 6)
    if basis is RelevantDateBasis.EXCLUSION:
        return Count(excluded_on, excluded_on, ())
    if board_decided_on is None:
        raise NoBoardDecision("Enter the day of the board's decision: the weeks are counted from it.")
    return Count(board_decided_on, board_decided_on, ())


def complete_weeks(first: date, last: date, *, reading: int = 1) -> Weeks:
    """Return the complete weeks from `first` to `last`, both included, or without `first` on reading 2 (AMB-7).

    Seven calendar days to a week; what is left over is dropped; nought when `last` lies before. Raises nothing. Source:
    SI 2024/66 reg 39 ("complete weeks").
    """
    days = max((last - first).days + (reading == 1), 0)
    return Weeks(days // 7, days, first, last)


def end_of_period(
    facts: MoneyFacts, relevant_on: date, *, calendar: SchoolCalendar, end_of_year_reading: int = 1
) -> date:
    """Return the last day to which weeks are counted (R68).

    31 March of the funding period that the relevant date falls in; but for a child who would leave the school at the
    end of the school year, excluded on or after its 1 April, the end of that school year: 31 August, or on reading 2
    the last school day of the summer term (AMB-8).

    Raises NoTermDates outside the calendar. Source: SI 2024/66 reg 39.
    """
    school_year = calendar.school_year_of(facts.excluded_on)
    second_year = school_year.first_year + 1
    if facts.leaves_this_year and facts.excluded_on >= date(second_year, 4, 1):
        end_of_august = date(second_year, 8, 31)
        return end_of_august if end_of_year_reading == 1 else _last_school_day(second_year, calendar)
    return date(relevant_on.year + (relevant_on > date(relevant_on.year, 3, 31)), 3, 31)


def pounds(amount: Decimal) -> Decimal:
    """Return an amount to the nearest penny, half a penny upwards. Source: SI 2024/66 reg 39 sets no rounding."""
    return amount.quantize(PENNY, ROUND_HALF_UP)


def reduction(
    facts: MoneyFacts,
    *,
    calendar: SchoolCalendar,
    settings: Settings = DEFAULT_SETTINGS,
    basis: RelevantDateBasis = RelevantDateBasis.SIXTH_SCHOOL_DAY,
) -> Reduction:
    """Return what the excluding school's budget share is reduced by: A × (B ÷ 52) + C (R68).

    A is `amount`, B the complete weeks from the relevant date (R69) to the end of the period, C the payment ordered
    (R43). Weeks are counted on each reading of AMB-7, and of AMB-8 for a leaver. Nothing is taken from a special
    school, a pupil referral unit or a place reserved for special educational needs. Pounds to the penny; the pupil
    premium moves in the same way, as an amount of its own without C.

    Raises NoTermDates outside the calendar; NotPounds for a negative amount, a fraction of a penny, or an order other
    than 4,000 or nought; NoBoardDecision. Source: SI 2024/66 reg 39.
    """
    _check(facts)
    if facts.school_kind in (SchoolKind.SPECIAL, SchoolKind.PRU) or facts.reserved_place:
        return Reduction(Decimal(0), "R68: not from a special school, a unit or a reserved place")
    relevant = relevant_date(facts.excluded_on, calendar=calendar, basis=basis, board_decided_on=facts.board_decided_on)
    by_choice = {choice: _reckoned(facts, relevant.due, calendar, *choice) for choice in product((1, 2), repeat=2)}
    weeks_in_force = readings_in_force(Ambiguity.COMPLETE_WEEKS, settings)
    year_in_force = readings_in_force(Ambiguity.END_OF_SCHOOL_YEAR, settings)
    open_choices = [by_choice[choice] for choice in product(weeks_in_force, year_in_force)]
    (weeks, least), (_, most) = (
        min(open_choices, key=lambda found: found[1]),
        max(open_choices, key=lambda found: found[1]),
    )
    readings = [
        MoneyReading(Ambiguity.COMPLETE_WEEKS, number, number in weeks_in_force, *by_choice[number, year_in_force[0]])
        for number in (1, 2)
    ] + [
        MoneyReading(
            Ambiguity.END_OF_SCHOOL_YEAR, number, number in year_in_force, *by_choice[weeks_in_force[0], number]
        )
        for number in (1, 2)
    ]
    return Reduction(
        least,
        f"{weeks.weeks} complete weeks from {relevant.due.isoformat()} to {weeks.last.isoformat()}",
        most if most != least else None,
        relevant,
        weeks,
        _that_differ(readings),
    )


def admitting_increase(reduced_by: Decimal, *, ordered: Decimal, weeks_on_roll: int, weeks_reduced: int) -> Increase:
    """Return what the admitting school gains at least: D × (E ÷ F) (R70).

    D is the excluding school's reduction (`reduced_by`) without the payment ordered; E the complete weeks left in the
    period while the child is on the new roll; F those from the relevant date, the B of R68. When a child is reinstated
    after the money has moved, the same sum with the weeks left after reinstatement is what goes back. Pounds.

    Raises NotPounds unless nought weeks or more, and no more on the new roll than were counted. Source: SI 2024/66
    reg 39; that the payment is left out is from memory.
    """
    if not 0 <= weeks_on_roll <= weeks_reduced:
        raise NotPounds(f"{weeks_on_roll} of {weeks_reduced} weeks is no share: check the day of admission.")
    moved = reduced_by - ordered
    amount = pounds(moved * weeks_on_roll / weeks_reduced) if weeks_reduced else Decimal(0)
    return Increase(amount, f"{moved} × ({weeks_on_roll} ÷ {weeks_reduced})")


def transfer_basis(*, excluding_academy: bool, excluding_authority: str, admitting_authority: str) -> Transfer:
    """Return on which footing the money moves (R71).

    An academy pays on the same footing, by its funding agreement, when the authority asks. Between two authorities
    money follows the child under the Education Act 1996. Nothing else may be charged unless both agree. Raises nothing.
    Source: Education Act 1996 s494; academy funding agreements; SI 2024/66 reg 39.
    """
    sources = [FUNDING_AGREEMENT if excluding_academy else FINANCE_REGULATIONS]
    basis = (
        "the academy pays when the authority asks" if excluding_academy else "the authority adjusts the budget share"
    )
    if excluding_authority != admitting_authority:
        basis += ", and the money passes to the other authority"
        sources.append(AMOUNT_TO_FOLLOW)
    return Transfer(basis, tuple(sources))


def _reckoned(
    facts: MoneyFacts, relevant_on: date, calendar: SchoolCalendar, weeks_reading: int, year_reading: int
) -> tuple[Weeks, Decimal]:
    last = end_of_period(facts, relevant_on, calendar=calendar, end_of_year_reading=year_reading)
    weeks = complete_weeks(relevant_on, last, reading=weeks_reading)
    return weeks, pounds(facts.amount * weeks.weeks / WEEKS_IN_YEAR + facts.ordered)


def _that_differ(readings: list[MoneyReading]) -> tuple[MoneyReading, ...]:
    """Return the readings of each ambiguity that changes the amount."""
    pairs = (readings[:2], readings[2:])
    return tuple(one for pair in pairs if pair[0].amount != pair[1].amount for one in pair)


def _last_school_day(year: int, calendar: SchoolCalendar) -> date:
    """Return the last school day of the summer term: the last before 1 August.

    Every school meets into July, so a calendar that ends before it has no dates for the end of the term.
    """
    calendar.skip_reason(date(year, 7, 1))
    last = max(spell.last for spell in calendar.spells if spell.first < date(year, 8, 1))
    on = min(last, date(year, 7, 31))
    return on if calendar.is_school_day(on) else calendar.school_day_before(on)


def _check(facts: MoneyFacts) -> None:
    if facts.amount < 0 or facts.amount != pounds(facts.amount):
        raise NotPounds(f"{facts.amount} is not an amount in pounds: write it like 7000 or 7000.50")
    if facts.ordered not in (0, ADDITIONAL_PAYMENT):
        raise NotPounds(f"A payment is ordered of £4,000 or not at all, not of £{facts.ordered}")
