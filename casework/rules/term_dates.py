"""A school year's dates as people paste them: read, checked against the years round it, and carried to the next year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from casework.rules.calendar import LONGEST_HOLIDAY, ONE_DAY, SATURDAY
from casework.rules.dates import MONTHS, NotADay, parse_day
from casework.rules.periods import AcademicYear, Term, easter_monday

MOST_LINES = 200
A_YEAR_OF_WEEKS = timedelta(days=364)
_ORDER = (Term.AUTUMN, Term.SPRING, Term.SUMMER)
_TERM_OF_NUMBER = (Term.AUTUMN, Term.AUTUMN, Term.SPRING, Term.SPRING, Term.SUMMER, Term.SUMMER)
_TERM = re.compile(
    r"^\W*(?P<name>autumn|spring|summer)\b(?: ?(?:term|half ?term|[12](?=\s*[:\t,;]))\b)*|^\W*term ?(?P<number>[1-6])\b",
    re.I,
)
_INSET = re.compile(r"^\W*(?:inset|staff|training|closed)\b(?: (?:day|training))*", re.I)
_BETWEEN = re.compile(r"\s+(?:to|until)\s+|\s*[–—]\s*|\s+-\s+|\t+|;|,(?=\s*\d)", re.I)


@dataclass(frozen=True, slots=True)
class TermDates:
    """A spell of attendance, first and last day included; `line` is where it was read, from 1."""

    term: Term
    first: date
    last: date
    line: int = 0


@dataclass(frozen=True, slots=True)
class Inset:
    """A day without pupils; `line` is where it was read."""

    on: date
    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class YearDates:
    """The dates of one academic year, spells in date order."""

    spells: tuple[TermDates, ...]
    insets: tuple[Inset, ...] = ()


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with a line, from 1; 0 is the whole."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}" if self.line else self.message


class BadDates(ValueError):
    """The dates cannot be used; `faults` say why."""

    def __init__(self, faults: Sequence[LineFault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)


def read_dates(text: str, *, year: AcademicYear) -> YearDates:
    """Return the dates that lines of text give: "Autumn 3 Sep 2026 - 23 Oct 2026", or the cells of a spreadsheet.

    A line names its term (autumn, spring, summer, or term 1 to 6) and two days; "INSET 2 Sep 2026" is a day without
    pupils. A day without a year is of the academic year. Raises BadDates with a fault for each line that is neither.
    """
    spells: list[TermDates] = []
    insets: list[Inset] = []
    faults: list[LineFault] = []
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise BadDates([LineFault(0, f"At most {MOST_LINES} lines are read: paste one year.")])
    for number, line in enumerate(lines, start=1):
        if not line.strip() or _is_header(line):
            continue
        try:
            if inset := _INSET.match(line):
                insets.append(_inset(line[inset.end() :], number, year))
            else:
                spells.append(_spell(line, number, year))
        except NotADay as wrong:
            faults.append(LineFault(number, str(wrong).rstrip(".") + "."))
    if not spells and not faults:
        faults.append(LineFault(0, "Enter the terms, one in a line, such as Autumn 3 Sep 2026 - 23 Oct 2026."))
    if faults:
        raise BadDates(faults)
    return YearDates(
        tuple(sorted(spells, key=lambda each: each.first)), tuple(sorted(insets, key=lambda each: each.on))
    )


def check_dates(dates: YearDates, *, year: AcademicYear, ends_before: date | None, begins_after: date | None) -> None:
    """Raise BadDates for dates that overlap, are reversed, leave a gap of more than 50 days, or lie outside the year.

    The spells must run from autumn through spring to summer, as many of each as there are; a year need not hold each.

    `ends_before` is the last day of the year before and `begins_after` the first of the year after, where they are held.
    """
    faults = [
        LineFault(each.line, f"The term ends on {_words(each.last)}, before it begins on {_words(each.first)}.")
        for each in dates.spells
        if each.last < each.first
    ]
    faults += [
        LineFault(each.line, f"{_words(day)} is not in the school year {year.label}.")
        for each in dates.spells
        for day in (each.first, each.last)
        if not year.contains(day)
    ]
    if not faults:
        faults = [*_overlaps(dates.spells), *_gaps(dates.spells, ends_before, begins_after), *_insets_outside(dates)]
        faults += _out_of_order(dates.spells)
    if faults:
        raise BadDates(sorted(faults, key=lambda fault: fault.line))


def terms_left_out(dates: YearDates, *, terms_in_year: int) -> tuple[Term, ...]:
    """Return the terms of which no spell is given, in order; of a school with two terms none where two are given."""
    given = {each.term for each in dates.spells}
    if len(given) >= min(terms_in_year, len(_ORDER)):
        return ()
    return tuple(term for term in _ORDER if term not in given)


def copied(spells: Sequence[TermDates], *, to: AcademicYear) -> tuple[TermDates, ...]:
    """Return last year's spells a year of weeks later, so that each keeps its day of the week; for a person to check.

    They go a week further where the autumn would begin in August. The holiday at Easter moves as Easter does: the last
    day of the spring before it and the first of the summer after it.
    """
    if not spells:
        return ()
    step = A_YEAR_OF_WEEKS
    if (spells[0].first + step).month == 8 and spells[0].first.month != 8:
        step += timedelta(days=7)
    easter = easter_monday(to.first_year + 1) - easter_monday(to.first_year) - step
    moved = [replace(each, first=each.first + step, last=each.last + step, line=0) for each in spells]
    for place, (before, after) in enumerate(pairwise(moved)):
        if before.term == Term.SPRING and after.term == Term.SUMMER:
            early, late = replace(before, last=before.last + easter), replace(after, first=after.first + easter)
            if early.first <= early.last and late.first <= late.last:
                moved[place], moved[place + 1] = early, late
    return tuple(moved)


def as_lines(dates: YearDates) -> str:
    """Return the dates as the lines that `read_dates` reads."""
    lines = [f"{each.term.value.capitalize()} {_words(each.first)} - {_words(each.last)}" for each in dates.spells]
    return "\n".join([*lines, *(f"INSET {_words(each.on)} {each.reason}".strip() for each in dates.insets)])


def _is_header(line: str) -> bool:
    return not re.search(r"\d", line) and bool(re.search(r"\b(first|start|begin|last|end|from|to|date)", line, re.I))


def _spell(line: str, number: int, year: AcademicYear) -> TermDates:
    named = _TERM.match(line)
    if not named:
        raise NotADay("Begin the line with Autumn, Spring, Summer, Term 1 to Term 6, or INSET")
    days = [part for part in _BETWEEN.split(line[named.end() :].strip(" \t:,-–")) if part.strip()]
    if len(days) != 2:
        raise NotADay("Write the first and the last day, such as 3 Sep 2026 - 23 Oct 2026")
    term = Term(named["name"].lower()) if named["name"] else _TERM_OF_NUMBER[int(named["number"]) - 1]
    first, last = (_day(part, year) for part in days)
    return TermDates(term, first, last, number)


def _inset(rest: str, number: int, year: AcademicYear) -> Inset:
    words = rest.strip(" \t:,-–").replace("\t", " ").split()
    for count in range(len(words), 0, -1):
        try:
            on = _day(" ".join(words[:count]), year)
        except NotADay:
            continue
        return Inset(on, " ".join(words[count:]).strip(" :,-–")[:100] or "INSET", number)
    raise NotADay("Write the day after INSET, such as INSET 2 Sep 2026")


def _day(text: str, year: AcademicYear) -> date:
    # The middle of the year: of the days that a day and month may mean, the nearest is in it.
    return parse_day(text.strip(" .,"), today=date(year.first_year + 1, 2, 1))


def _overlaps(spells: Sequence[TermDates]) -> list[LineFault]:
    return [
        LineFault(
            after.line,
            f"The term that begins on {_words(after.first)} begins before the one to {_words(before.last)} has ended.",
        )
        for before, after in pairwise(spells)
        if after.first <= before.last
    ]


def _out_of_order(spells: Sequence[TermDates]) -> list[LineFault]:
    faults = []
    latest: TermDates | None = None
    for each in spells:
        if latest is None or _ORDER.index(each.term) >= _ORDER.index(latest.term):
            latest = latest if latest and latest.term == each.term else each
            continue
        where = f", in line {latest.line}" if latest.line else ""
        faults.append(
            LineFault(
                each.line,
                f"{each.term.value.capitalize()} from {_words(each.first)} comes after"
                f" {latest.term.value} from {_words(latest.first)}{where}:"
                " the terms run autumn, spring, summer.",
            )
        )
    return faults


def _gaps(spells: Sequence[TermDates], ends_before: date | None, begins_after: date | None) -> list[LineFault]:
    edges = [(each.last, after.first, after.line) for each, after in pairwise(spells)]
    if ends_before and spells:
        edges.insert(0, (ends_before, spells[0].first, spells[0].line))
    if begins_after and spells:
        edges.append((spells[-1].last, begins_after, 0))
    faults = []
    for last, first, line in edges:
        gap = (first - last).days - 1
        if gap > LONGEST_HOLIDAY:
            faults.append(
                LineFault(
                    line,
                    f"From {_words(last + ONE_DAY)} to {_words(first - ONE_DAY)} are {gap} days in no term,"
                    f" and {LONGEST_HOLIDAY} are the most: a term is missing.",
                )
            )
        elif gap < 0 and line == 0:
            faults.append(LineFault(0, f"The next year begins on {_words(first)}, before these terms have ended."))
    return faults


def _insets_outside(dates: YearDates) -> list[LineFault]:
    faults = []
    seen: set[date] = set()
    for inset in dates.insets:
        if inset.on.weekday() >= SATURDAY or not any(each.first <= inset.on <= each.last for each in dates.spells):
            faults.append(
                LineFault(inset.line, f"{_words(inset.on)} is in no term, or at a weekend: leave out the INSET day.")
            )
        elif inset.on in seen:
            faults.append(LineFault(inset.line, f"The INSET day {_words(inset.on)} stands in an earlier line too."))
        seen.add(inset.on)
    return faults


def _words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"
