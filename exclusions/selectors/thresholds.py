"""Children near a limit of suspension: school days of the running term and school year, across schools.

Everything is filtered, summed and sorted by the database in half days. A child's windows of term and year are those of
the school where the child is on roll now, since a suspension to come would be counted by its calendar; for a child on
no roll, those of the school that excluded last.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import connection

from casework.models import Pupil, School, User
from casework.rights import has_permission
from casework.roles import Permission
from casework.rules.calendar import NoTermDates, SchoolCalendar
from casework.selectors.calendars import calendars_of
from exclusions.models import Exclusion
from exclusions.rules.thresholds import A_DAY, LONGEST_SHORT, REPEATED, Limit
from exclusions.rules.totals import FIFTEEN_DAYS, FIVE_DAYS, YEAR_LIMIT, YEAR_NEAR

A_YEAR = 400
"""Days that hold any term or school year which a day falls in."""


@dataclass(frozen=True, slots=True)
class Windows:
    """The first and last day, both included, of the term and of the school year that a day falls in."""

    term: tuple[date, date]
    year: tuple[date, date]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters: which limit, and the schools asked for (None for all)."""

    limit: Limit | None = None
    phase: str = ""
    urn: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One child: half days of term and year, suspensions of the term, and the notice that came last."""

    pupil: Pupil
    school: School
    last: Exclusion
    term: int
    year: int
    suspensions: int
    short: int
    exam: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many children are near or past each limit, and how many there are in all."""

    every: int = 0
    five: int = 0
    fifteen: int = 0
    year: int = 0
    exam: int = 0
    repeated: int = 0


class Watch:
    """The children near a limit on a day, whom the person may see: counted once, and read a page at a time.

    Children of a school that holds no term dates for the day are not among them; `without_dates` counts such schools.
    """

    def __init__(self, *, by: User, on: date, wanted: Wanted) -> None:
        """Look up the windows of the schools asked for, in four queries."""
        allowed = has_permission(by, Permission.SEE_EXCLUSIONS) and has_permission(by, Permission.SEE_PUPILS)
        self.schools = _schools(wanted) if allowed else {}
        self.limit = wanted.limit
        windows = windows_of(list(self.schools.values()), on=on)
        self.year_begins = {school: each.year[0] for school, each in windows.items()}
        self.without_dates = len(self.schools) - len(windows)
        self._facts = _facts(windows, on=on)

    def counts(self) -> Counts:
        """Return the counts, whichever limit is asked for, in one query."""
        if not self._facts["schools"]:
            return Counts()
        with connection.cursor() as cursor:
            cursor.execute(_CHILDREN + _COUNTS, self._facts)
            return Counts(*cursor.fetchone())

    def rows(self, first: int, last: int) -> list[Row]:
        """Return the rows from `first` up to, not with, `last`: those nearest to their next limit first. Three queries."""
        if not self._facts["schools"]:
            return []
        with connection.cursor() as cursor:
            page = {"limit": str(self.limit or ""), "rows": max(last - first, 0), "offset": max(first, 0)}
            cursor.execute(_CHILDREN + _ROWS, self._facts | page)
            found = cursor.fetchall()
        pupils = Pupil.objects.in_bulk([row[0] for row in found])
        notices = Exclusion.objects.select_related("case").in_bulk([row[2] for row in found])
        return [Row(pupils[row[0]], self.schools[row[1]], notices[row[2]], *row[3:]) for row in found]


def windows_of(schools: Collection[School], *, on: date) -> dict[int, Windows]:
    """Return the windows of each school whose calendar covers the day, by primary key. Three queries."""
    if not schools:
        return {}
    # Most schools share the authority's calendar, which is looked through once.
    known: dict[int, Windows | None] = {}
    found = {}
    for school, calendar in calendars_of(schools).items():
        if id(calendar) not in known:
            known[id(calendar)] = _windows(calendar, on)
        if windows := known[id(calendar)]:
            found[school] = windows
    return found


def _windows(calendar: SchoolCalendar, on: date) -> Windows | None:
    near = replace(
        calendar, spells=tuple(each for each in calendar.spells if abs((each.first - on).days) <= 2 * A_YEAR)
    )
    try:
        return Windows(_stretch(near.statutory_term, on), _stretch(near.school_year_of, on))
    except NoTermDates:
        return None


def _stretch(of: Callable[[date], Any], on: date) -> tuple[date, date]:
    """Return the first and last day of what a day falls in. Raises NoTermDates for the day itself."""
    asked = of(on)

    def outside(day: date) -> bool:
        try:
            return bool(of(day) != asked)
        except NoTermDates:
            return True

    after = bisect_left(range(A_YEAR), True, key=lambda days: outside(on + timedelta(days)))
    before = bisect_left(range(A_YEAR), True, key=lambda days: outside(on - timedelta(days)))
    return on - timedelta(before - 1), on + timedelta(after - 1)


def _schools(wanted: Wanted) -> dict[int, School]:
    found = School.objects.all()
    if wanted.phase:
        found = found.filter(phase=wanted.phase)
    if wanted.urn:
        found = found.filter(urn=wanted.urn)
    return found.in_bulk()


def _facts(windows: dict[int, Windows], *, on: date) -> dict[str, Any]:
    each = list(windows.values())
    return {
        "on": on,
        "schools": list(windows),
        "term_first": [windows.term[0] for windows in each],
        "term_last": [windows.term[1] for windows in each],
        "year_first": [windows.year[0] for windows in each],
        "year_last": [windows.year[1] for windows in each],
        "oldest": min((windows.year[0] for windows in each), default=on),
        "newest": max((windows.year[1] for windows in each), default=on),
        "five": FIVE_DAYS,
        "fifteen": FIFTEEN_DAYS,
        "near_five": FIVE_DAYS - A_DAY,
        "near_fifteen": FIFTEEN_DAYS - A_DAY,
        "near_year": YEAR_NEAR[0],
        "year": YEAR_LIMIT,
        "short": LONGEST_SHORT,
        "repeated": REPEATED,
    }


# A day is merged across schools and notices first, and is never more than two half days (D7); a suspension belongs to
# the term of its first day.
_CHILDREN = """
WITH windows AS (
    SELECT * FROM unnest(
        %(schools)s::bigint[], %(term_first)s::date[], %(term_last)s::date[], %(year_first)s::date[],
        %(year_last)s::date[]
    ) AS each (school_id, term_first, term_last, year_first, year_last)
), notices AS (
    SELECT file.pupil_id, notice.id, notice.school_id, notice.kind, notice.first_day, notice.exam_missed
    FROM exclusions_exclusion notice JOIN casework_case file ON file.id = notice.case_id
    WHERE notice.first_day <= %(newest)s AND COALESCE(notice.last_day, notice.first_day) >= %(oldest)s
        AND notice.voided_at IS NULL
), latest AS (
    SELECT DISTINCT ON (pupil_id) pupil_id, id AS notice_id, school_id
    FROM notices ORDER BY pupil_id, first_day DESC, id DESC
), on_roll AS (
    SELECT DISTINCT ON (pupil_id) pupil_id, school_id FROM casework_rollspell
    WHERE pupil_id IN (SELECT pupil_id FROM latest) AND enrolment_status <> 'S'
        AND first_day <= %(on)s AND (last_day IS NULL OR last_day >= %(on)s)
    ORDER BY pupil_id, first_day DESC, id
), children AS (
    SELECT latest.pupil_id, latest.notice_id, windows.*
    FROM latest LEFT JOIN on_roll USING (pupil_id)
    JOIN windows ON windows.school_id = COALESCE(on_roll.school_id, latest.school_id)
), suspended AS (
    SELECT notices.pupil_id, notices.id, day."on", day.morning, day.afternoon, day.lunchtime
    FROM notices JOIN children USING (pupil_id) JOIN exclusions_suspendedday day ON day.exclusion_id = notices.id
    WHERE notices.kind <> 'permanent' AND day."on" BETWEEN children.year_first AND children.year_last
), merged AS (
    SELECT pupil_id, "on",
        LEAST(bool_or(morning)::int + bool_or(afternoon)::int + bool_or(lunchtime)::int, 2) AS half_days
    FROM suspended GROUP BY pupil_id, "on"
), days AS (
    SELECT pupil_id, SUM(half_days) FILTER (WHERE "on" BETWEEN term_first AND term_last) AS term,
        SUM(half_days) AS year
    FROM merged JOIN children USING (pupil_id) GROUP BY pupil_id
), lengths AS (
    SELECT exclusion_id AS id,
        SUM(LEAST(morning::int + afternoon::int + lunchtime::int, 2)) AS half_days
    FROM exclusions_suspendedday WHERE exclusion_id IN (SELECT id FROM suspended) GROUP BY exclusion_id
), counted AS (
    SELECT pupil_id,
        COUNT(*) FILTER (WHERE kind <> 'permanent' AND first_day BETWEEN term_first AND term_last) AS suspensions,
        COUNT(*) FILTER (WHERE half_days <= %(short)s AND first_day BETWEEN term_first AND term_last) AS short,
        COALESCE(bool_or(exam_missed AND first_day BETWEEN year_first AND year_last), FALSE) AS exam
    FROM notices JOIN children USING (pupil_id) LEFT JOIN lengths ON lengths.id = notices.id GROUP BY pupil_id
), found AS (
    SELECT children.pupil_id, children.school_id, children.notice_id, COALESCE(days.term, 0)::int AS term,
        COALESCE(days.year, 0)::int AS year, suspensions, short, exam
    FROM children JOIN counted USING (pupil_id) LEFT JOIN days USING (pupil_id)
), near AS (
    SELECT *, term > %(near_five)s AS near_5, term > %(near_fifteen)s AS near_15, year > %(near_year)s AS near_45,
        short >= %(repeated)s AS near_repeated,
        LEAST(
            CASE WHEN term <= %(five)s THEN %(five)s - term WHEN term <= %(fifteen)s THEN %(fifteen)s - term END,
            %(year)s - year
        ) AS to_next
    FROM found
), watched AS (
    SELECT * FROM near WHERE near_5 OR near_45 OR near_repeated OR exam
)
"""

_COUNTS = """
SELECT COUNT(*), COUNT(*) FILTER (WHERE near_5), COUNT(*) FILTER (WHERE near_15), COUNT(*) FILTER (WHERE near_45),
    COUNT(*) FILTER (WHERE exam), COUNT(*) FILTER (WHERE near_repeated)
FROM watched
"""

_ROWS = """
SELECT pupil_id, school_id, notice_id, term, year, suspensions, short, exam FROM watched
WHERE CASE %(limit)s
    WHEN '5' THEN near_5 WHEN '15' THEN near_15 WHEN '45' THEN near_45 WHEN 'exam' THEN exam
    WHEN 'repeated' THEN near_repeated ELSE TRUE
END
ORDER BY to_next, year DESC, term DESC, pupil_id LIMIT %(rows)s OFFSET %(offset)s
"""
