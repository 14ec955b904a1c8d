"""The term and the year that a day falls in, as lists and figures understand them (D8, D9)."""

from datetime import date

from casework.rules.periods import AcademicYear, Period


def this_term(on: date) -> tuple[date, date]:
    """Return the first and last day of the statutory term of a day; the three terms make up the year."""
    term = next(term for term in Period(AcademicYear.of(on)).terms() if term.contains(on))
    return term.first, term.last


def this_year(on: date) -> tuple[date, date]:
    """Return the first and last day of the academic year of a day."""
    year = AcademicYear.of(on)
    return year.first, year.last
