"""How soon a place must be found: under the fair access protocol, and for an in-year application (R54, R55)."""

from exclusions.rules import sources
from exclusions.rules.deadlines import Basis, Duty, Key, NotOpened, Opened
from exclusions.rules.events import FairAccessAgreed, InYearApplication
from exclusions.rules.letters import school_days_after_letter
from exclusions.rules.rule_sets import ADMISSIONS_CODE_2021_FROM
from exclusions.rules.terms import DutyHolder

ALLOCATE_WITHIN = 20
AIM_WITHIN, MUST_WITHIN = 10, 15

ALLOCATION = Duty(Key.FAIR_ACCESS_ALLOCATION, "R54", (sources.ADMISSIONS_CODE_FAIR_ACCESS,), DutyHolder.HOME_AUTHORITY)
"""The authority where the child lives answers for it (R25)."""
AIM = Duty(Key.IN_YEAR_AIM, "R55", (sources.ADMISSIONS_CODE_IN_YEAR,), DutyHolder.ADMISSION_AUTHORITY)
MUST = Duty(Key.IN_YEAR_MUST, "R55", (sources.ADMISSIONS_CODE_IN_YEAR,), DutyHolder.ADMISSION_AUTHORITY)


def fair_access_allocation(event: FairAccessAgreed, basis: Basis) -> Opened:
    """Return the last day on which a place must be allocated under the fair access protocol (R54).

    20 school days after the day on which it was agreed that the child comes under it: the first reading of AMB-9, and
    the only day that a request holds. Before 1 September 2021 protocols had no national figure.

    Raises NoTermDates. Source: School Admissions Code 2021, paras 3.14 to 3.16; the calendar is the authority's (D2).
    """
    if event.on < ADMISSIONS_CODE_2021_FROM:
        return NotOpened(event.id, ALLOCATION.key, "R54: no national limit before 1 September 2021")
    return _within(ALLOCATE_WITHIN, event, ALLOCATION, basis)


def in_year_aim(event: InYearApplication, basis: Basis) -> Opened:
    """Return the day to aim for in answering an in-year application, 10 school days after it was received (R55).

    Before 1 September 2021 there was none. Raises NoTermDates. Source: School Admissions Code 2021.
    """
    if event.on < ADMISSIONS_CODE_2021_FROM:
        return NotOpened(event.id, AIM.key, "R55: no such limit before 1 September 2021")
    return _within(AIM_WITHIN, event, AIM, basis)


def in_year_must(event: InYearApplication, basis: Basis) -> Opened:
    """Return the last day to answer an in-year application, 15 school days after it was received (R55).

    Before 1 September 2021 there was none. Raises NoTermDates. Source: School Admissions Code 2021.
    """
    if event.on < ADMISSIONS_CODE_2021_FROM:
        return NotOpened(event.id, MUST.key, "R55: no such limit before 1 September 2021")
    return _within(MUST_WITHIN, event, MUST, basis)


def _within(n: int, event: FairAccessAgreed | InYearApplication, duty: Duty, basis: Basis) -> Opened:
    span = school_days_after_letter(event.on, n, reaches_board_or_parent=False, basis=basis)
    return duty.falls_due(event.id, basis, span)
