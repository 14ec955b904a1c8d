"""Everything that happened, year by year, as plans: no row is written here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from casework.rules.periods import AcademicYear
from reporting.demonstration.chance import Chance
from reporting.demonstration.children import Child, Children
from reporting.demonstration.history import plans_of
from reporting.demonstration.live_term import live_plans, so_far
from reporting.demonstration.notices import Notice
from reporting.demonstration.permanent import Excluder, Plan, move_on
from reporting.demonstration.places import Place
from reporting.demonstration.suspensions import Enrolment, choose, exceed_the_limit, lay_out
from reporting.demonstration.totals import totals_of

FIRST_YEAR = 2015
LUNCHTIMES_A_YEAR = 7
RUNNING = 8
# A small load has no suspensions of past years, and this part of the running year's.
SMALL_PART = 0.05


@dataclass(slots=True)
class Story:
    """The children and their notices, in the order in which the council was told."""

    children: list[Child] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def tell(places: Sequence[Place], *, chance: Chance, today: date, small: bool) -> Story:
    """Return every child and notice from 2015/16 to today, the totals of each year as `totals` has them."""
    this_year = AcademicYear.of(today).first_year
    children = Children(places, chance, this_year=this_year)
    teller = _Teller(places, children, chance, today, small)
    story = Story()
    for year in range(FIRST_YEAR, this_year):
        counts = {phase: (row.suspensions, row.one_or_more) for phase, row in totals_of(year).items()}
        story.notices += teller.year(year, plans_of(year, chance), {} if small else counts)
    days = max((place.days[this_year] for place in places), key=len)
    counts = so_far(this_year, days, today=today)
    if small:
        counts = {phase: (round(many * SMALL_PART),) * 2 for phase, (many, _) in counts.items()}
    plans = live_plans(this_year, days, chance=chance, today=today)
    story.notices += teller.year(this_year, plans, counts, running=True)
    for child in children.all:
        children.move_up(child, this_year)
    story.children = children.all
    story.notices.sort(key=lambda notice: (notice.told_on, notice.first_day, notice.child.number))
    return story


@dataclass(slots=True)
class _Teller:
    places: Sequence[Place]
    children: Children
    chance: Chance
    today: date
    small: bool

    def year(
        self, year: int, plans: Sequence[Plan], counts: dict[str, tuple[int, int]], *, running: bool = False
    ) -> list[Notice]:
        enrolments: list[Enrolment] = []
        for phase, (suspensions, one_or_more) in counts.items():
            enrolments += choose(
                phase,
                year,
                suspensions=suspensions,
                one_or_more=one_or_more,
                children=self.children,
                chance=self.chance,
            )
        excluder = Excluder(self.children, self.chance, self.today)
        permanent = [excluder.carry_out(plan, enrolments) for plan in plans]
        self._make_some_unusual(year, enrolments, running=running)
        notices = [
            notice for enrolment in enrolments for notice in lay_out(enrolment, today=self.today, chance=self.chance)
        ]
        move_on(permanent, self.children, self.chance, today=self.today)
        return permanent + notices

    def _make_some_unusual(self, year: int, enrolments: list[Enrolment], *, running: bool) -> None:
        if running:
            once = [row for row in enrolments if len(row.half_days) == 1 and row.before is None]
            for enrolment in once[: RUNNING if not self.small else 2]:
                enrolment.running = True
        elif AcademicYear.of(self.today).first_year - 1 == year:
            exceed_the_limit(enrolments)
        if enrolments:
            enrolments += [self._lunchtimes(year, running=running) for _ in range(LUNCHTIMES_A_YEAR)]

    def _lunchtimes(self, year: int, *, running: bool) -> Enrolment:
        place = self.children.somewhere("primary", 4, year)
        child = self.children.new(place, year, 4)
        days = len([on for on in place.days[year] if on <= self.today]) if running else 5
        return Enrolment(child, place, year, [2 * self.chance.randint(1, min(5, days))], lunchtime=True)
