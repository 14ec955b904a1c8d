"""What changed in the law, and when (section 14): which rules an older exclusion is judged by.

`rule_sets` names the rules that an exclusion's dates are worked out by. Here stands every change, also those that touch
other dates than the exclusion's first day.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exclusions.rules.sources import GUIDANCE_PAGE, Source


class JudgedBy(StrEnum):
    """By which day a change applies."""

    FIRST_DAY = "first day of the exclusion"
    IN_PROCESS = "day of the step, also for exclusions that began before"
    MEETING = "day of the meeting"
    COLLECTION = "collection"
    SESSION = "day of the session"
    REFERRAL = "day of the referral or application"
    RECORD = "day of the record"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: from when (and, if it ended, its last day), which rules, what is new and what held before."""

    code: str
    since: date
    rules: tuple[str, ...]
    what: str
    before: str
    judged_by: JudgedBy
    source: Source
    until: date | None = None
    checked: bool = True


_REGULATIONS = "https://www.legislation.gov.uk/uksi/2012/1033"
_CODE = "https://www.gov.uk/government/publications/school-admissions-code--2"
_CENSUS = "https://www.gov.uk/guidance/complete-the-school-census"
_ACT_2026 = "https://www.legislation.gov.uk/ukpga/2026/21"

CHANGES = (
    Change(
        "sixth-day duty",
        date(2007, 9, 1),
        ("R18", "R19", "R20", "R21", "R47"),
        "Education is due from the sixth day; parents answer for the first five",
        "No duty by number of days",
        JudgedBy.FIRST_DAY,
        Source("SI 2007/1870", date(2007, 9, 1), "regs 3 to 5", "https://www.legislation.gov.uk/uksi/2007/1870"),
    ),
    Change(
        "review panels",
        date(2012, 9, 1),
        ("R36", "R37", "R38", "R40", "R41", "R42", "R43"),
        "Independent review panels, SEN experts and the £4,000",
        "Appeal panels, which could reinstate",
        JudgedBy.FIRST_DAY,
        Source("SI 2012/1033", date(2012, 9, 1), "Sch 1", _REGULATIONS),
    ),
    Change(
        "suspensions joined",
        date(2015, 1, 5),
        ("R19",),
        "Suspensions with no school day between add up for day six",
        "Each suspension alone",
        JudgedBy.FIRST_DAY,
        Source(
            "SI 2014/3216",
            date(2015, 1, 5),
            "(consecutive suspensions)",
            "https://www.legislation.gov.uk/uksi/2014/3216",
        ),
    ),
    Change(
        "guidance of 2017",
        date(2017, 9, 1),
        ("R4",),
        "Guidance restated: no suspension is extended or turned into another kind",
        "The same, less plainly said",
        JudgedBy.FIRST_DAY,
        Source("guidance", date(2017, 9, 1), "part three", GUIDANCE_PAGE),
    ),
    Change(
        "pandemic board limits",
        date(2020, 6, 1),
        ("R28", "R31"),
        "The board has 25 school days for 15, and 60 for 50, when earlier is not practicable; it may meet remotely",
        "15 and 50 school days, face to face",
        JudgedBy.IN_PROCESS,
        Source("SI 2020/543", date(2020, 6, 1), "(time limits)", "https://www.legislation.gov.uk/uksi/2020/543"),
        until=date(2020, 9, 24),
    ),
    Change(
        "pandemic review limits",
        date(2020, 6, 1),
        ("R37", "R45"),
        "25 school days to apply for a review, and to wait before removal from the roll",
        "15 school days",
        JudgedBy.IN_PROCESS,
        Source("SI 2020/543", date(2020, 6, 1), "(time limits)", "https://www.legislation.gov.uk/uksi/2020/543"),
        until=date(2021, 9, 24),
    ),
    Change(
        "three reasons",
        date(2020, 9, 1),
        ("R1",),
        "Up to three reasons of equal weight; OT withdrawn, five codes new",
        "One reason",
        JudgedBy.COLLECTION,
        Source("school census", date(2020, 9, 1), "autumn 2020", _CENSUS),
    ),
    Change(
        "admissions code",
        date(2021, 9, 1),
        ("R53", "R54", "R55"),
        "A closed list for fair access, 20 school days to allocate; 10 and 15 for in-year applications",
        "Each protocol's own list, and no number of days",
        JudgedBy.REFERRAL,
        Source("School Admissions Code 2021", date(2021, 9, 1), "paras 2.28, 3.14 to 3.22", _CODE),
    ),
    Change(
        "everybody told",
        date(2022, 9, 1),
        ("R13", "R16", "R21"),
        "The authority hears of every suspension, and social workers and virtual school heads of their children's",
        "The authority heard at once only of the gravest: no record is not no suspension",
        JudgedBy.FIRST_DAY,
        Source("SI 2012/1033", date(2022, 9, 1), "regs 5, 14, 23 as amended", _REGULATIONS),
    ),
    Change(
        "cancelling",
        date(2023, 9, 1),
        ("R6",),
        "A head may cancel an exclusion, within limits",
        "Practice without an express power (R7)",
        JudgedBy.FIRST_DAY,
        Source("SI 2023/571", date(2023, 9, 1), "regs 8A, 17A, 26A", "https://www.legislation.gov.uk/uksi/2023/571"),
    ),
    Change(
        "remote meetings",
        date(2023, 9, 1),
        ("R12", "R31"),
        "A meeting is remote when the parent asks and it is fair",
        "Face to face, the pandemic apart",
        JudgedBy.MEETING,
        Source("SI 2023/571", date(2023, 9, 1), "reg 12", "https://www.legislation.gov.uk/uksi/2023/571"),
    ),
    Change(
        "registers",
        date(2024, 8, 19),
        ("R27", "R45"),
        "New registration regulations: codes K and C2; grounds for removal renumbered",
        "No code K; regulations of 2006",
        JudgedBy.SESSION,
        Source("SI 2024/208", date(2024, 8, 19), "regs 9, 10", "https://www.legislation.gov.uk/uksi/2024/208"),
    ),
    Change(
        "children missing education",
        date(2025, 9, 8),
        ("R64",),
        "Guidance on children missing education updated; new reasons in the collection",
        "The guidance of 2016",
        JudgedBy.RECORD,
        Source(
            "guidance on children missing education",
            date(2025, 9, 8),
            "(whole)",
            "https://www.gov.uk/government/publications/children-missing-education",
        ),
    ),
    Change(
        "act of 2026",
        date(2026, 4, 29),
        ("R56", "R67"),
        "The Act is passed; its register and its power to direct academies were not seen in force",
        "Directions for academies by the Secretary of State",
        JudgedBy.RECORD,
        Source("Children's Wellbeing and Schools Act 2026", date(2026, 4, 29), "ss38, 61, 62", _ACT_2026),
        checked=False,
    ),
    Change(
        "guidance of 2026",
        date(2026, 7, 26),
        ("R8", "R9", "R48", "R49", "R50", "R51"),
        "Separation for safety, managed moves without a trial, off-site direction by academies and units",
        "The guidance of 2024",
        JudgedBy.FIRST_DAY,
        Source("guidance", date(2026, 7, 26), "(paragraphs not seen)", GUIDANCE_PAGE),
        checked=False,
    ),
)
"""Every change, oldest first. Dates are calendar days, `until` included."""


def changes_in_force(on: date) -> tuple[Change, ...]:
    """Return the changes that hold on a day, oldest first.

    Which day is asked is said by each change's `judged_by`. Raises nothing. Source: each change's own.
    """
    return tuple(change for change in CHANGES if change.since <= on and (change.until is None or on <= change.until))
