"""Suspensions: who was suspended how often in a year, for how long, and on which school days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import pandas as pd

from reporting.data.published import FOLDER, PHASES
from reporting.demonstration.chance import Chance, pick, share
from reporting.demonstration.children import Child, Children
from reporting.demonstration.notices import Day, Notice, reasons_for, told_after
from reporting.demonstration.places import Place

RETURNING = 0.42
MOST_IN_A_YEAR = 14
LONGEST_HALF_DAYS = 40
YEAR_LIMIT_HALF_DAYS = 90
HALF_DAY_LOST = 0.14
YEAR_GROUPS = {
    "primary": {0: 3, 1: 7, 2: 9, 3: 14, 4: 19, 5: 24, 6: 24},
    "secondary": {7: 17, 8: 24, 9: 26, 10: 23, 11: 10},
    "special": {2: 2, 3: 3, 4: 5, 5: 6, 6: 7, 7: 12, 8: 16, 9: 19, 10: 18, 11: 12},
    "alternative provision": {8: 1, 9: 3, 10: 4, 11: 3},
}
# Days on which hardly any child was in school: nobody was suspended in them.
PANDEMIC = ((date(2020, 3, 21), date(2020, 8, 31)), (date(2021, 1, 4), date(2021, 3, 5)))
PANDEMIC_YEARS = (2019, 2020)
OVER_THE_LIMIT = (20, 20, 20, 20, 12)
WHY_OVER_THE_LIMIT = (
    "The head confirmed a 46th day in writing, although the year's limit of 45 had been reached. Raised with the "
    "governing board's chair."
)


@dataclass(slots=True, eq=False)
class Enrolment:
    """A child suspended at a school in a year: the half days of each suspension, and a day before which all end."""

    child: Child
    place: Place
    year: int
    half_days: list[int]
    before: date | None = None
    over_the_limit: bool = False
    lunchtime: bool = False
    running: bool = False


def choose(
    phase: str, year: int, *, suspensions: int, one_or_more: int, children: Children, chance: Chance
) -> list[Enrolment]:
    """Return so many enrolments of a phase and year that share so many suspensions, each at least one."""
    known = [child for child in children.all if 0 < year - child.last_suspended <= 2 and not child.excluded]
    there = [child for child in known if _at(children, child, year, phase)]
    chosen = chance.sample(there, k=min(len(there), round(one_or_more * RETURNING)))
    while len(chosen) < one_or_more:
        index = pick(chance, YEAR_GROUPS[phase])
        chosen.append(children.new(children.somewhere(phase, index, year), year, index))
    counts = _counts(suspensions, one_or_more, chance)
    found = []
    for child, count in zip(chosen, counts, strict=True):
        child.last_suspended = year
        place = children.move_up(child, year)
        assert place is not None  # noqa: S101 - chosen because on a roll
        lengths = [_length(phase, chance) for _ in range(count)]
        while sum(lengths) > YEAR_LIMIT_HALF_DAYS - 10:
            longest = lengths.index(max(lengths))
            lengths[longest] = max(2, lengths[longest] // 2)
        found.append(Enrolment(child, place, year, lengths))
    return found


def exceed_the_limit(enrolments: Sequence[Enrolment]) -> None:
    """Give one child of a secondary school a 46th day in the year: the case that is recorded with its reason."""
    for enrolment in enrolments:
        if len(enrolment.half_days) == len(OVER_THE_LIMIT) and enrolment.before is None:
            enrolment.half_days = list(OVER_THE_LIMIT)
            enrolment.over_the_limit = True
            return


def lay_out(enrolment: Enrolment, *, today: date, chance: Chance) -> list[Notice]:
    """Return the suspensions of an enrolment on real school days, none overlapping or touching another.

    All begin by today; one of a `running` enrolment goes on past it.
    """
    calendar = enrolment.place.days[enrolment.year]
    position = {on: number for number, on in enumerate(calendar)}
    end = min(enrolment.before or today, today)
    open_days = [on for on in calendar if on <= end and on != enrolment.before]
    if enrolment.year in PANDEMIC_YEARS:
        open_days = [on for on in open_days if not pandemic(on)]
    lengths = enrolment.half_days
    if not enrolment.over_the_limit:
        chance.shuffle(lengths)
    starts = _starts(lengths, open_days, position, chance)
    if enrolment.running:
        lengths[-1] = max(lengths[-1], 6)
        starts[-1] = position[open_days[-1]] - chance.randrange(2)
    notices = []
    for number, (start, length) in enumerate(zip(starts, lengths, strict=True), start=1):
        days = _days(calendar[start : start + (length + 1) // 2], length, chance, lunchtime=enrolment.lunchtime)
        last = number == len(lengths)
        notices.append(_notice(enrolment, days, today, chance, over=enrolment.over_the_limit and last))
    return notices


def _at(children: Children, child: Child, year: int, phase: str) -> bool:
    place = children.move_up(child, year)
    return place is not None and place.phase == phase


def _counts(suspensions: int, one_or_more: int, chance: Chance) -> list[int]:
    """Share suspensions out: one each, and the rest mostly to a few."""
    weights = [chance.expovariate(1) ** 2 + 0.05 for _ in range(one_or_more)]
    more = share(suspensions - one_or_more, weights)
    spare = sum(max(0, count - MOST_IN_A_YEAR + 1) for count in more)
    counts = [min(count, MOST_IN_A_YEAR - 1) + 1 for count in more]
    room = [number for number, count in enumerate(counts) if count < MOST_IN_A_YEAR - 4]
    for turn in range(spare):
        counts[room[turn % len(room)]] += 1
    return counts


@cache
def _published_lengths() -> dict[str, dict[int, float]]:
    table = pd.read_csv(FOLDER / "dfe_suspension_lengths.csv", dtype=str, keep_default_na=False)
    found: dict[str, dict[int, float]] = {}
    for row in table.to_dict("records"):
        phase = PHASES[row["education_phase"].removesuffix(" school")]
        if row["days"].isdigit() and row["suspensions"].isdigit():
            found.setdefault(phase, {})[int(row["days"])] = float(row["suspensions"])
    return found


def _length(phase: str, chance: Chance) -> int:
    """Return a length in half days, as long as published ones are."""
    days = pick(chance, _published_lengths().get(phase) or _published_lengths()["secondary"])
    half_days = 2 * days - (chance.random() < HALF_DAY_LOST)
    return min(half_days, LONGEST_HALF_DAYS)


def pandemic(on: date) -> bool:
    """Tell whether schools were shut to most children on a day."""
    return any(first <= on <= last for first, last in PANDEMIC)


def _starts(lengths: list[int], open_days: list[date], position: dict[date, int], chance: Chance) -> list[int]:
    """Return where each suspension begins among the school's days, in order; they are shortened if they must be."""
    while True:
        spans = [(length + 1) // 2 for length in lengths]
        room = len(open_days) - sum(spans) + 1
        if room >= len(lengths):
            for _ in range(30):
                slots = sorted(chance.sample(range(room), k=len(lengths)))
                places = [slot + sum(spans[:number]) for number, slot in enumerate(slots)]
                if all(_unbroken(at, span, open_days, position) for at, span in zip(places, spans, strict=True)):
                    return [position[open_days[at]] for at in places]
        longest = lengths.index(max(lengths))
        if lengths[longest] <= 2:
            raise ValueError(f"{len(lengths)} suspensions do not fit in {len(open_days)} school days.")
        lengths[longest] -= 2


def _unbroken(at: int, span: int, open_days: list[date], position: dict[date, int]) -> bool:
    return at + span <= len(open_days) and position[open_days[at + span - 1]] - position[open_days[at]] == span - 1


def _days(dates: Sequence[date], half_days: int, chance: Chance, *, lunchtime: bool) -> tuple[Day, ...]:
    if lunchtime:
        return tuple(Day(on, morning=False, afternoon=False, lunchtime=True) for on in dates)
    days = [Day(on) for on in dates]
    if half_days % 2:
        if chance.random() < 0.6:
            days[0] = Day(days[0].on, morning=False)
        else:
            days[-1] = Day(days[-1].on, afternoon=False)
    return tuple(days)


def _notice(enrolment: Enrolment, days: tuple[Day, ...], today: date, chance: Chance, *, over: bool) -> Notice:
    first = days[0].on
    # Until September 2022 the council heard of short suspensions once a term; since then, without delay.
    longest = 2 if first >= date(2022, 9, 1) else 20
    return Notice(
        child=enrolment.child,
        place=enrolment.place,
        kind="lunchtime" if enrolment.lunchtime else "suspension",
        year=enrolment.year,
        first_day=first,
        reasons=reasons_for("suspension", first, chance),
        decided_on=first,
        told_on=told_after(first, longest, today, chance),
        days=days,
        recorded_because=WHY_OVER_THE_LIMIT if over else "",
    )
