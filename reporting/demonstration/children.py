"""The invented children: who they are, and which school they went to in each year."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from casework.rules.upn import make_upn
from reporting.demonstration.chance import Chance, pick
from reporting.demonstration.places import Place
from reporting.demonstration.words import HERITAGES

RECEPTION_AGE = 4
LAST_OF_PRIMARY, LAST_OF_SECONDARY = 6, 11
WITHOUT_UPN = 0.004
HOME_ELSEWHERE = 0.012
# Suspended and excluded boys outnumber girls.
SEXES = {"M": 0.7, "F": 0.3}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stay on one roll in one academic year; the last is open."""

    place: Place
    year: int
    first: date
    last: date | None


@dataclass(slots=True, eq=False)
class Child:
    """A child, with the year that their class began Reception, and where they have been since."""

    number: int
    cohort: int
    sex: str
    first_name: str
    last_name: str
    ethnicity: str
    date_of_birth: date
    upn: str | None
    public_id: uuid.UUID
    home: int
    place: Place | None
    known_to: int
    segments: list[Segment] = field(default_factory=list)
    # Circumstances fixed beforehand, by kind, where a published table or a page needs them.
    fixed: dict[str, str] = field(default_factory=dict)
    last_suspended: int = 0
    excluded: bool = False

    def index(self, year: int) -> int:
        """Return the child's year index in the academic year that begins in `year`; 0 is Reception."""
        return year - self.cohort

    def year_group(self, year: int) -> str:
        """Return the national curriculum year as it is stored."""
        index = self.index(year)
        return "R" if index == 0 else str(index)


class Children:
    """Makes children, and moves them up through their schools."""

    def __init__(self, places: Sequence[Place], chance: Chance, *, this_year: int) -> None:
        self.all: list[Child] = []
        self._places = places
        self._chance = chance
        self._this_year = this_year
        self._serials: dict[tuple[str, int], int] = {}

    def new(self, place: Place, year: int, index: int, sex: str | None = None) -> Child:
        """Return a new child on the roll of a school in a year group from the year that begins in `year`."""
        chance = self._chance
        cohort = year - index
        sex = sex or pick(chance, SEXES)
        _, ethnicities, girls, boys, families = chance.choices(HERITAGES, weights=[row[0] for row in HERITAGES])[0]
        child = Child(
            number=len(self.all),
            cohort=cohort,
            sex=sex,
            first_name=chance.choice((girls if sex == "F" else boys).split()),
            last_name=chance.choice(families.split()),
            ethnicity=pick(chance, ethnicities),
            date_of_birth=date(cohort - RECEPTION_AGE - 1, 9, 1) + timedelta(days=chance.randrange(365)),
            upn=self._upn(place, cohort),
            public_id=uuid.UUID(int=chance.getrandbits(128), version=4),
            home=chance.randrange(1, 3) if chance.random() < HOME_ELSEWHERE else 0,
            place=place,
            known_to=year,
        )
        child.segments.append(self._segment(place, year))
        self.all.append(child)
        return child

    def move_up(self, child: Child, year: int) -> Place | None:
        """Bring a child up to the year that begins in `year`; return the school then, None for one who has left."""
        while child.known_to < year and child.place is not None:
            child.known_to += 1
            child.place = self._next_place(child, child.known_to)
            if child.place:
                child.segments.append(self._segment(child.place, child.known_to))
        return child.place if child.known_to >= year else None

    def transfer(self, child: Child, *, last: date, to: Place) -> None:
        """Take a child off the roll after a day, and put them on another school's from the next."""
        here = child.segments.pop()
        child.segments.append(Segment(here.place, here.year, here.first, last))
        child.segments.append(Segment(to, here.year, last + timedelta(days=1), here.last))
        child.place = to

    def somewhere(self, phase: str, index: int, year: int, *, but: Place | None = None) -> Place:
        """Return a school of the phase that teaches the year index and is open, bigger ones likelier."""
        found = [
            place
            for place in self._places
            if place.phase == phase and place.teaches(index) and place.open_in(year) and place is not but
        ]
        return self._chance.choices(found, weights=[place.weight for place in found])[0]

    def _next_place(self, child: Child, year: int) -> Place | None:
        place, index = child.place, child.index(year)
        while place and not place.open_in(year):
            place = place.successor
        if place and place.teaches(index) and (index <= LAST_OF_SECONDARY or self._chance.random() < 0.4):
            return place
        if index > LAST_OF_SECONDARY:
            return None
        return self.somewhere("primary" if index <= LAST_OF_PRIMARY else "secondary", index, year)

    def _segment(self, place: Place, year: int) -> Segment:
        last = None if year == self._this_year else date(year + 1, 8, 31)
        return Segment(place, year, date(year, 9, 1), last)

    def _upn(self, place: Place, cohort: int) -> str | None:
        if self._chance.random() < WITHOUT_UPN:
            return None
        key = place.row.establishment_number, cohort
        serial = self._serials[key] = self._serials.get(key, 0) + 1
        return make_upn("999", key[0], cohort, serial)
