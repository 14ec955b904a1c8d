"""Reads the decision tables beside this file, and builds the calendars that they name."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from casework.rules.calendar import SchoolCalendar, Spell

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table by column name."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def days(text: str) -> frozenset[date]:
    """Return the days of a cell that lists them with spaces between."""
    return frozenset(date.fromisoformat(day) for day in text.split())


def day(text: str) -> date | None:
    """Return the day of a cell, None for an empty one."""
    return date.fromisoformat(text) if text else None


@cache
def calendar(name: str) -> SchoolCalendar:
    """Return a calendar of `calendars.csv`; "A+B" is two years in a row."""
    spells: list[Spell] = []
    closed: frozenset[date] = frozenset()
    lost: frozenset[date] = frozenset()
    holidays: frozenset[date] = frozenset()
    terms_in_year = 3
    for row in (row for part in name.split("+") for row in rows("calendars") if row["calendar"] == part):
        for spell in row["spells"].split():
            first, last, *term = spell.split("/")
            spells.append(Spell(date.fromisoformat(first), date.fromisoformat(last), *term))
        closed |= days(row["closed"])
        lost |= days(row["unplanned_closures"])
        holidays |= days(row["bank_holidays"])
        terms_in_year = int(row["terms_in_year"])
    return SchoolCalendar(tuple(spells), closed, lost, holidays, terms_in_year)
