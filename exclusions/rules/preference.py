"""Two permanent exclusions: how long parental preference need not be met (R57)."""

from datetime import date

from casework.rules.calendar import ONE_DAY
from casework.rules.terms import NcYear
from exclusions.rules import sources
from exclusions.rules.deadlines import Basis, Deadline, Key, NotOpened, Opened
from exclusions.rules.events import SecondPermanentExclusion
from exclusions.rules.sixth_day import PupilFacts
from exclusions.rules.terms import DutyHolder

YEARS = 2
BELOW_SCHOOL_AGE = frozenset({NcYear.N1, NcYear.N2, NcYear.R})


def last_day_of_two_years(took_effect_on: date) -> date:
    """Return the last day of the two years that begin with a day, in calendar days (R57, D6).

    14 January 2026 gives 13 January 2028. Two years that begin on 29 February end on the 28th. Raises ValueError past
    the year 9999. Source: School Standards and Framework Act 1998 s87(1).
    """
    year = took_effect_on.year + YEARS
    try:
        resumes_on = took_effect_on.replace(year=year)
    except ValueError:
        resumes_on = date(year, 3, 1)
    return resumes_on - ONE_DAY


def preference_suspended_until(
    event: SecondPermanentExclusion, basis: Basis, *, pupil: PupilFacts, quashed: bool
) -> Opened:
    """Return the last day on which preference need not be met, or why it must (R57).

    Two years beginning with the day on which the latest of two or more permanent exclusions took effect. An exclusion
    that a review quashed is not counted, nor that of a child below compulsory school age: one in Nursery or Reception
    and not of compulsory school age, since a child above it is not of that age either.

    Raises ValueError past the year 9999. Source: School Standards and Framework Act 1998 s87(1) to (3A).
    """
    if quashed:
        return NotOpened(event.id, Key.PREFERENCE_SUSPENDED_UNTIL, "R57: a review quashed one of the exclusions")
    if not pupil.compulsory_school_age and pupil.nc_year in BELOW_SCHOOL_AGE:
        return NotOpened(event.id, Key.PREFERENCE_SUSPENDED_UNTIL, "R57: below compulsory school age")
    return Deadline(
        event=event.id,
        key=Key.PREFERENCE_SUSPENDED_UNTIL,
        rule="R57",
        source=(sources.STANDARDS_ACT_1998_PREFERENCE,),
        rule_set=basis.rule_set,
        duty_holder=DutyHolder.ADMISSION_AUTHORITY,
        due=last_day_of_two_years(event.took_effect_on),
        counted_from=event.took_effect_on,
    )
