"""The invented county's schools, with their calendars and headcounts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from casework.models import CensusHeadcount, Closure, LocalAuthority, School, TermSpell, Trust
from casework.rules.periods import AcademicYear
from casework.selectors.calendars import calendars_of
from reporting.data.reference import term_spells_of
from reporting.demonstration.chance import Chance, share
from reporting.demonstration.contacts import write_contacts, write_headcount_parts, write_links
from reporting.demonstration.school_names import Named, named_schools
from reporting.demonstration.totals import totals_of

# Not in use: the register's numbers have not come near.
FIRST_URN = 900_001
FIRST_NUMBER = {"primary": 2001, "secondary": 4001, "special": 7001, "alternative provision": 1101}
TRUSTS = ("Wyrelake Learning Trust", "Three Becks Trust", "Marchlight Academies", "Ridgeway and Fold Trust")
OPENED = date(1990, 9, 1)
CONVERTED = date(2019, 9, 1)
SHUT_FOR_GOOD = date(2018, 8, 31)


@dataclass(slots=True, eq=False)
class Place:
    """A school as the loader works with it: its row, the year indices it teaches (0 is Reception), its days."""

    row: School
    lowest: int
    highest: int
    weight: float
    successor: "Place | None" = None
    days: dict[int, list[date]] = field(default_factory=dict)

    @property
    def phase(self) -> str:
        """The phase under which its figures stand."""
        return self.row.phase

    def teaches(self, index: int) -> bool:
        """Tell whether it has a class for a year index."""
        return self.lowest <= index <= self.highest

    def open_in(self, year: int) -> bool:
        """Tell whether it is open for the whole academic year that begins in `year`."""
        closed = self.row.closed_on
        return self.row.opened_on <= date(year, 9, 1) and (closed is None or closed >= date(year + 1, 8, 31))


def open_schools(*, authority: LocalAuthority, chance: Chance, today: date, small: bool) -> list[Place]:
    """Open every invented school, with trusts, headcounts, own term dates and closures, and return them."""
    trusts = Trust.objects.bulk_create(
        Trust(group_id=f"TR9{number:04d}", name=name) for number, name in enumerate(TRUSTS, start=1)
    )
    places = _places(named_schools(chance, small=small), authority, trusts, chance)
    School.objects.bulk_create(place.row for place in places)
    years = [AcademicYear(year) for year in range(2015, AcademicYear.of(today).first_year + 1)]
    _count_heads(places, years, today)
    write_headcount_parts(places)
    write_contacts(places)
    write_links(places)
    _own_term_dates(places, authority, today)
    _close_some_days(places, authority, chance, today)
    calendars = calendars_of([place.row for place in places])
    shared: dict[tuple[int, int], list[date]] = {}
    for place in places:
        calendar = calendars[place.row.pk]
        for year in years:
            key = id(calendar), year.first_year
            if key not in shared:
                spells = [spell for spell in calendar.spells if year.contains(spell.first)]
                shared[key] = calendar.school_days_between(spells[0].first, spells[-1].last)
            place.days[year.first_year] = shared[key]
    return places


def _places(named: Sequence[Named], authority: LocalAuthority, trusts: Sequence[Trust], chance: Chance) -> list[Place]:
    places: list[Place] = []
    taken: dict[str, int] = {}
    for number, named_school in enumerate(named):
        place_in_phase = taken[named_school.phase] = taken.get(named_school.phase, -1) + 1
        row = School(
            urn=str(FIRST_URN + number),
            authority=authority,
            establishment_number=str(FIRST_NUMBER[named_school.phase] + place_in_phase),
            name=named_school.name,
            phase=named_school.phase,
            kind=named_school.kind,
            establishment_type=named_school.establishment_type,
            trust=chance.choice(trusts) if named_school.in_trust else None,
            opened_on=CONVERTED if named_school.follows else OPENED,
            closed_on={"converted": CONVERTED - timedelta(days=1), "shut": SHUT_FOR_GOOD}.get(named_school.ended),
            terms_in_year=6 if named_school.six_terms else 3,
            head=named_school.head,
        )
        place = Place(row, named_school.lowest, named_school.highest, named_school.size * chance.uniform(0.6, 1.4))
        if named_school.follows:
            places[-1].successor = place
            place.weight = places[-1].weight
        places.append(place)
    return places


def _count_heads(places: Sequence[Place], years: Sequence[AcademicYear], today: date) -> None:
    """Share each January's headcount among the schools open then; a referral unit's pupils count at their school."""
    rows: list[CensusHeadcount] = []
    for year in years:
        january = year.first_year + 1
        if today < date(january, 2, 1):
            continue
        for phase, totals in totals_of(year.first_year).items():
            here = [place for place in places if place.phase == phase and place.open_in(year.first_year)]
            heads = share(totals.headcount, [place.weight for place in here])
            rows += [
                CensusHeadcount(school=place.row, year=january, headcount=count)
                for place, count in zip(here, heads, strict=True)
            ]
    CensusHeadcount.objects.bulk_create(rows)


def _own_term_dates(places: Sequence[Place], authority: LocalAuthority, today: date) -> None:
    """Give two schools a calendar of their own: six terms, and a fortnight off in October."""
    rows: list[TermSpell] = []
    last = AcademicYear.of(today).first_year + 1
    for place in places:
        fortnight = place.row.name == "Wexcombe Academy"
        if not fortnight and place.row.terms_in_year != 6:
            continue
        for year in range(2015, last + 1):
            spells = term_spells_of(AcademicYear(year))[0]
            if fortnight:
                spells = _with_a_fortnight_in_october(spells)
            rows += [
                TermSpell(
                    authority=authority,
                    school=place.row,
                    academic_year=AcademicYear(year).label,
                    term=term,
                    first_day=first,
                    last_day=end,
                    invented=True,
                )
                for term, first, end in spells
            ]
    TermSpell.objects.bulk_create(rows)


def _with_a_fortnight_in_october(spells: list[tuple[str, date, date]]) -> list[tuple[str, date, date]]:
    """Begin the second half of autumn a week later, and take three days of it back in July."""
    own = list(spells)
    term, first, last = own[1]
    own[1] = (term, first + timedelta(days=7), last)
    term, first, last = own[-1]
    own[-1] = (term, first, last + timedelta(days=3 if last.weekday() < 2 else 5 if last.weekday() == 4 else 0))
    return own


def _close_some_days(places: Sequence[Place], authority: LocalAuthority, chance: Chance, today: date) -> None:
    this_year = AcademicYear.of(today).first_year
    rows: list[Closure] = []
    for place in places:
        if chance.random() < 0.4:
            rows += [
                _closure(authority, place, _second_half_begins(year), "closed", "Staff training", place.row.head)
                for year in (this_year - 1, this_year)
            ]
    for place in chance.sample(list(places), k=min(6, len(places))):
        if place.row.closed_on is None:
            on = date(this_year, 9, 14) + timedelta(days=chance.choice((1, 2, 3, 8, 10, 15, 29, 30)))
            reason = chance.choice(("Boiler failure", "Burst water main", "Loss of power"))
            rows.append(_closure(authority, place, on, "unplanned closure", reason, place.row.head))
    snow = date(2018, 3, 2)
    rows.append(_closure(authority, None, snow, "unplanned closure", "Snow", settings.COUNCIL_NAME))
    Closure.objects.bulk_create((row for row in rows if row.on <= today or row.kind == "closed"), ignore_conflicts=True)


def _second_half_begins(year: int) -> date:
    return term_spells_of(AcademicYear(year))[0][1][1]


def _closure(
    authority: LocalAuthority, place: Place | None, on: date, kind: str, reason: str, declared_by: str
) -> Closure:
    planned = kind == "closed"
    declared = on - timedelta(days=60) if planned else on
    return Closure(
        authority=authority,
        school=place.row if place else None,
        on=on,
        kind=kind,
        reason=reason,
        declared_by=declared_by,
        declared_at=datetime(declared.year, declared.month, declared.day, 10 if planned else 7, 15, tzinfo=UTC),
    )
