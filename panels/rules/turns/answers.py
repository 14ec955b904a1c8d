"""What the turn models answer, each with its working."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from exclusions.rules.sources import ADMISSIONS_CODE_FAIR_ACCESS, Source
from panels.rules.terms import FairnessModel


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One school's standing on a day.

    `places` and `taken` leave out what was given back. `share` is None where the model has no shares. `balance` is
    exact; `shown` is the same to one decimal, rounded so that the column adds up. `notes` say why it is what it is.
    """

    urn: int
    name: str
    places: int
    taken: Fraction
    share: Fraction | None
    balance: Fraction
    shown: Decimal
    last_placed_on: date | None
    takes_part: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balances:
    """Every school's standing on a day, least first, and what the balances add up to under the model."""

    model: FairnessModel
    on: date
    lines: tuple[BalanceLine, ...]
    total: Fraction
    shown_total: Decimal
    says: str
    source: tuple[Source, ...] = (ADMISSIONS_CODE_FAIR_ACCESS,)

    def of(self, urn: int) -> BalanceLine:
        """Return a school's line. Raises KeyError. Source: the balances themselves."""
        for line in self.lines:
            if line.urn == urn:
                return line
        raise KeyError(urn)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A school that may receive the child.

    `passed_over` says why it is left out of turn for this child (a lawful refusal, say) and keeps its turn for the
    next; empty when it is not. A school that refused unlawfully is not passed over: its turn stands (R56).
    """

    urn: int
    passed_over: str = ""
    refused_unlawfully: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Whose turn it is among the candidates, None where the model suggests nobody or nobody is left.

    `order` are the candidates' URNs, next first, those passed over left out. `working` are sentences to be read aloud.
    """

    model: FairnessModel
    urn: int | None
    order: tuple[int, ...]
    working: tuple[str, ...]
    source: tuple[Source, ...] = (ADMISSIONS_CODE_FAIR_ACCESS,)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What one choice would do: a candidate's balance before and after, and its place in the order of all schools.

    Places are counted from 1, None where the model keeps no order. `needs_reason` tells that choosing it would depart
    from the suggestion.
    """

    model: FairnessModel
    urn: int
    before: Decimal
    after: Decimal
    place_now: int | None
    place_after: int | None
    schools: int
    is_suggested: bool
    needs_reason: bool
    says: str
    source: tuple[Source, ...] = (ADMISSIONS_CODE_FAIR_ACCESS,)


@dataclass(frozen=True, slots=True)
class Departure:
    """A placement against the turn: the school chosen, the one whose turn it was, and why. No child is named.

    `by_officer` is so where an officer departed, otherwise than the panel advised.
    """

    on: date
    chosen: int
    suggested: int
    reason: str
    by_officer: bool = False


@dataclass(frozen=True, slots=True)
class YearStatement:
    """What is published of a year: the balances on its last day, how many places, and every departure."""

    model: FairnessModel
    first: date
    last: date
    balances: Balances
    places: int
    given_back: int
    departures: tuple[Departure, ...]
    source: tuple[Source, ...] = (ADMISSIONS_CODE_FAIR_ACCESS,)
