"""Term dates and bank holidays by rule, for years that no list covers. Term dates so made are invented."""

from datetime import date, timedelta

from casework.rules.periods import AcademicYear, easter_monday

MONDAY, TUESDAY, FRIDAY = 0, 1, 4
SATURDAY, SUNDAY = 5, 6
# In or after this week of April, Easter falls in the second week of the holiday and not in the first.
LATE_EASTER = (4, 10)


def invented_terms(year: AcademicYear) -> list[tuple[str, date, date]]:
    """Return the six spells of a year as term, first day and last day, both included.

    The pattern: autumn from the first Tuesday of September to the last Friday by 21 December, the week of October's
    last Monday off; spring from the first Tuesday after 3 January, the week of February's third Monday off; two weeks
    at Easter; summer to the last Friday by 22 July, the week of May's last Monday off.
    """
    first, second = year.first_year, year.first_year + 1
    easter = easter_monday(second)
    late = (easter.month, easter.day) >= LATE_EASTER
    spring_ends = easter - timedelta(days=10 if late else 4)
    summer_begins = easter + timedelta(days=7 if late else 14)
    return [
        *_term("autumn", _on_or_after(date(first, 9, 1), TUESDAY), _on_or_before(date(first, 12, 21), FRIDAY),
               _on_or_before(date(first, 10, 31), MONDAY)),
        *_term("spring", _on_or_after(date(second, 1, 4), TUESDAY), spring_ends,
               _on_or_after(date(second, 2, 15), MONDAY)),
        *_term("summer", summer_begins, _on_or_before(date(second, 7, 22), FRIDAY),
               _on_or_before(date(second, 5, 31), MONDAY)),
    ]  # fmt: skip


def bank_holidays(year: int) -> list[tuple[date, str]]:
    """Return the bank holidays of England and Wales in a calendar year, without any one-off holiday."""
    easter = easter_monday(year)
    return [
        _substitute(date(year, 1, 1), "New Year's Day"),
        (easter - timedelta(days=3), "Good Friday"),
        (easter, "Easter Monday"),
        (_on_or_after(date(year, 5, 1), MONDAY), "Early May bank holiday"),
        (_on_or_before(date(year, 5, 31), MONDAY), "Spring bank holiday"),
        (_on_or_before(date(year, 8, 31), MONDAY), "Summer bank holiday"),
        *_christmas(year),
    ]


def _term(name: str, first: date, last: date, half_term: date) -> list[tuple[str, date, date]]:
    return [(name, first, half_term - timedelta(days=3)), (name, half_term + timedelta(days=7), last)]


def _on_or_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _on_or_before(day: date, weekday: int) -> date:
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _substitute(day: date, name: str) -> tuple[date, str]:
    if day.weekday() < SATURDAY:
        return day, name
    return _on_or_after(day, MONDAY), f"{name} (substitute day)"


def _christmas(year: int) -> list[tuple[date, str]]:
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    if christmas.weekday() == FRIDAY:
        return [(christmas, "Christmas Day"), (date(year, 12, 28), "Boxing Day (substitute day)")]
    if christmas.weekday() == SATURDAY:
        return [
            (date(year, 12, 27), "Christmas Day (substitute day)"),
            (date(year, 12, 28), "Boxing Day (substitute day)"),
        ]
    if christmas.weekday() == SUNDAY:
        return [(boxing, "Boxing Day"), (date(year, 12, 27), "Christmas Day (substitute day)")]
    return [(christmas, "Christmas Day"), (boxing, "Boxing Day")]
