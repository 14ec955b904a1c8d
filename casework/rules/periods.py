"""Academic years, terms and the periods that reports are about.

Two different boundaries are in use and must not be mixed. The *school year* of the exclusion rules
(D9) begins on a school's own first school day after 31 July and needs a calendar: see
`casework.rules.calendar`. The *academic year* of statistics, here, runs from 1 August to 31 July
for every school, so that each first day falls in exactly one year and in exactly one term.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A statutory term, in the order in which the three fall."""

    AUTUMN = "autumn"
    SPRING = "spring"
    SUMMER = "summer"


def easter_monday(year: int) -> date:
    """Return Easter Monday of a calendar year.

    Easter Sunday comes from the anonymous Gregorian algorithm, right for every year from 1583.
    Easter Monday is one of the reference dates of SI 2012/1033 reg 2 (D8).
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1) + timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class AcademicYear:
    """The year from 1 August of `first_year` to 31 July of the next, both included."""

    first_year: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read '2020/21' or '202021'.

        Raises ValueError, with words fit for a person, for any other shape and for two years that
        do not follow each other.
        """
        found = re.fullmatch(r"(\d{4})/?(\d{2})", text.strip(), re.ASCII)
        if not found:
            raise ValueError(f"'{text}' is not an academic year. Write it like 2020/21.")
        first, second = int(found[1]), int(found[2])
        if not 1900 <= first <= 9000 or (first + 1) % 100 != second:
            raise ValueError(f"'{text}' is not an academic year: the second year must follow the first, as in 2020/21.")
        return cls(first)

    @classmethod
    def of(cls, on: date) -> Self:
        """Return the academic year, 1 August to 31 July, that a day falls in."""
        return cls(on.year if on.month >= 8 else on.year - 1)

    @property
    def label(self) -> str:
        """The year as it is printed: '2020/21'."""
        return f"{self.first_year}/{(self.first_year + 1) % 100:02d}"

    @property
    def code(self) -> str:
        """The year as the DfE's files write it: '202021'."""
        return self.label.replace("/", "")

    @property
    def first(self) -> date:
        """1 August of the first year."""
        return date(self.first_year, 8, 1)

    @property
    def last(self) -> date:
        """31 July of the second year."""
        return date(self.first_year + 1, 7, 31)

    def contains(self, on: date) -> bool:
        """Tell whether a day falls in the year, first and last day included."""
        return self.first <= on <= self.last

    def previous(self) -> "AcademicYear":
        """Return the academic year before."""
        return AcademicYear(self.first_year - 1)

    def following(self) -> "AcademicYear":
        """Return the academic year after."""
        return AcademicYear(self.first_year + 1)

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Period:
    """An academic year, or one term of it: what a report or a set of figures is about.

    An exclusion belongs to the period of its first day. Without `bounds` the terms are those of
    D8 (autumn 1 August to 31 December, spring 1 January to Easter Monday, summer to 31 July), so
    that the three terms add up to the year. `bounds` (first and last day, both included) puts an
    authority's own term in their place.
    """

    year: AcademicYear
    term: Term | None = None
    bounds: tuple[date, date] | None = None

    def __post_init__(self) -> None:
        if self.bounds and self.bounds[0] > self.bounds[1]:
            first, last = self.bounds
            raise ValueError(f"The period ends on {last} before it begins on {first}.")

    @classmethod
    def parse(cls, text: str, *, bounds: tuple[date, date] | None = None) -> Self:
        """Read '2020/21' (an academic year) or '2020/21-autumn' (a term).

        Raises ValueError, with words fit for a person, for anything else.
        """
        year, dash, term = text.strip().partition("-")
        if not dash:
            return cls(AcademicYear.parse(year), None, bounds)
        if term not in set(Term):
            raise ValueError(f"'{term}' is not a term. Write autumn, spring or summer, as in 2020/21-autumn.")
        return cls(AcademicYear.parse(year), Term(term), bounds)

    @property
    def key(self) -> str:
        """The period as commands and addresses write it: '2020/21-autumn'."""
        return f"{self.year.label}-{self.term}" if self.term else self.year.label

    @property
    def label(self) -> str:
        """The period in words: 'Autumn term 2020/21' or 'Academic year 2020/21'."""
        if self.term:
            return f"{self.term.capitalize()} term {self.year.label}"
        return f"Academic year {self.year.label}"

    @property
    def first(self) -> date:
        """First day of the period, included."""
        if self.bounds:
            return self.bounds[0]
        second_year = self.year.first_year + 1
        if self.term is Term.SPRING:
            return date(second_year, 1, 1)
        if self.term is Term.SUMMER:
            return easter_monday(second_year) + timedelta(days=1)
        return self.year.first

    @property
    def last(self) -> date:
        """Last day of the period, included."""
        if self.bounds:
            return self.bounds[1]
        if self.term is Term.AUTUMN:
            return date(self.year.first_year, 12, 31)
        if self.term is Term.SPRING:
            return easter_monday(self.year.first_year + 1)
        return self.year.last

    def contains(self, on: date) -> bool:
        """Tell whether an exclusion whose first day is `on` belongs to the period."""
        return self.first <= on <= self.last

    def previous(self) -> "Period":
        """Return the period of the same kind just before, with the bounds of D8.

        The term before an autumn term is the summer term of the year before.
        """
        if self.term is None:
            return Period(self.year.previous())
        if self.term is Term.AUTUMN:
            return Period(self.year.previous(), Term.SUMMER)
        return Period(self.year, Term.AUTUMN if self.term is Term.SPRING else Term.SPRING)

    def year_before(self) -> "Period":
        """Return the same term, or the whole, of the academic year before."""
        return Period(self.year.previous(), self.term)

    def terms(self) -> tuple["Period", ...]:
        """Return the terms that make up the period: three of a year, or the one term itself."""
        if self.term:
            return (self,)
        return tuple(Period(self.year, term) for term in Term)

    def __str__(self) -> str:
        return self.label
