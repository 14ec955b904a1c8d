"""From when until when a child is of compulsory school age."""

from datetime import date, timedelta

FRIDAY = 4


def compulsory_school_age_begins_on(date_of_birth: date) -> date:
    """Return the first day of compulsory school age: the prescribed day on or after the fifth birthday.

    Prescribed days are 31 March, 31 August and 31 December. Source: Education Act 1996 s8.
    """
    fifth = _birthday(date_of_birth, 5)
    days = [
        date(year, month, day) for year in (fifth.year, fifth.year + 1) for month, day in ((3, 31), (8, 31), (12, 31))
    ]
    return min(day for day in days if day >= fifth)


def compulsory_school_age_ends_on(date_of_birth: date) -> date:
    """Return the last day of compulsory school age: the last Friday in June of the year in which a child is 16.

    That is the school year, from 1 September to 31 August, in which the sixteenth birthday falls. Source: Education
    Act 1996 s8(4).
    """
    sixteenth = _birthday(date_of_birth, 16)
    year = sixteenth.year if sixteenth.month < 9 else sixteenth.year + 1
    last = date(year, 6, 30)
    return last - timedelta(days=(last.weekday() - FRIDAY) % 7)


def is_of_compulsory_school_age(date_of_birth: date, *, on: date) -> bool:
    """Tell whether a child is of compulsory school age on a day."""
    return compulsory_school_age_begins_on(date_of_birth) <= on <= compulsory_school_age_ends_on(date_of_birth)


def _birthday(date_of_birth: date, age: int) -> date:
    try:
        return date_of_birth.replace(year=date_of_birth.year + age)
    except ValueError:
        return date(date_of_birth.year + age, 3, 1)
