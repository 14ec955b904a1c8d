"""The catalogue's conventions of counting, D1 to D9, and its ambiguities, AMB-1 to AMB-12."""

from datetime import date

from exclusions.rules import sources
from exclusions.rules.ambiguities import QUESTIONS
from exclusions.rules.catalogue import Rule
from exclusions.rules.readings import Ambiguity
from exclusions.rules.sources import GUIDANCE_PAGE, Source

_2007 = date(2007, 9, 1)
_2012 = date(2012, 9, 1)
_RULES = "exclusions.rules"
_CALENDAR = "casework.rules.calendar.SchoolCalendar"

SCHOOL_DAY = Source(
    "Education Act 1996", date(1996, 11, 1), "s579", "https://www.legislation.gov.uk/ukpga/1996/56/section/579"
)
REVIEW_SCHEDULE = Source(
    "SI 2012/1033", _2012, "Sch 1 para 1", "https://www.legislation.gov.uk/uksi/2012/1033/schedule/1"
)
REFERENCE_DATE = Source("SI 2012/1033", _2012, "reg 2", "https://www.legislation.gov.uk/uksi/2012/1033/regulation/2")
SCHOOL_YEAR = Source("guidance", date(2017, 9, 1), "definitions", GUIDANCE_PAGE)
CALENDAR_DAYS = Source(
    "School Standards and Framework Act 1998",
    date(1998, 10, 1),
    "s87",
    "https://www.legislation.gov.uk/ukpga/1998/31/section/87",
)

CONVENTIONS = (
    Rule(
        "D1",
        "School day",
        (SCHOOL_DAY,),
        _2007,
        (f"{_CALENDAR}.skip_reason",),
        ("counting", "calendars"),
        "the definition in the Act",
    ),
    Rule(
        "D2",
        "Whose calendar",
        (SCHOOL_DAY,),
        _2007,
        (_CALENDAR,),
        ("counting", "calendars"),
        "that it follows from D1",
    ),
    Rule(
        "D3",
        "Within so many school days after",
        (REVIEW_SCHEDULE,),
        _2012,
        (f"{_CALENDAR}.school_days_after",),
        ("counting",),
        "that no other convention applies to the board's 15 and 50 days",
    ),
    Rule(
        "D4",
        "The nth school day of",
        (sources.PROVISION_REGULATIONS_SUSPENSION,),
        _2007,
        (f"{_CALENDAR}.nth_school_day",),
        ("counting",),
    ),
    Rule(
        "D5",
        "Working days and deemed post",
        (REVIEW_SCHEDULE,),
        _2012,
        (f"{_RULES}.letters.deemed_given_on",),
        ("deemed_days",),
        "that a board's decision letter follows it too, and everything said of email",
    ),
    Rule(
        "D6",
        "Calendar days",
        (CALENDAR_DAYS,),
        date(1998, 10, 1),
        (f"{_RULES}.calendar_days.days_after", f"{_RULES}.calendar_days.weeks_after"),
        ("calendar_days",),
    ),
    Rule(
        "D7",
        "Half days",
        (sources.EXCLUSION_REGULATIONS_BANDS,),
        _2012,
        (f"{_RULES}.totals.SuspendedDay", f"{_RULES}.totals.days_from_length"),
        ("totals",),
        "that no day counts for more than one",
    ),
    Rule(
        "D8",
        "Term",
        (REFERENCE_DATE,),
        _2012,
        (f"{_CALENDAR}.statutory_term",),
        ("counting", "calendars"),
        "the wording for schools of more than three terms",
    ),
    Rule("D9", "School year", (SCHOOL_YEAR,), _2012, (f"{_CALENDAR}.school_year_of",), ("counting",)),
)

_SIXTH_DAY = (f"{_RULES}.sixth_day.sixth_day",)
_BEARS_ON: dict[Ambiguity, tuple[tuple[Source, ...], tuple[str, ...], tuple[str, ...]]] = {
    Ambiguity.SIXTH_DAY_OF_PERMANENT: (
        (sources.PROVISION_REGULATIONS_AUTHORITY, sources.GUIDANCE_SIXTH_DAY),
        _SIXTH_DAY,
        ("sixth_day",),
    ),
    Ambiguity.SENT_HOME_PART_WAY: ((sources.PROVISION_REGULATIONS_SUSPENSION,), _SIXTH_DAY, ("sixth_day",)),
    Ambiguity.SUSPENSION_THEN_PERMANENT: ((sources.CONSECUTIVE_SUSPENSIONS,), _SIXTH_DAY, ("sixth_day",)),
    Ambiguity.NOTICE_ON_NON_SCHOOL_DAY: (
        (sources.EXCLUSION_REGULATIONS_BANDS,),
        (f"{_RULES}.letters.school_days_after_letter",),
        ("board_meetings", "review_windows", "counting"),
    ),
    Ambiguity.UNPLANNED_CLOSURE: (
        (SCHOOL_DAY,),
        (f"{_CALENDAR}.without_unplanned_closures",),
        ("sixth_day", "counting"),
    ),
    Ambiguity.STRADDLING_TERMS: ((sources.EXCLUSION_REGULATIONS_BANDS,), (f"{_RULES}.totals.totals",), ("totals",)),
    Ambiguity.COMPLETE_WEEKS: (
        (Source("SI 2024/66", date(2024, 4, 1), "reg 39", "https://www.legislation.gov.uk/uksi/2024/66"),),
        (f"{_RULES}.money.complete_weeks",),
        ("money",),
    ),
    Ambiguity.END_OF_SCHOOL_YEAR: (
        (Source("SI 2024/66", date(2024, 4, 1), "reg 39", "https://www.legislation.gov.uk/uksi/2024/66"),),
        (f"{_RULES}.money.end_of_period",),
        ("money",),
    ),
    Ambiguity.FAIR_ACCESS_DAY_ZERO: (
        (
            Source(
                "School Admissions Code 2021",
                date(2021, 9, 1),
                "para 3.16",
                "https://www.gov.uk/government/publications/school-admissions-code--2",
            ),
        ),
        (f"{_RULES}.fair_access.fair_access_allocation",),
        ("places",),
    ),
    Ambiguity.OVERTURNED_DAYS: (
        (sources.EXCLUSION_REGULATIONS_CAP,),
        (f"{_RULES}.cancelling.days_out_before",),
        ("cancellations",),
    ),
    Ambiguity.WHOSE_CALENDAR: ((SCHOOL_DAY,), (_CALENDAR,), ("calendars",)),
    Ambiguity.NOTICE_BY_EMAIL: ((REVIEW_SCHEDULE,), (f"{_RULES}.letters.school_days_after_letter",), ("deemed_days",)),
}

AMBIGUITIES = tuple(
    Rule(question.ambiguity.value, question.name, found[0], _2007, found[1], found[2], "which reading is right")
    for question in QUESTIONS.values()
    for found in (_BEARS_ON[question.ambiguity],)
)
