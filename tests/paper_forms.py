"""A stack of invented notification forms, as schools send them to a council: what each says, and no more."""

import random
from dataclasses import dataclass, field
from datetime import date

from casework.rules.upn import make_upn
from tests.misspelt import FIRST, LAST

# School days of the autumn term before Wednesday 4 November 2026, in order.
SCHOOL_DAYS = [date(2026, 10, day) for day in (5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23)] + [
    date(2026, 11, 2), date(2026, 11, 3),
]  # fmt: skip
REASONS = ("PP", "PA", "VP", "VA", "BU", "RA", "DA", "DM", "TH", "DB", "OW")
HAPPENED = (
    "Struck another pupil in the corridor after lunch.", "Threatened a member of staff and would not leave the hall.",
    "Broke two windows of the sports hall.", "Brought fireworks to school and let one off in the yard.",
)  # fmt: skip
HEADS = ("M Thorn, headteacher", "R Vale, acting head", "J Okonedo, principal")


@dataclass(frozen=True)
class PaperForm:
    """One form: the child, the exclusion, how it came about. `new` says that the council has never heard of the child."""

    number: int
    first_name: str
    last_name: str
    upn: str
    born: date
    sex: str
    year: str
    school: int
    kind: str
    first_day: date
    last_day: date | None
    from_afternoon: bool
    until_midday: bool
    exam: bool
    reasons: tuple[str, ...]
    happened: str
    sen: str
    decided_by: str
    decided_on: date
    told_on: date
    told_time: str
    parents_told_on: date
    told_by: str
    new: bool
    find_by: str
    tried: tuple[tuple[str, str], ...] = field(default=())


def stack(number: int = 40) -> list[PaperForm]:
    """Return a stack of forms, each another child's: suspensions of half a day to eight, permanent ones, lunchtimes."""
    chance = random.Random(2026)
    names = [(first, last) for first in FIRST for last in LAST]
    chance.shuffle(names)
    return [_form(place, *names[place], chance) for place in range(number)]


def _form(place: int, first_name: str, last_name: str, chance: random.Random) -> PaperForm:
    kind = "permanent" if place % 8 == 3 else "lunchtime" if place % 13 == 6 else "suspension"
    at = chance.randrange(len(SCHOOL_DAYS) - 2)
    days = 1 if kind == "lunchtime" else chance.choice((1, 1, 2, 2, 3, 5, 8))
    first_day = SCHOOL_DAYS[at]
    last_day = None if kind == "permanent" else SCHOOL_DAYS[min(at + days - 1, len(SCHOOL_DAYS) - 1)]
    whole = kind != "suspension"
    year = chance.choice(("7", "8", "9", "10", "11"))
    born = date(2026 - 11 - (int(year) - 6), chance.randrange(1, 8), chance.randrange(1, 28))
    upn = make_upn("999", "4001", 2015, place)
    return PaperForm(
        number=place + 1,
        first_name=first_name,
        last_name=last_name,
        upn=upn,
        born=born,
        sex=chance.choice("FM"),
        year=year,
        school=place % 2,
        kind=kind,
        first_day=first_day,
        last_day=last_day,
        from_afternoon=not whole and chance.random() < 0.2,
        until_midday=not whole and last_day != first_day and chance.random() < 0.2,
        exam=chance.random() < 0.1,
        reasons=tuple(chance.sample(REASONS, chance.choice((1, 1, 2, 3)))),
        happened=chance.choice(HAPPENED),
        sen=chance.choice(("", "", "SEN support", "Education")),
        decided_by=chance.choice(HEADS),
        decided_on=first_day,
        told_on=first_day,
        told_time=f"{chance.randrange(8, 17)}:{chance.randrange(10, 59)}",
        parents_told_on=first_day,
        told_by=chance.choice(("email", "telephone", "letter", "school system")),
        new=place % 7 == 5,
        # As an officer looks a child up: by number, by birthday, or by part of a name.
        find_by=chance.choice((upn, f"{born.day}/{born.month}/{born.year}", f"{last_name[:6]} {first_name[:4]}")),
        tried=((("report", "did not help"), ("parents", "for a time"))[: place % 3]),
    )
