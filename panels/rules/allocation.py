"""By when a place must be allocated under the fair access protocol, on each reading of its day nought (R54, AMB-9)."""

from dataclasses import dataclass
from datetime import date

from casework.rules.calendar import NoTermDates
from exclusions.rules.deadlines import Basis, Deadline
from exclusions.rules.events import FairAccessAgreed
from exclusions.rules.fair_access import fair_access_allocation
from exclusions.rules.readings import Ambiguity, readings_in_force


@dataclass(frozen=True, slots=True)
class AllocationDays:
    """The last days to allocate a place: `due` the earliest and `other_due` the latest that the readings in force leave open.

    `beside` is the day of a reading that is not in force, None where it is one of those two. `counted_from` is the day
    nought of the first reading in force, and `other_from` that of the other.
    """

    due: date
    other_due: date
    beside: date | None
    counted_from: date
    other_from: date


def allocation(agreed_on: date, referred_on: date, basis: Basis) -> AllocationDays | None:
    """Return by when a place must be allocated, None where no term dates reach so far or no limit was in force.

    20 school days after the day on which it was agreed that the child comes under the protocol, the first reading of
    AMB-9, or after the referral or an application's refusal before it, the second; `basis` says which is in force.

    Raises nothing. Source: R54; School Admissions Code 2021, paras 3.14 to 3.16.
    """
    days = {1: agreed_on, 2: referred_on}
    found = {number: _counted(day, basis) for number, day in days.items()}
    numbers = readings_in_force(Ambiguity.FAIR_ACCESS_DAY_ZERO, basis.settings)
    in_force = [day for number in numbers for day in found[number]]
    if not in_force:
        return None
    due, other_due = min(in_force), max(in_force)
    beside = {day for counted in found.values() for day in counted} - {due, other_due}
    return AllocationDays(due, other_due, min(beside, default=None), days[numbers[0]], days[3 - numbers[0]])


def _counted(day: date, basis: Basis) -> tuple[date, ...]:
    try:
        found = fair_access_allocation(FairAccessAgreed("placement", day), basis)
    except NoTermDates:
        return ()
    if not isinstance(found, Deadline) or found.due is None:
        return ()
    return (found.due, found.other_reading) if found.other_reading else (found.due,)
