"""Days of suspension: half days, totals of a term and a year, bands, and the 45-day limit.

Inside, everything is counted in whole half days, so that nothing is ever rounded (D7); what leaves
a function is in school days, a multiple of 0.5.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from casework.rules.calendar import SchoolCalendar, StatutoryTerm
from exclusions.rules.terms import Kind, Session

Where = TypeVar("Where", bound=Hashable)

YEAR_LIMIT = 90
"""The most half days of suspension in a school year: 45 school days (R3)."""

YEAR_NEAR = (60, 80)
"""Half days of a year past which to warn: 30 and 40 school days (R3)."""

FIVE_DAYS = 10
FIFTEEN_DAYS = 30


class NotAPeriod(ValueError):
    """A first and a last session that do not make a suspension."""


class NotHalfDays(ValueError):
    """A length that is not a positive multiple of half a school day."""


class Band(StrEnum):
    """The governing board's duty by the school days of the term (R28)."""

    UP_TO_FIVE = "1"
    UP_TO_FIFTEEN_UNCONTESTED = "2n"
    UP_TO_FIFTEEN = "2"
    OVER_FIFTEEN = "3"
    PERMANENT = "4"
    LOSES_EXAM = "X"


class Warn(StrEnum):
    """What to warn of as an event is recorded."""

    YEAR_CAP = "year_cap"
    YEAR_NEAR = "year_near"
    BAND_NEAR = "band_near"


_BAND_ORDER = tuple(Band)


@dataclass(frozen=True, slots=True)
class SuspendedDay:
    """The parts of one school day that a pupil was suspended for.

    `charged_to` is the term that the day belongs to, None for the one it falls in: the second reading of AMB-6 puts all
    days of a suspension over two terms in the term of the decision.
    """

    on: date
    morning: bool = False
    afternoon: bool = False
    lunchtime: bool = False
    charged_to: StatutoryTerm | None = None

    @property
    def half_days(self) -> int:
        """Half days lost: a lunchtime is one (R2), and no day is more than two (D7)."""
        parts = self.morning + self.afternoon + self.lunchtime
        return parts if parts < 2 else 2

    @property
    def is_out_of_lessons(self) -> bool:
        """Whether a morning or an afternoon was lost, and not a lunchtime alone."""
        return self.morning or self.afternoon


@dataclass(frozen=True, slots=True)
class TermTotal:
    """The school days of one statutory term and the band that they fall in."""

    term: StatutoryTerm
    term_days: float
    band: Band


@dataclass(frozen=True, slots=True)
class Totals:
    """School days of suspension up to and including an event, across schools.

    `by_term` has a row for each term when the event straddles two, else none; `term_days` and
    `band` are then those of the higher band. `year_days_left` is never below nought.
    """

    term_days: float
    year_days: float
    year_days_left: float
    band: Band
    by_term: tuple[TermTotal, ...]
    warnings: tuple[Warn, ...]


def days_of(
    first_day: date,
    first_session: Session,
    last_day: date,
    last_session: Session,
    calendar: SchoolCalendar,
) -> tuple[SuspendedDay, ...]:
    """Return the school days of a suspension, from its first session to its last, both included.

    A suspension over lunchtimes has LUNCH as first and as last session, and takes the lunchtime of
    every school day. Raises NotAPeriod when it ends before it begins or when a lunchtime is joined
    to a morning or afternoon, and NoTermDates outside the calendar.
    """
    lunchtimes = first_session is Session.LUNCHTIME
    if lunchtimes != (last_session is Session.LUNCHTIME):
        raise NotAPeriod("A lunchtime suspension begins and ends with a lunchtime.")
    ends_at_noon = last_session is Session.MORNING
    begins_at_noon = first_session is Session.AFTERNOON
    if last_day < first_day or (last_day == first_day and ends_at_noon and begins_at_noon):
        raise NotAPeriod("The suspension ends before it begins: check its first and last day.")
    days = calendar.school_days_between(first_day, last_day)
    if lunchtimes:
        return tuple(SuspendedDay(on, lunchtime=True) for on in days)
    return tuple(
        SuspendedDay(
            on,
            morning=not (begins_at_noon and on == first_day),
            afternoon=not (ends_at_noon and on == last_day),
        )
        for on in days
    )


def days_from_length(first_day: date, length: float, calendar: SchoolCalendar) -> tuple[SuspendedDay, ...]:
    """Return the school days of a suspension of `length` school days from its first day.

    An odd half is taken as the afternoon of the first school day. Raises NotHalfDays unless the
    length is a positive multiple of 0.5, and NoTermDates outside the calendar.
    """
    half_days = length * 2
    if half_days < 1 or half_days != int(half_days):
        raise NotHalfDays(f"{length} is not a number of half days: write it like 3 or 1.5")
    odd = int(half_days) % 2
    count = calendar.nth_school_day(first_day, (int(half_days) + odd) // 2)
    counted = [row.on for row in count.working if row.count]
    return tuple(SuspendedDay(on, morning=not (odd and on == counted[0]), afternoon=True) for on in counted)


def return_on(days: Sequence[SuspendedDay], calendar: SchoolCalendar) -> date:
    """Return the day on which a pupil may come back after a suspension.

    The same day when its last afternoon is not lost, otherwise the next school day. Raises
    NoTermDates when the calendar ends with the suspension, ValueError without any day.
    """
    if not days:
        raise ValueError("A suspension has at least one school day.")
    last = days[-1]
    return calendar.school_day_after(last.on) if last.afternoon else last.on


def band_of(
    half_days: int,
    *,
    kind: Kind = Kind.SUSPENSION,
    representations: bool = False,
    loses_exam: bool = False,
) -> Band:
    """Return the band of a term's half days, the new suspension included (R28).

    Exactly five school days is band 1 and exactly fifteen band 2. Losing a public examination or a
    national curriculum test comes first, then the permanent exclusion.
    """
    if loses_exam:
        return Band.LOSES_EXAM
    if kind is Kind.PERMANENT:
        return Band.PERMANENT
    if half_days > FIFTEEN_DAYS:
        return Band.OVER_FIFTEEN
    if half_days > FIVE_DAYS:
        return Band.UP_TO_FIFTEEN if representations else Band.UP_TO_FIFTEEN_UNCONTESTED
    return Band.UP_TO_FIVE


def totals(
    *,
    kind: Kind,
    first_day: date,
    days: Sequence[SuspendedDay],
    earlier: Iterable[SuspendedDay],
    calendar: SchoolCalendar,
    representations: bool = False,
    loses_exam: bool = False,
    out_before_cancelling: Iterable[SuspendedDay] = (),
) -> Totals:
    """Return the totals of term and year with an event, its band and what to warn of (R2, R3, R28).

    `days` are those of the event itself, none for a permanent exclusion, which adds no days.
    `earlier` are those of every earlier suspension of the pupil, at any school. Days out under a
    permanent exclusion before it was cancelled, `out_before_cancelling`, count in the year alone:
    R6 adds them to the 45 and says nothing of the term. Terms and years are those of `calendar`,
    the excluding school's. A day recorded twice counts its sessions once, and is never more than 1.0
    (D7). Each day belongs to the term it falls in, or the one it is charged to (AMB-6).

    Raises NoTermDates for a day of the school year that the calendar does not cover.
    """
    own = () if kind is Kind.PERMANENT else tuple(days)
    touched = [day.on for day in own] or [first_day]
    oldest = min(calendar.school_year_of(on) for on in touched)
    before = [day for day in earlier if day.on >= oldest.first]
    in_year_before = _merged([*before, *(day for day in out_before_cancelling if day.on >= oldest.first)])
    in_year = _merged([*in_year_before, *own])

    by_term: list[TermTotal] = []
    in_terms = _half_days_of_terms([*before, *own], calendar)
    own_terms = [day.charged_to or calendar.statutory_term(day.on) for day in own]
    for term in dict.fromkeys(own_terms or [calendar.statutory_term(first_day)]):
        half_days = in_terms.get(term, 0)
        band = band_of(half_days, kind=kind, representations=representations, loses_exam=loses_exam)
        by_term.append(TermTotal(term, half_days / 2, band))
    highest = max(by_term, key=lambda total: (_BAND_ORDER.index(total.band), total.term_days))
    in_years = _half_days_by(calendar.school_year_of, in_year)
    fullest = max(map(calendar.school_year_of, touched), key=lambda year: in_years.get(year, 0))
    year_before = _half_days_by(calendar.school_year_of, in_year_before).get(fullest, 0)
    year_after = in_years.get(fullest, 0)
    return Totals(
        term_days=highest.term_days,
        year_days=year_after / 2,
        year_days_left=max(YEAR_LIMIT - year_after, 0) / 2,
        band=highest.band,
        by_term=tuple(by_term) if len(by_term) > 1 else (),
        warnings=_warnings(year_before, year_after, by_term) if own else (),
    )


def days_in_fullest_year(days: Iterable[SuspendedDay], touched: Iterable[date], calendar: SchoolCalendar) -> float:
    """Return the most school days of suspension in any school year that one of the days `touched` belongs to.

    Raises NoTermDates.
    """
    in_years = _half_days_by(calendar.school_year_of, _merged(days))
    return max(in_years.get(calendar.school_year_of(on), 0) for on in touched) / 2


def _merged(days: Iterable[SuspendedDay]) -> list[SuspendedDay]:
    by_day: dict[date, SuspendedDay] = {}
    for day in days:
        known = by_day.setdefault(day.on, day)
        if known != day:
            by_day[day.on] = SuspendedDay(
                day.on,
                morning=known.morning or day.morning,
                afternoon=known.afternoon or day.afternoon,
                lunchtime=known.lunchtime or day.lunchtime,
            )
    return list(by_day.values())


def _half_days_of_terms(days: Iterable[SuspendedDay], calendar: SchoolCalendar) -> dict[StatutoryTerm, int]:
    in_terms: dict[StatutoryTerm, list[SuspendedDay]] = {}
    for day in days:
        in_terms.setdefault(day.charged_to or calendar.statutory_term(day.on), []).append(day)
    return {term: sum(day.half_days for day in _merged(those)) for term, those in in_terms.items()}


def _half_days_by(of: Callable[[date], Where], days: Iterable[SuspendedDay]) -> dict[Where, int]:
    found: dict[Where, int] = {}
    for day in days:
        where = of(day.on)
        found[where] = found.get(where, 0) + day.half_days
    return found


def _warnings(before: int, after: int, by_term: Sequence[TermTotal]) -> tuple[Warn, ...]:
    found: list[Warn] = []
    if after > YEAR_LIMIT:
        found.append(Warn.YEAR_CAP)
    elif any(before <= limit < after for limit in YEAR_NEAR):
        found.append(Warn.YEAR_NEAR)
    if any(_is_near(round(total.term_days * 2)) for total in by_term):
        found.append(Warn.BAND_NEAR)
    return tuple(found)


def _is_near(half_days: int) -> bool:
    """Tell whether one more school day, or less, would pass 5 or 15."""
    return any(limit - 2 < half_days <= limit for limit in (FIVE_DAYS, FIFTEEN_DAYS))
