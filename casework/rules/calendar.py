"""The school calendar: which days are school days, and how the rules count them.

Paragraphs D1 to D9 are those of the project's rule book. Every count returns its working, a row for
each day looked at, so that a page can show why a date is what it is. The calendar never guesses: a
day that it does not cover is the error `NoTermDates`.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from casework.rules.periods import AcademicYear, Term, easter_monday

LONGEST_HOLIDAY = 50
"""Most days that may lie between two spells: a longer gap is a forgotten term, not a holiday."""

ONE_DAY = timedelta(days=1)


class BadCalendar(ValueError):
    """The term dates contradict each other; `days` are the days at fault."""

    def __init__(self, message: str, *days: date) -> None:
        super().__init__(message)
        self.days = days


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


@dataclass(frozen=True, slots=True)
class Count:
    """A date reached by counting school days, and every day looked at on the way.

    `counted_from` is day 1 for an nth-day count (D4), and day 0, without a row, for a count after
    an event (D3).
    """

    due: date
    counted_from: date
    working: tuple[DayLookedAt, ...]


@dataclass(frozen=True, slots=True)
class StatutoryTerm:
    """A term in the sense of D8: the one in which days of suspension are added up."""

    name: Term
    school_year: AcademicYear

    @property
    def label(self) -> str:
        """The term in words: 'Autumn term 2020/21'."""
        return f"{self.name.capitalize()} term {self.school_year.label}"


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """One school's calendar (D1, D2): spells of attendance less the days that it was shut.

    `closed` holds days planned without pupils (INSET; those outside every spell are ignored),
    `unplanned_closures` days lost to snow and the like (AMB-5). Spells come in date order.

    Raises BadCalendar when a spell is reversed, out of order or overlaps another, when a term has
    no known name, when only some spells are named, and when a two-term school names none.
    """

    spells: tuple[Spell, ...]
    closed: frozenset[date] = frozenset()
    unplanned_closures: frozenset[date] = frozenset()
    bank_holidays: frozenset[date] = frozenset()
    terms_in_year: int = 3
    _firsts: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _known: dict[date, Skipped | None] = field(init=False, repr=False, compare=False)
    _in_spell: dict[int, tuple[date, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_spells(self.spells)
        _check_terms(self.spells, self.terms_in_year)
        object.__setattr__(self, "_firsts", tuple(spell.first for spell in self.spells))
        object.__setattr__(self, "_known", {})
        object.__setattr__(self, "_in_spell", {})

    def without_unplanned_closures(self) -> "SchoolCalendar":
        """Return the calendar as it was timetabled: the second reading of AMB-5."""
        return replace(self, unplanned_closures=frozenset())

    # Single days

    def skip_reason(self, on: date) -> Skipped | None:
        """Return why a day is not a school day, or None for a school day (D1).

        Raises NoTermDates before the first spell, after the last, and within a gap between two
        spells of more than 50 days.
        """
        if on not in self._known:
            self._known[on] = self._reason(on, self._spell_of(on))
        return self._known[on]

    def is_school_day(self, on: date) -> bool:
        """Tell whether the school meets on a day (D1). Raises NoTermDates."""
        return self.skip_reason(on) is None

    def looked_at(self, on: date) -> DayLookedAt:
        """Return the day as a row of a working, without a number. Raises NoTermDates."""
        return DayLookedAt(on, None, self.skip_reason(on))

    def next_school_day(self, on: date) -> date:
        """Return the first school day on or after a day. Raises NoTermDates."""
        while not self.is_school_day(on):
            on += ONE_DAY
        return on

    def school_day_after(self, on: date) -> date:
        """Return the first school day strictly after a day. Raises NoTermDates for either."""
        self.skip_reason(on)
        return self.next_school_day(on + ONE_DAY)

    def school_day_before(self, on: date) -> date:
        """Return the last school day strictly before a day. Raises NoTermDates."""
        on -= ONE_DAY
        while not self.is_school_day(on):
            on -= ONE_DAY
        return on

    # Counts

    def nth_school_day(self, first_day: date, n: int) -> Count:
        """Return the nth school day of a stretch that begins on `first_day` (D4).

        The first day counts 1 if it is a school day; otherwise the next school day does, and the
        first day is a skipped row of the working. Raises NoTermDates, and ValueError for n under 1.
        """
        return self._count(first_day, first_day, n)

    def school_days_after(self, event_day: date, n: int) -> Count:
        """Return the nth school day after an event (D3).

        The event's day is day 0 and has no row, whether or not it is a school day. Raises
        NoTermDates, also for the event's day, and ValueError for n under 1.
        """
        self.skip_reason(event_day)
        return self._count(event_day, event_day + ONE_DAY, n)

    def school_days_between(self, first: date, last: date) -> list[date]:
        """Return the school days from `first` to `last`, both included; none if reversed.

        Raises NoTermDates when any day of the stretch lies outside the calendar.
        """
        if last < first:
            return []
        here, there = self._spell_of(first), self._spell_of(last)
        self._check_gaps(here, there, first)
        found: list[date] = []
        for index in range(here, there + 1):
            days = self._school_days_of_spell(index)
            found += days[bisect_left(days, first) : bisect_right(days, last)]
        return found

    def days_until(self, today: date, due: date) -> int:
        """Return how many school days lie after `today` up to and including `due`.

        Negative when `due` has passed: the school days after it up to and including today. Raises
        NoTermDates when either day, or a day between, lies outside the calendar.
        """
        self.skip_reason(today)
        self.skip_reason(due)
        if today <= due:
            return len(self.school_days_between(today + ONE_DAY, due))
        return -len(self.school_days_between(due + ONE_DAY, today))

    # Terms and years

    def school_year_of(self, on: date) -> AcademicYear:
        """Return the school year of a day (D9).

        The year begins on the first school day after 31 July: an August day before it belongs to
        the year that is ending. Raises NoTermDates.
        """
        self.skip_reason(on)
        year = AcademicYear.of(on)
        if on.month < 8:
            return year
        reaches = bisect_left(self.spells, year.first, key=lambda spell: spell.last)
        begun = (
            bisect_right(days, on) > bisect_left(days, year.first)
            for days in map(self._school_days_of_spell, range(reaches, self._spell_of(on) + 1))
        )
        return year if any(begun) else year.previous()

    def statutory_term(self, on: date) -> StatutoryTerm:
        """Return the statutory term of a day (D8).

        A school of two or three terms whose spells are named has its own terms; a holiday belongs
        to the term before it. Otherwise terms end on 31 December, Easter Monday and 31 July, and
        August days before the first school day belong to the summer term. Raises NoTermDates.
        """
        school_year = self.school_year_of(on)
        if on > school_year.last:
            return StatutoryTerm(Term.SUMMER, school_year)
        named = self.spells[self._spell_of(on)].term
        if named and 2 <= self.terms_in_year <= 3:
            return StatutoryTerm(Term(named), school_year)
        if on.year == school_year.first_year:
            return StatutoryTerm(Term.AUTUMN, school_year)
        is_spring = on <= easter_monday(on.year)
        return StatutoryTerm(Term.SPRING if is_spring else Term.SUMMER, school_year)

    # Within

    def _spell_of(self, on: date) -> int:
        """Return the index of the spell that a day falls in or follows. Raises NoTermDates."""
        index = bisect_right(self._firsts, on) - 1
        if index < 0:
            raise NoTermDates(on)
        if on <= self.spells[index].last:
            return index
        if index + 1 == len(self.spells) or self._gap_after(index) > LONGEST_HOLIDAY:
            raise NoTermDates(on)
        return index

    def _gap_after(self, index: int) -> int:
        return (self.spells[index + 1].first - self.spells[index].last).days - 1

    def _check_gaps(self, here: int, there: int, first: date) -> None:
        for index in range(here, there):
            if self._gap_after(index) > LONGEST_HOLIDAY:
                raise NoTermDates(max(first, self.spells[index].last + ONE_DAY))

    def _reason(self, on: date, index: int) -> Skipped | None:
        if on.weekday() >= 5:
            return Skipped.WEEKEND
        if on in self.bank_holidays:
            return Skipped.BANK_HOLIDAY
        if on > self.spells[index].last:
            return Skipped.HOLIDAY
        if on in self.closed:
            return Skipped.CLOSED
        if on in self.unplanned_closures:
            return Skipped.UNPLANNED_CLOSURE
        return None

    def _school_days_of_spell(self, index: int) -> tuple[date, ...]:
        if index not in self._in_spell:
            spell = self.spells[index]
            days = (spell.first + timedelta(n) for n in range((spell.last - spell.first).days + 1))
            self._in_spell[index] = tuple(d for d in days if self._reason(d, index) is None)
        return self._in_spell[index]

    def _count(self, counted_from: date, on: date, n: int) -> Count:
        if n < 1:
            raise ValueError(f"A count of school days begins at 1, not at {n}.")
        working: list[DayLookedAt] = []
        count = 0
        while True:
            skipped = self.skip_reason(on)
            count += skipped is None
            working.append(DayLookedAt(on, count if skipped is None else None, skipped))
            if count == n:
                return Count(on, counted_from, tuple(working))
            on += ONE_DAY


def _check_spells(spells: tuple[Spell, ...]) -> None:
    for spell in spells:
        if spell.last < spell.first:
            raise BadCalendar(
                f"the spell that begins on {spell.first} ends before it, on {spell.last}",
                spell.first,
                spell.last,
            )
    for before, after in zip(spells, spells[1:], strict=False):
        if after.first < before.first:
            raise BadCalendar(
                f"the spell from {after.first} stands after the spell from {before.first}: put them in date order",
                before.first,
                after.first,
            )
        if after.first <= before.last:
            raise BadCalendar(
                f"the spell from {after.first} begins before the one to {before.last} has ended",
                before.last,
                after.first,
            )


def _check_terms(spells: tuple[Spell, ...], terms_in_year: int) -> None:
    if terms_in_year < 1:
        raise BadCalendar(f"a school year has at least one term, not {terms_in_year}")
    unnamed = [spell.first for spell in spells if spell.term is None]
    if terms_in_year == 2 and unnamed:
        raise BadCalendar(f"a school of two terms must name the term of the spell from {unnamed[0]}", unnamed[0])
    if unnamed and len(unnamed) < len(spells):
        raise BadCalendar(f"the spell from {unnamed[0]} has no term, although others have", unnamed[0])
    for spell in spells:
        if spell.term is not None and spell.term not in set(Term):
            raise BadCalendar(
                f"'{spell.term}', the term of the spell from {spell.first}, is not autumn, spring or summer",
                spell.first,
            )
