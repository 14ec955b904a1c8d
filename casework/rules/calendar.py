"""The school calendar: which days are school days, and how the rules count them.

Paragraphs D1 to D9 are those of the project's rule book. Every count knows its working, a row for
each day looked at, so that a page can show why a date is what it is. The calendar never guesses: a
day that it does not cover is the error `NoTermDates`.

A date is reached by its place in the list of school days, not by walking to it, since one calendar
serves thousands of cases; the working walks, and only when somebody asks to see it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import overload

from casework.rules.periods import AcademicYear, Term, easter_monday

LONGEST_HOLIDAY = 50
"""Most days that may lie between two spells: a longer gap is a forgotten term, not a holiday."""

ONE_DAY = timedelta(days=1)
SATURDAY = 5
AUGUST = 8


class BadCalendar(ValueError):
    """The term dates contradict each other.

    `days` are the days at fault, and `spell` the place of the spell at fault, None where it is no one spell.
    """

    def __init__(self, message: str, *days: date, spell: int | None = None) -> None:
        super().__init__(message)
        self.days = days
        self.spell = spell


class NoTermDates(LookupError):
    """No term dates are held for the day `on`."""

    def __init__(self, on: date) -> None:
        super().__init__(f"no term dates for {on.isoformat()}")
        self.on = on


class Skipped(StrEnum):
    """Why a day is not counted."""

    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank holiday"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    UNPLANNED_CLOSURE = "unplanned closure"


@dataclass(frozen=True, slots=True)
class Spell:
    """An unbroken stretch in which pupils attend, `first` and `last` included, and its term."""

    first: date
    last: date
    term: str | None = None


@dataclass(frozen=True, slots=True)
class DayLookedAt:
    """One day of a working: counted with its number, or skipped with the reason."""

    on: date
    count: int | None
    skipped: Skipped | None


class Working(Sequence[DayLookedAt]):
    """Every day from `begins` to `due`, in that order, walked when somebody first looks; `due` may be the earlier."""

    __slots__ = ("_begins", "_calendar", "_due", "_rows")

    def __init__(self, calendar: "SchoolCalendar", begins: date, due: date) -> None:
        self._calendar, self._begins, self._due = calendar, begins, due
        self._rows: tuple[DayLookedAt, ...] | None = None

    @overload
    def __getitem__(self, place: int) -> DayLookedAt: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[DayLookedAt]: ...
    def __getitem__(self, place: int | slice) -> DayLookedAt | Sequence[DayLookedAt]:
        """Return the row at a place, or those of a slice."""
        return self._walked()[place]

    def __len__(self) -> int:
        """Return how many days were looked at."""
        return abs((self._due - self._begins).days) + 1

    def __eq__(self, other: object) -> bool:
        """Tell whether the rows are the same, however they are held."""
        return isinstance(other, Sequence) and self._walked() == tuple(other)

    def __hash__(self) -> int:
        """Return the hash of the rows."""
        return hash(self._walked())

    def _walked(self) -> tuple[DayLookedAt, ...]:
        if self._rows is None:
            step = ONE_DAY if self._begins <= self._due else -ONE_DAY
            rows, count = [], 0
            for number in range(len(self)):
                on = self._begins + number * step
                skipped = self._calendar.skip_reason(on)
                count += skipped is None
                rows.append(DayLookedAt(on, None if skipped else count, skipped))
            self._rows = tuple(rows)
        return self._rows


@dataclass(frozen=True, slots=True)
class Count:
    """A date reached by counting school days, and every day looked at on the way, in that order.

    `counted_from` is day 1 for an nth-day count (D4), and day 0, without a row, for a count after
    or before an event (D3).
    """

    due: date
    counted_from: date
    working: Sequence[DayLookedAt]


@dataclass(frozen=True, slots=True)
class StatutoryTerm:
    """A term in the sense of D8: the one in which days of suspension are added up.

    `name` is autumn, spring or summer, or what a school of two or three terms calls its own.
    """

    name: str
    school_year: AcademicYear

    @property
    def label(self) -> str:
        """The term in words: 'Autumn term 2020/21'."""
        return f"{self.name.capitalize()} term {self.school_year.label}"


@dataclass(slots=True)
class _Memory:
    """What a calendar has worked out already. It only ever grows, and never changes an answer."""

    known: dict[date, Skipped | None] = field(default_factory=dict)
    school_days: tuple[date, ...] | None = None
    years: dict[date, AcademicYear] = field(default_factory=dict)
    terms: dict[date, StatutoryTerm] = field(default_factory=dict)
    timetabled: "SchoolCalendar | None" = None


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """One school's calendar (D1, D2): spells of attendance less the days that it was shut.

    `closed` holds days planned without pupils (INSET; those outside every spell are ignored),
    `unplanned_closures` days lost to snow and the like (AMB-5). Spells come in date order.

    Raises BadCalendar when a spell is reversed, out of order or overlaps another, when only some
    spells name their term, and when a two-term school names none.
    """

    spells: tuple[Spell, ...]
    closed: frozenset[date] = frozenset()
    unplanned_closures: frozenset[date] = frozenset()
    bank_holidays: frozenset[date] = frozenset()
    terms_in_year: int = 3
    _firsts: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _stretches: tuple[tuple[date, date], ...] = field(init=False, repr=False, compare=False)
    _memory: _Memory = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_spells(self.spells)
        _check_terms(self.spells, self.terms_in_year)
        object.__setattr__(self, "_firsts", tuple(spell.first for spell in self.spells))
        object.__setattr__(self, "_stretches", _stretches_of(self.spells))
        object.__setattr__(self, "_memory", _Memory())

    def without_unplanned_closures(self) -> "SchoolCalendar":
        """Return the calendar as it was timetabled: the second reading of AMB-5."""
        if not self.unplanned_closures:
            return self
        if self._memory.timetabled is None:
            self._memory.timetabled = replace(self, unplanned_closures=frozenset())
        return self._memory.timetabled

    # Single days

    def skip_reason(self, on: date) -> Skipped | None:
        """Return why a day is not a school day, or None for a school day (D1).

        Raises NoTermDates before the first spell, after the last, and within a gap between two
        spells of more than 50 days.
        """
        known = self._memory.known
        if on not in known:
            known[on] = self._reason(on)
        return known[on]

    def is_school_day(self, on: date) -> bool:
        """Tell whether the school meets on a day (D1). Raises NoTermDates."""
        return self.skip_reason(on) is None

    def looked_at(self, on: date) -> DayLookedAt:
        """Return the day as a row of a working, without a number. Raises NoTermDates."""
        return DayLookedAt(on, None, self.skip_reason(on))

    def next_school_day(self, on: date) -> date:
        """Return the first school day on or after a day. Raises NoTermDates."""
        return self._forward(on, 1)

    def school_day_after(self, on: date) -> date:
        """Return the first school day strictly after a day. Raises NoTermDates for either."""
        return self.school_days_after(on, 1).due

    def school_day_before(self, on: date) -> date:
        """Return the last school day strictly before a day. Raises NoTermDates."""
        return self._back(on - ONE_DAY, 1)

    # Counts

    def nth_school_day(self, first_day: date, n: int) -> Count:
        """Return the nth school day of a stretch that begins on `first_day` (D4).

        The first day counts 1 if it is a school day; otherwise the next school day does, and the
        first day is a skipped row of the working. Raises NoTermDates, and ValueError for n under 1.
        """
        due = self._forward(first_day, n)
        return Count(due, first_day, Working(self, first_day, due))

    def school_days_after(self, event_day: date, n: int) -> Count:
        """Return the nth school day after an event (D3).

        The event's day is day 0 and has no row, whether or not it is a school day. Raises
        NoTermDates, also for the event's day, and ValueError for n under 1.
        """
        self._stretch_of(event_day)
        begins = event_day + ONE_DAY
        due = self._forward(begins, n)
        return Count(due, event_day, Working(self, begins, due))

    def school_days_before(self, event_day: date, n: int) -> Count:
        """Return the nth school day before an event, stepping back (R48; the day before an examination, R28).

        The event's day is day 0 and has no row. Raises NoTermDates, also for the event's day, and
        ValueError for n under 1.
        """
        self._stretch_of(event_day)
        begins = event_day - ONE_DAY
        due = self._back(begins, n)
        return Count(due, event_day, Working(self, begins, due))

    def school_days_between(self, first: date, last: date) -> list[date]:
        """Return the school days from `first` to `last`, both included; none if reversed.

        Raises NoTermDates when any day of the stretch lies outside the calendar.
        """
        if last < first:
            return []
        _, end = self._stretch_of(first)
        if last > end:
            raise NoTermDates(end + ONE_DAY)
        days = self._school_days()
        return list(days[bisect_left(days, first) : bisect_right(days, last)])

    def days_until(self, today: date, due: date) -> int:
        """Return how many school days lie after `today` up to and including `due`.

        Negative when `due` has passed: the school days after it up to and including today. Raises
        NoTermDates when either day, or a day between, lies outside the calendar.
        """
        self._stretch_of(today)
        self._stretch_of(due)
        if today <= due:
            return len(self.school_days_between(today + ONE_DAY, due))
        return -len(self.school_days_between(due + ONE_DAY, today))

    # Terms and years

    def school_year_of(self, on: date) -> AcademicYear:
        """Return the school year of a day (D9).

        The year begins on the first school day after 31 July: an August day before it belongs to
        the year that is ending. Raises NoTermDates.
        """
        years = self._memory.years
        if on not in years:
            years[on] = self._school_year_of(on)
        return years[on]

    def statutory_term(self, on: date) -> StatutoryTerm:
        """Return the statutory term of a day (D8).

        A school of two or three terms whose spells are named has its own terms; a holiday belongs
        to the term before it. Otherwise terms end on 31 December, Easter Monday and 31 July, and
        August days before the first school day belong to the summer term. Raises NoTermDates.
        """
        terms = self._memory.terms
        if on not in terms:
            terms[on] = self._statutory_term(on)
        return terms[on]

    # Within

    def _stretch_of(self, on: date) -> tuple[date, date]:
        """Return the first and last day of the unbroken part of the calendar round a day. Raises NoTermDates."""
        index = bisect_right(self._stretches, on, key=_first) - 1
        if index < 0 or on > self._stretches[index][1]:
            raise NoTermDates(on)
        return self._stretches[index]

    def _forward(self, on: date, n: int) -> date:
        """Return the nth school day on or after a day."""
        _, end = self._stretch_of(on)
        days = self._school_days()
        place = bisect_left(days, on) + _at_least_one(n) - 1
        if place >= len(days) or days[place] > end:
            raise NoTermDates(end + ONE_DAY)
        return days[place]

    def _back(self, on: date, n: int) -> date:
        """Return the nth school day on or before a day, stepping back."""
        start, _ = self._stretch_of(on)
        days = self._school_days()
        place = bisect_right(days, on) - _at_least_one(n)
        if place < 0 or days[place] < start:
            raise NoTermDates(start - ONE_DAY)
        return days[place]

    def _reason(self, on: date) -> Skipped | None:
        self._stretch_of(on)
        if on.weekday() >= SATURDAY:
            return Skipped.WEEKEND
        if on in self.bank_holidays:
            return Skipped.BANK_HOLIDAY
        if on > self.spells[self._spell_of(on)].last:
            return Skipped.HOLIDAY
        if on in self.closed:
            return Skipped.CLOSED
        if on in self.unplanned_closures:
            return Skipped.UNPLANNED_CLOSURE
        return None

    def _spell_of(self, on: date) -> int:
        """Return the index of the spell that a day falls in or follows."""
        return bisect_right(self._firsts, on) - 1

    def _school_days(self) -> tuple[date, ...]:
        """Return every school day of the calendar, in order."""
        if self._memory.school_days is None:
            days = list(_weekdays(self.spells))
            for shut in self.bank_holidays | self.closed | self.unplanned_closures:
                place = bisect_left(days, shut)
                if days[place : place + 1] == [shut]:
                    del days[place]
            self._memory.school_days = tuple(days)
        return self._memory.school_days

    def _school_year_of(self, on: date) -> AcademicYear:
        self._stretch_of(on)
        year = AcademicYear.of(on)
        if on.month < AUGUST:
            return year
        days = self._school_days()
        has_begun = bisect_right(days, on) > bisect_left(days, year.first)
        return year if has_begun else year.previous()

    def _statutory_term(self, on: date) -> StatutoryTerm:
        school_year = self.school_year_of(on)
        if on > school_year.last:
            return StatutoryTerm(Term.SUMMER, school_year)
        named = self.spells[self._spell_of(on)].term
        if named and 2 <= self.terms_in_year <= 3:
            return StatutoryTerm(named, school_year)
        if on.year == school_year.first_year:
            return StatutoryTerm(Term.AUTUMN, school_year)
        is_spring = on <= easter_monday(on.year)
        return StatutoryTerm(Term.SPRING if is_spring else Term.SUMMER, school_year)


def _first(stretch: tuple[date, date]) -> date:
    return stretch[0]


def _at_least_one(n: int) -> int:
    if n < 1:
        raise ValueError(f"A count of school days begins at 1, not at {n}.")
    return n


def _stretches_of(spells: tuple[Spell, ...]) -> tuple[tuple[date, date], ...]:
    """Return the first and last days of the parts that no gap of more than 50 days divides."""
    found: list[tuple[date, date]] = []
    for spell in spells:
        if found and (spell.first - found[-1][1]).days - 1 <= LONGEST_HOLIDAY:
            found[-1] = (found[-1][0], spell.last)
        else:
            found.append((spell.first, spell.last))
    return tuple(found)


def _check_spells(spells: tuple[Spell, ...]) -> None:
    for place, spell in enumerate(spells):
        if spell.last < spell.first:
            raise BadCalendar(
                f"the spell that begins on {spell.first} ends before it, on {spell.last}",
                spell.first,
                spell.last,
                spell=place,
            )
    for place, (before, after) in enumerate(pairwise(spells), start=1):
        if after.first < before.first:
            raise BadCalendar(
                f"the spell from {after.first} stands after the spell from {before.first}: put them in date order",
                before.first,
                after.first,
                spell=place,
            )
        if after.first <= before.last:
            raise BadCalendar(
                f"the spell from {after.first} begins before the one to {before.last} has ended",
                before.last,
                after.first,
                spell=place,
            )


def _check_terms(spells: tuple[Spell, ...], terms_in_year: int) -> None:
    if terms_in_year < 1:
        raise BadCalendar(f"a school year has at least one term, not {terms_in_year}")
    unnamed = [spell.first for spell in spells if spell.term is None]
    if terms_in_year == 2 and unnamed:
        raise BadCalendar(f"a school of two terms must name the term of the spell from {unnamed[0]}", unnamed[0])
    if unnamed and len(unnamed) < len(spells):
        raise BadCalendar(f"the spell from {unnamed[0]} has no term, although others have", unnamed[0])


@lru_cache(maxsize=64)
def _weekdays(spells: tuple[Spell, ...]) -> tuple[date, ...]:
    """Return the days of the spells from Monday to Friday, in order.

    Kept, since the schools of an area have the same spells and differ in a few days only: a list works out a dozen
    calendars of ten years before it shows a row.
    """
    return tuple(
        date.fromordinal(number)
        for spell in spells
        for number in range(spell.first.toordinal(), spell.last.toordinal() + 1)
        # Day 1 of the year 1 was a Monday.
        if (number - 1) % 7 < SATURDAY
    )
