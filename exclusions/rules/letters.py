"""When a letter counts as given, and school days counted after a notice (D3, D5)."""

from collections.abc import Callable
from datetime import date

from casework.rules.calendar import ONE_DAY, SATURDAY, Count, SchoolCalendar
from exclusions.rules.deadlines import Basis
from exclusions.rules.events import Method
from exclusions.rules.readings import Ambiguity, Choice, Span, span_of, timetable

NOTICE_OUT_OF_SCHOOL = Ambiguity.NOTICE_ON_NON_SCHOOL_DAY
STRADDLING = Ambiguity.STRADDLING_TERMS
CLOSURE = Ambiguity.UNPLANNED_CLOSURE


def deemed_given_on(sent_on: date, method: Method, calendar: SchoolCalendar) -> date:
    """Return the day on which a letter counts as given (D5).

    By hand, the day itself. By first-class post, the second working day after posting: Monday to Friday less bank
    holidays, whether or not the school is in session. By e-mail, the day if it is a school day, else the next school
    day; only this reading of AMB-12 can be counted, since nobody says when an e-mail was opened.

    Raises NoTermDates for an e-mail outside the calendar. Source: SI 2012/1033 Sch 1 para 1(2); guidance para 254;
    for e-mail, a local rule.
    """
    if method is Method.EMAIL:
        return calendar.next_school_day(sent_on)
    working_days = 2 if method is Method.FIRST_CLASS else 0
    while working_days:
        sent_on += ONE_DAY
        working_days -= sent_on.weekday() < SATURDAY and sent_on not in calendar.bank_holidays
    return sent_on


def school_days_after_letter(
    sent_on: date,
    n: int,
    *,
    n_by_term_of_decision: int | None = None,
    method: Method = Method.HAND,
    reaches_board_or_parent: bool = True,
    basis: Basis,
    due_of: Callable[[Count], date] | None = None,
) -> Span:
    """Return the nth school day after the day on which a letter counts as given (D3, D5), by the readings in force.

    AMB-4 bears on it where the letter reaches the board or the parent on a day without school, and AMB-5 where the
    school had to close. `n_by_term_of_decision` is the number on the second reading of AMB-6, where that changes it.
    `due_of` turns the count into the date that is asked for, where that is not its last day.
    Raises NoTermDates. Source: SI 2012/1033 Sch 1; the calendar is the excluding school's (AMB-11, reading 1: a request
    holds no other).
    """

    calendar = basis.calendar

    def count_by(choice: Choice) -> Count:
        school_days = timetable(calendar, choice)
        given = deemed_given_on(sent_on, method, school_days)
        number = n_by_term_of_decision if choice.get(STRADDLING) == 2 else n
        if choice.get(NOTICE_OUT_OF_SCHOOL) == 2:
            given = school_days.next_school_day(given)
        return school_days.school_days_after(given, number or n)

    ambiguities = [CLOSURE] if calendar.unplanned_closures else []
    if reaches_board_or_parent and not calendar.is_school_day(deemed_given_on(sent_on, method, calendar)):
        ambiguities.append(NOTICE_OUT_OF_SCHOOL)
    if n_by_term_of_decision:
        ambiguities.append(STRADDLING)
    if due_of is None:
        return span_of(count_by, ambiguities, basis.settings)
    return span_of(count_by, ambiguities, basis.settings, due_of=due_of)


def school_days_before(day: date, n: int, basis: Basis) -> Span:
    """Return the nth school day before a day, which is itself not counted, by the readings in force.

    AMB-5 bears on it where the school had to close. Raises NoTermDates. Source: SI 2010/1156 reg 3 for notice of an
    off-site direction; SI 2012/1033 regs 6, 15 and 24 for a meeting before an examination.
    """

    def count_by(choice: Choice) -> Count:
        return timetable(basis.calendar, choice).school_days_before(day, n)

    return span_of(count_by, [CLOSURE] if basis.calendar.unplanned_closures else [], basis.settings)
