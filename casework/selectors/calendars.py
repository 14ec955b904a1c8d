"""School-day calendars as the rules want them, from term dates, closures and bank holidays."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import BigIntegerField, Q, Value

from casework.models import BankHoliday, Closure, School, TermSpell
from casework.rules.calendar import SchoolCalendar, Spell

BANK_HOLIDAY = "bank holiday"


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
    """Return each school's calendar by primary key, in two queries however many schools there are."""
    authorities = {school.authority_id for school in schools}
    theirs = Q(authority__in=authorities) & (Q(school__isnull=True) | Q(school__in=[school.pk for school in schools]))
    spells: dict[tuple[int, int | None], list[YearSpell]] = defaultdict(list)
    columns = ("authority", "school", *YearSpell._fields)
    for area, of, *spell in TermSpell.objects.filter(theirs).order_by("first_day").values_list(*columns):
        spells[area, of].append(YearSpell(*spell))
    holidays, closures = _days_shut(theirs)
    default: dict[int, SchoolCalendar] = {}
    calendars = {}
    for school in schools:
        area, own = (school.authority_id, None), (school.authority_id, school.pk)
        if own not in spells and own not in closures and school.terms_in_year == 3:
            # Most schools keep the authority's calendar: it is built once and shared.
            if school.authority_id not in default:
                default[school.authority_id] = _build(spells[area], closures[area], holidays, 3)
            calendars[school.pk] = default[school.authority_id]
        else:
            calendars[school.pk] = _build(
                _prefer(spells.get(own, []), spells[area]),
                closures[area] + closures.get(own, []),
                holidays,
                school.terms_in_year,
            )
    return calendars


def _days_shut(theirs: Q) -> tuple[frozenset[date], dict[tuple[int, int | None], list[Shut]]]:
    """Return the bank holidays, and the closures by authority and school, in one query."""
    none = Value(None, output_field=BigIntegerField())
    bank = BankHoliday.objects.annotate(area=none, of=none, why=Value(BANK_HOLIDAY)).values_list(
        "area", "of", "on", "why"
    )
    closed = Closure.objects.filter(theirs).values_list("authority_id", "school_id", "on", "kind")
    holidays: set[date] = set()
    closures: dict[tuple[int, int | None], list[Shut]] = defaultdict(list)
    for authority, school, on, kind in closed.union(bank, all=True):
        if kind == BANK_HOLIDAY:
            holidays.add(on)
        else:
            closures[authority, school].append(Shut(on, kind))
    return frozenset(holidays), closures


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
    return SchoolCalendar(
        spells=tuple(Spell(spell.first_day, spell.last_day, spell.term) for spell in spells),
        closed=frozenset(closure.on for closure in closures) - unplanned,
        unplanned_closures=unplanned,
        bank_holidays=holidays,
        terms_in_year=terms_in_year,
    )
