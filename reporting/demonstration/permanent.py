"""Permanent exclusions: what is planned of each, and how a plan becomes a notice about a child."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from reporting.demonstration.chance import Chance, pick
from reporting.demonstration.children import Child, Children
from reporting.demonstration.costs import hours_a_week
from reporting.demonstration.notices import Arranged, Notice, reasons_for, told_after
from reporting.demonstration.places import Place
from reporting.demonstration.suspensions import Enrolment, pandemic

# England's permanent exclusions of 2016/17 by year group.
YEAR_GROUPS = {
    "primary": {0: 50, 1: 120, 2: 140, 3: 185, 4: 280, 5: 255, 6: 245},
    "secondary": {7: 665, 8: 1185, 9: 1635, 10: 1900, 11: 820},
    "special": {5: 1, 7: 2, 8: 3, 9: 4, 10: 4},
}
SEXES = {"M": 0.78, "F": 0.22}
SUSPENDED_BEFORE = 0.7
# School days from the first day to the meeting of the governors, who have fifteen.
GOVERNORS_MEET = (8, 15)
DAY_SIX = 5

ENDINGS = {
    "completed": "upheld by governors",
    "averted": "averted",
    "rescinded": "cancelled",
    "overturned": "reinstated by governors",
}


@dataclass(slots=True)
class Plan:
    """One permanent exclusion to come: its outcome's word, and whatever of the child and the days is settled."""

    year: int
    phase: str
    outcome: str
    first: date
    last: date
    index: int | None = None
    sex: str | None = None
    reasons: tuple[str, ...] = ()
    fixed: dict[str, str] = field(default_factory=dict)
    # How many school days before the last one up to today the first day lies; then `first` and `last` are not asked.
    days_ago: int | None = None
    # School days from the first day to the start of education: 0 is the first day, 5 the sixth school day.
    starts_after: int | None = None
    cost: int = 0
    narrative: str = ""


@dataclass(slots=True)
class Excluder:
    """Finds a child for each plan, settles its days, and moves the child on where it must leave."""

    children: Children
    chance: Chance
    today: date

    def carry_out(self, plan: Plan, enrolments: Sequence[Enrolment]) -> Notice:
        """Return the notice that a plan leads to; a child suspended in the year is taken where one fits."""
        index = plan.index if plan.index is not None else pick(self.chance, YEAR_GROUPS[plan.phase])
        sex = plan.sex or pick(self.chance, SEXES)
        enrolment = self._somebody_suspended(plan, index, sex, enrolments)
        if enrolment:
            child, place = enrolment.child, enrolment.place
            first_day = enrolment.before or plan.first
        else:
            place = self.children.somewhere(plan.phase, index, plan.year)
            child = self.children.new(place, plan.year, index, sex)
            first_day = self._first_day(plan, place)
        child.excluded = True
        child.fixed |= plan.fixed
        return self._notice(plan, child, place, first_day)

    def _somebody_suspended(
        self, plan: Plan, index: int, sex: str, enrolments: Sequence[Enrolment]
    ) -> Enrolment | None:
        if self.chance.random() > SUSPENDED_BEFORE:
            return None
        fitting = [
            enrolment
            for enrolment in enrolments
            if enrolment.place.phase == plan.phase
            and enrolment.before is None
            and not enrolment.child.excluded
            and enrolment.child.sex == sex
            and enrolment.child.index(plan.year) == index
        ]
        for enrolment in self.chance.sample(fitting, k=min(len(fitting), 5)):
            first_day = self._first_day(plan, enrolment.place)
            earlier = [on for on in enrolment.place.days[plan.year] if on < first_day]
            if sum((length + 1) // 2 + 3 for length in enrolment.half_days) < len(earlier):
                enrolment.before = first_day
                return enrolment
        return None

    def _first_day(self, plan: Plan, place: Place) -> date:
        days = place.days[plan.year]
        if plan.days_ago is not None:
            gone = [on for on in days if on <= self.today]
            return gone[max(0, len(gone) - 1 - plan.days_ago)]
        return self.chance.choice([on for on in days if plan.first <= on <= plan.last and not pandemic(on)])

    def _notice(self, plan: Plan, child: Child, place: Place, first_day: date) -> Notice:
        days = place.days[plan.year]
        at = days.index(first_day)
        decided = days[at - 1] if at and self.chance.random() < 0.4 else first_day
        return Notice(
            child=child,
            place=place,
            kind="permanent",
            year=plan.year,
            first_day=first_day,
            reasons=plan.reasons or reasons_for("permanent", first_day, self.chance),
            decided_on=decided,
            told_on=told_after(decided, 1, self.today, self.chance),
            narrative=plan.narrative,
            outcomes=self._outcomes(plan, days, at),
            arranged=self._arranged(plan, days, at),
        )

    def _outcomes(self, plan: Plan, days: Sequence[date], at: int) -> list[tuple[str, date]]:
        if plan.outcome == "open":
            return []
        soonest, latest = GOVERNORS_MEET if plan.outcome in ("completed", "overturned") else (2, 7)
        on = days[min(at + self.chance.randint(soonest, latest), len(days) - 1)]
        return [(ENDINGS[plan.outcome], min(on, self.today))]

    def _arranged(self, plan: Plan, days: Sequence[date], at: int) -> Arranged | None:
        if plan.starts_after is None:
            return None
        starts = days[min(at + plan.starts_after, len(days) - 1)]
        arranged_on = max(days[at], starts - timedelta(days=self.chance.randrange(1, 5)))
        ends = days[-1] if days[-1] < self.today else None
        hours, online = hours_a_week(self.chance)
        return Arranged(starts, ends, hours, Decimal(plan.cost), min(arranged_on, self.today), online)


def move_on(notices: Iterable[Notice], children: Children, chance: Chance, *, today: date) -> None:
    """Take the children whose exclusion stood off their school's roll, and put them on another's.

    Called when every suspension of the year is laid out; a child leaves about three weeks after the governors.
    """
    for notice in notices:
        if not notice.outcomes or notice.outcomes[-1][0] != ENDINGS["completed"]:
            if notice.outcomes:
                notice.child.excluded = False
            continue
        left_on = notice.outcomes[-1][1] + timedelta(days=chance.randrange(16, 30))
        if left_on >= min(today, date(notice.year + 1, 8, 30)):
            continue
        index = notice.child.index(notice.year)
        phase = "alternative provision" if index >= 1 and chance.random() < 0.6 else notice.place.phase
        there = children.somewhere(phase, index, notice.year, but=notice.place)
        children.transfer(notice.child, last=left_on, to=there)
