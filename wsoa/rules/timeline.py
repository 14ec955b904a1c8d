"""Where days lie on the line of whole years that a plan's timeline is drawn on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Axis:
    """Whole calendar years, the first and the last included."""

    first_year: int
    last_year: int

    @property
    def years(self) -> range:
        """Every year of the line."""
        return range(self.first_year, self.last_year + 1)

    def begins(self, day: date) -> Fraction:
        """Return where a day begins as a share of the line: 0 for its first day. A day outside lies at its nearer end."""
        first, end = date(self.first_year, 1, 1), date(self.last_year + 1, 1, 1)
        return Fraction((min(max(day, first), end) - first).days, (end - first).days)

    def ends(self, day: date) -> Fraction:
        """Return where a day ends as a share of the line: 1 for its last day."""
        return self.begins(day + timedelta(days=1))


def axis(days: Iterable[date], *, today: date) -> Axis:
    """Return the years that hold all of the days, and today."""
    years = [day.year for day in (*days, today)]
    return Axis(min(years), max(years))
