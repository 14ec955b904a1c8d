"""The payment that follows when a quashed permanent exclusion is not put right (R43)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from exclusions.rules.sources import Source
from exclusions.rules.terms import SchoolKind

AMOUNT = Decimal(4000)
"""The payment, in pounds."""

ADDITIONAL_PAYMENT = Source(
    "SI 2012/1033", date(2012, 9, 1), "regs 7, 16(5)(b), 25", "https://www.legislation.gov.uk/uksi/2012/1033"
)


class PanelResult(StrEnum):
    """What a review panel decided (R41)."""

    UPHELD = "upheld"
    RECOMMENDED = "recommended"
    QUASHED = "quashed"


class PaidHow(StrEnum):
    """In which way the payment is made."""

    BUDGET_SHARE = "the authority takes it from the school's budget share"
    PAYMENT = "the academy trust pays the authority"
    NOT_PAID = "no payment"


@dataclass(frozen=True, slots=True)
class Reconsideration:
    """What the board did after the panel. `due` is its last day (R42); `on` is when it met, None if it has not."""

    due: date
    on: date | None = None
    offers_reinstatement: bool = False


@dataclass(frozen=True, slots=True)
class PaymentAnswer:
    """Whether the payment is due, in pounds, and why."""

    amount: Decimal
    how: PaidHow
    because: str
    rule: str = "R43"
    source: tuple[Source, ...] = (ADDITIONAL_PAYMENT,)


def additional_payment(
    result: PanelResult, reconsideration: Reconsideration, *, kind: SchoolKind, today: date
) -> PaymentAnswer:
    """Return whether the £4,000 is due on the day `today`, and in which way it is paid (R43).

    Only after a panel quashed the exclusion, and then when the board decides again not to reinstate, or has not met by
    the last day of its limit. Not after a recommendation. Not when reinstatement was offered in time, whether or not
    the parent takes it up. It comes on top of the money that follows the pupil (R68).

    Pounds. Raises nothing. Source: SI 2012/1033 regs 7, 16(5)(b), 25. Within how many days an academy pays was not
    found, and no date is given for it.
    """
    because = _why_not(result, reconsideration, today)
    if because:
        return PaymentAnswer(Decimal(0), PaidHow.NOT_PAID, because)
    how = PaidHow.PAYMENT if kind is SchoolKind.ACADEMY else PaidHow.BUDGET_SHARE
    met_late = reconsideration.on is None or reconsideration.on > reconsideration.due
    said = "R43: not reconsidered in time" if met_late else "R43: quashed, and not reinstated"
    return PaymentAnswer(AMOUNT, how, said)


def _why_not(result: PanelResult, reconsideration: Reconsideration, today: date) -> str | None:
    if result is not PanelResult.QUASHED:
        return "R43: the panel did not quash the exclusion"
    if reconsideration.on is None:
        return None if today > reconsideration.due else "R43: the board may still reconsider in time"
    if reconsideration.on <= reconsideration.due and reconsideration.offers_reinstatement:
        return "R43: reinstatement was offered in time"
    return None
