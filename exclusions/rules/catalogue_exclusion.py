"""The catalogue's rules from the decision to the governors: R2 to R33."""

from datetime import date

from exclusions.rules import (
    attendance,
    board_arrangements,
    first_five_days,
    notice_contents,
    notification,
    sources,
)
from exclusions.rules.catalogue import Rule
from exclusions.rules.sources import GUIDANCE_PAGE, Source

_2007 = date(2007, 9, 1)
_2012 = date(2012, 9, 1)
_2022 = date(2022, 9, 1)
_2023 = date(2023, 9, 1)
_RULES = "exclusions.rules"

HALF_DAY = Source("SI 2008/532", _2007, "reg 2(2)", "https://www.legislation.gov.uk/uksi/2008/532")
CANCELLING = Source("SI 2023/571", _2023, "regs 8A, 17A, 26A", "https://www.legislation.gov.uk/uksi/2023/571")
GUIDANCE_2022 = Source("guidance", _2022, "(cancelling)", GUIDANCE_PAGE)
GUIDANCE_2026 = Source("guidance", date(2026, 7, 26), "(separation for safety)", GUIDANCE_PAGE)

EXCLUSION_RULES = (
    Rule(
        "R2",
        "Parts of days and lunchtimes",
        (HALF_DAY,),
        _2012,
        (f"{_RULES}.totals.days_of", f"{_RULES}.totals.band_of"),
        ("totals", "bands"),
        "the provision of 2012 that matches the regulations for units of 2008",
    ),
    Rule(
        "R3",
        "Forty-five school days a year",
        (sources.EXCLUSION_REGULATIONS_CAP,),
        _2012,
        (f"{_RULES}.totals.totals",),
        ("totals",),
    ),
    Rule(
        "R6",
        "Cancelling an exclusion",
        (CANCELLING,),
        _2023,
        (),
        (),
        "that days served count towards the 45, and what is reported to the board each term",
    ),
    Rule(
        "R7",
        "Cancelling before September 2023",
        (GUIDANCE_2022,),
        _2022,
        (f"{_RULES}.changes.changes_in_force",),
        ("changes",),
        in_force_until=date(2023, 8, 31),
    ),
    Rule(
        "R9",
        "Separation for safety",
        (GUIDANCE_2026,),
        date(2026, 7, 26),
        (f"{_RULES}.changes.changes_in_force",),
        ("changes",),
        "the text of the guidance of July 2026, and the attendance code to use",
    ),
    Rule(
        "R11",
        "The parent is told",
        (notification.PARENT_TOLD, notification.PARENT_WRITTEN),
        _2012,
        (
            f"{_RULES}.notification.parent_told",
            f"{_RULES}.notification.parent_written",
            f"{_RULES}.notification.details_of_provision",
        ),
        ("notification", "details_of_provision"),
    ),
    Rule(
        "R12",
        "What the parent's notice says",
        (
            notice_contents.NOTICE_REGULATIONS,
            notice_contents.REMOTE_AMENDMENT,
            notice_contents.FIRST_FIVE_DAYS_NOTICE,
            notice_contents.PROVISION_NOTICE,
            notice_contents.NOTICE_GUIDANCE,
        ),
        _2012,
        (f"{_RULES}.notice_contents.contents_of_notice",),
        ("notice_contents",),
        "the exact list of what is said of the meeting",
    ),
    Rule(
        "R13",
        "The authority is told",
        (notification.AUTHORITY_TOLD_2012, notification.AUTHORITY_TOLD_2022),
        _2012,
        (f"{_RULES}.notification.authority_told", f"{_RULES}.notification.lag"),
        ("notification", "notice_lag"),
    ),
    Rule(
        "R14",
        "The home authority is told",
        (notification.HOME_AUTHORITY_TOLD,),
        _2012,
        (f"{_RULES}.notification.home_authority_told",),
        ("notification",),
    ),
    Rule(
        "R15",
        "The board is told",
        (notification.BOARD_TOLD,),
        _2012,
        (f"{_RULES}.notification.board_told",),
        ("notification",),
    ),
    Rule(
        "R16",
        "Social worker and virtual school head are told",
        (notification.WORKERS_TOLD,),
        _2022,
        (f"{_RULES}.notification.social_worker_told", f"{_RULES}.notification.virtual_school_head_told"),
        ("notification",),
    ),
    Rule(
        "R17",
        "A plan, or an examination lost",
        (notification.BOARD_TOLD,),
        _2012,
        (f"{_RULES}.notification.board_told_of_exam", f"{_RULES}.notification.sen_team_told"),
        ("notification",),
        "the whole rule: written from memory",
    ),
    Rule(
        "R18",
        "The first five days",
        (first_five_days.PUBLIC_PLACES,),
        _2007,
        (f"{_RULES}.first_five_days.first_five_days",),
        ("first_five_days",),
    ),
    Rule(
        "R19",
        "Sixth day of a suspension",
        (
            sources.INSPECTIONS_ACT_2006_SIXTH_DAY,
            sources.PROVISION_REGULATIONS_SUSPENSION,
            sources.CONSECUTIVE_SUSPENSIONS,
        ),
        _2007,
        (f"{_RULES}.sixth_day.sixth_day", f"{_RULES}.runs.start_of_long_run"),
        ("sixth_day",),
    ),
    Rule(
        "R20",
        "Sixth day of a suspension from a unit",
        (sources.EDUCATION_ACT_1996_SIXTH_DAY_PRU, sources.PROVISION_REGULATIONS_AUTHORITY),
        _2007,
        (f"{_RULES}.sixth_day.sixth_day",),
        ("sixth_day",),
        "that an alternative provision academy's proprietor arranges it, as under R19",
    ),
    Rule(
        "R21",
        "Sixth day of a permanent exclusion",
        (
            sources.EDUCATION_ACT_1996_SIXTH_DAY,
            sources.PROVISION_REGULATIONS_AUTHORITY,
            sources.GUIDANCE_SIXTH_DAY,
        ),
        _2007,
        (f"{_RULES}.sixth_day.sixth_day",),
        ("sixth_day",),
    ),
    Rule(
        "R22",
        "Looked-after children from the first day",
        (sources.GUIDANCE_LOOKED_AFTER,),
        _2012,
        (f"{_RULES}.sixth_day.looked_after_first_day",),
        ("looked_after",),
        "what is said of children with a social worker",
    ),
    Rule(
        "R23",
        "Exceptions from the sixth day",
        (sources.PROVISION_REGULATIONS_EXCEPTIONS,),
        _2007,
        (f"{_RULES}.sixth_day.exception_of",),
        ("sixth_day",),
    ),
    Rule(
        "R24",
        "School holidays",
        (sources.PROVISION_REGULATIONS_SUSPENSION, sources.PROVISION_REGULATIONS_AUTHORITY),
        _2007,
        ("casework.rules.calendar.SchoolCalendar.nth_school_day",),
        ("counting", "sixth_day"),
        "that the excluding school's calendar decides, and not the provider's",
    ),
    Rule(
        "R27",
        "Attendance codes",
        (attendance.REGISTER_2024, attendance.REGISTER_2006),
        date(2006, 9, 1),
        (f"{_RULES}.attendance.attendance_code",),
        ("attendance",),
        "every code but K",
    ),
    Rule(
        "R28",
        "Bands, and when the board must meet",
        (sources.EXCLUSION_REGULATIONS_BANDS,),
        _2012,
        (f"{_RULES}.totals.band_of", f"{_RULES}.totals.totals"),
        ("bands", "totals"),
    ),
    Rule(
        "R29",
        "How the board's days are counted",
        (sources.EXCLUSION_REGULATIONS_BANDS,),
        _2012,
        ("casework.rules.calendar.SchoolCalendar.school_days_after",),
        ("counting",),
        "that each half day past fifteen begins a new duty",
    ),
    Rule(
        "R30",
        "The board's meeting",
        (board_arrangements.BOARD_GUIDANCE, sources.EXCLUSION_REGULATIONS_BANDS),
        _2012,
        (
            f"{_RULES}.board_arrangements.papers_out",
            f"{_RULES}.board_arrangements.invited",
            f"{_RULES}.board_arrangements.enough_governors",
        ),
        ("papers", "board_deciders"),
        "the five school days for papers, and when an authority may speak at an academy's meeting",
    ),
    Rule(
        "R31",
        "Meeting by remote access",
        (notice_contents.REMOTE_AMENDMENT, board_arrangements.PANDEMIC_REGULATIONS),
        date(2020, 6, 1),
        (f"{_RULES}.board_arrangements.remote_meeting",),
        ("remote_meetings",),
    ),
    Rule(
        "R33",
        "Who decides before an examination",
        (sources.EXCLUSION_REGULATIONS_BANDS, board_arrangements.BOARD_GUIDANCE),
        _2012,
        (f"{_RULES}.board_arrangements.who_decides",),
        ("board_deciders",),
        "what holds at a pupil referral unit",
    ),
)
