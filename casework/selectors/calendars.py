"""School-day calendars as the rules want them, from term dates, closures and bank holidays."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from casework.models import BankHoliday, Closure, School, TermSpell
from casework.rules.calendar import SchoolCalendar, Spell

SPELL, BANK_HOLIDAY = "spell", "bank holiday"

# Three tables in one answer, the authority's own rows and those of its schools that were asked for. Written out: every
# list works out calendars, and the ORM takes longer to put the union together than the database to answer it.
CALENDARS_SQL = """
SELECT 'spell', authority_id, school_id, academic_year, term, first_day, last_day FROM casework_termspell
WHERE authority_id = ANY(%(authorities)s) AND (school_id IS NULL OR school_id = ANY(%(schools)s))
UNION ALL
SELECT kind, authority_id, school_id, NULL, NULL, "on", NULL FROM casework_closure
WHERE authority_id = ANY(%(authorities)s) AND (school_id IS NULL OR school_id = ANY(%(schools)s))
UNION ALL
SELECT 'bank holiday', NULL, NULL, NULL, NULL, "on", NULL FROM casework_bankholiday
ORDER BY 6
"""


class Shut(NamedTuple):
    """A day on which pupils do not attend, and whether it was planned."""

    on: date
    kind: str


class YearSpell(NamedTuple):
    """A spell in which pupils attend, first and last day included, and the academic year whose dates it is of."""

    academic_year: str
    term: str
    first_day: date
    last_day: date


def calendar_of(school: School) -> SchoolCalendar:
    """Return the school's own calendar; where it has no spells in a year, the authority's of that year."""
    return calendars_of([school])[school.pk]


def calendars_of(schools: Collection[School]) -> dict[int, SchoolCalendar]:
    """Return each school's calendar by primary key, in one query however many schools there are."""
    spells: dict[tuple[int, int | None], list[YearSpell]] = defaultdict(list)
    closures: dict[tuple[int, int | None], list[Shut]] = defaultdict(list)
    holidays: set[date] = set()
    values = {"authorities": [school.authority_id for school in schools], "schools": [school.pk for school in schools]}
    with connection.cursor() as cursor:
        cursor.execute(CALENDARS_SQL, values)
        for kind, area, of, year, term, first, last in cursor.fetchall():
            if kind == SPELL:
                spells[area, of].append(YearSpell(year, term, first, last))
            elif kind == BANK_HOLIDAY:
                holidays.add(first)
            else:
                closures[area, of].append(Shut(first, kind))
    kept = frozenset(holidays)
    calendars = {}
    for school in schools:
        area, own = (school.authority_id, None), (school.authority_id, school.pk)
        calendars[school.pk] = _build(
            _prefer(spells[own], spells[area]) if own in spells else spells[area],
            closures[area] + closures[own] if own in closures else closures[area],
            kept,
            school.terms_in_year,
        )
    return calendars


def authority_calendar(authority_id: int) -> SchoolCalendar:
    """Return the authority's default calendar, by which terms end and fair access is counted (D2)."""
    spells = TermSpell.objects.filter(authority=authority_id, school__isnull=True).order_by("first_day")
    return _build(
        [YearSpell(*spell) for spell in spells.values_list(*YearSpell._fields)],
        [Shut(*row) for row in Closure.objects.filter(authority=authority_id, school=None).values_list("on", "kind")],
        frozenset(BankHoliday.objects.values_list("on", flat=True)),
        3,
    )


def _prefer(own: list[YearSpell], default: list[YearSpell]) -> list[YearSpell]:
    years = {spell.academic_year for spell in own}
    return sorted(
        own + [spell for spell in default if spell.academic_year not in years], key=lambda spell: spell.first_day
    )


def _build(
    spells: list[YearSpell], closures: list[Shut], holidays: frozenset[date], terms_in_year: int
) -> SchoolCalendar:
    unplanned = frozenset(closure.on for closure in closures if closure.kind == "unplanned closure")
    closed = frozenset(closure.on for closure in closures) - unplanned
    return _built(tuple(spells), closed, unplanned, holidays, terms_in_year)


@lru_cache(maxsize=512)
def _built(
    spells: tuple[YearSpell, ...],
    closed: frozenset[date],
    unplanned: frozenset[date],
    holidays: frozenset[date],
    terms_in_year: int,
) -> SchoolCalendar:
    """Return the calendar of these facts.

    Kept under the facts themselves, which are read anew for every page: a term date that changes is another calendar,
    and one that has not changed still knows the days it counted for the page before.
    """
    return SchoolCalendar(
        spells=tuple(Spell(spell.first_day, spell.last_day, spell.term) for spell in spells),
        closed=closed,
        unplanned_closures=unplanned,
        bank_holidays=holidays,
        terms_in_year=terms_in_year,
    )
