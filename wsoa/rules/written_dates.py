"""What a plan's date says, kept as it was written and understood beside it.

Papers write months ("Dec 20"), ranges, "and ongoing", a reason in brackets, and stages with labels. What cannot be
understood is a fault that is shown, never a guess.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
# A month with its year and perhaps its day, or a day in figures.
_WHEN = re.compile(
    rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?\b(?P<name>{_NAME})(?P<gap>\.?\s*)(?P<year>\d{{4}}|\d{{2}})\b"
    r"|\b(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4}|\d{2})\b"
    # As a spreadsheet gives a day that it keeps as one.
    r"|\b(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})\b",
    re.IGNORECASE | re.ASCII,
)
# "Jan-Mar 27": the first month's year is the second's, or the one before.
_SHARED_YEAR = re.compile(rf"\b({_NAME})\s*(?:-|–|to)\s*({_NAME})(\s*)(\d{{4}}|\d{{2}})\b", re.IGNORECASE | re.ASCII)
# "Phase 2 Mar 27": the number is the word's and no day.
_COUNTS = re.compile(r"\b(?:phase|stage|part|step|cohort|wave|tranche|group|year|term)\s*$", re.IGNORECASE)
_BETWEEN = frozenset({"", "to", "until", "till", "and"})
_YEARS = range(2000, 2061)
_BRACKETS = re.compile(r"\(([^)]*)\)")
_BEGINS = re.compile(r"\b(began|begins?|started|starts?|from)\b", re.IGNORECASE)
_EVERY = {"annually": "year", "quarterly": "quarter", "monthly": "month"}
_NOT_STATED = frozenset({"", "-", "not stated", "tbc", "n/a"})

NO_DATE = "No day can be read in it"
NO_SPACE = "The month and the year stand together"
END_BEFORE_START = "It ends before it begins"
NO_END = "It says when it begins and not when it ends"
NO_SUCH_DAY = "There is no such day"
WRONG_YEAR = "The year cannot be right"


@dataclass(frozen=True, slots=True)
class Stage:
    """One dated part of a plan's date: its label, its first and last day, and whether it begins then or ends by then.

    The two days are one where the paper names a day, else the first and the last of the month.
    """

    label: str
    first: date
    last: date
    begins: bool


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A plan's date: `text` as written, and what it is understood to say.

    `starts_on` is the day on which it begins and `due` the day by which it ends: those that are written, or where only
    months are, the first day of the one and the last day of the other. An
    `ongoing` action goes on past `due`, which is then the day by which it is to be under way; `every` tells how often it
    is done again ("year", "quarter", "month"). `remark` is what stands in brackets. `faults` are the text's own slips.
    """

    text: str
    starts_on: date | None = None
    due: date | None = None
    ongoing: bool = False
    every: str = ""
    remark: str = ""
    stages: tuple[Stage, ...] = ()
    faults: tuple[str, ...] = ()


def written_date(text: str) -> WrittenDate:
    """Return what a date says, with two-digit years taken as of this century. Never raises: what is not understood is a fault."""
    remark = "; ".join(part.strip() for part in _BRACKETS.findall(text))
    plain = " ".join(_BRACKETS.sub(" ", text).split())
    words = plain.casefold()
    ongoing = "ongoing" in words
    every = next((each for word, each in _EVERY.items() if word in words), "")
    faults: list[str] = []
    stages = tuple(_stages(_SHARED_YEAR.sub(_with_both_years, plain), faults))
    if not stages:
        if not ongoing and not faults and words not in _NOT_STATED:
            faults.append(NO_DATE)
        return WrittenDate(text, ongoing=ongoing, every=every, remark=remark, faults=tuple(faults))
    starts_on, due = _range(stages)
    if starts_on and due and due < starts_on and len(stages) == 2 and not stages[0].label:
        faults.append(END_BEFORE_START)
    if stages[-1].begins and not ongoing:
        faults.append(NO_END)
    return WrittenDate(text, starts_on, due, ongoing, every, remark, stages, tuple(faults))


def _with_both_years(found: re.Match[str]) -> str:
    first, last, gap, year = found.groups()
    before = int(year) - (_month_of(first) > _month_of(last))
    return f"{first} {before:0{len(year)}d} to {last}{gap}{year}"


def _month_of(name: str) -> int:
    return _MONTHS.index(name[:3].casefold()) + 1


def _stages(plain: str, faults: list[str]) -> Iterator[Stage]:
    """Yield each dated part; add to the faults what is written as a day and can be none."""
    after = 0
    for found in _WHEN.finditer(plain):
        before = plain[after : found.start()]
        day = found["day"] or found["d"] or found["id"]
        month = _month_of(found["name"]) if found["name"] else int(found["m"] or found["im"])
        if found["day"] and _COUNTS.search(before):
            before, day = plain[after : found.start("name")], None
        after = found.end()
        written = found["year"] or found["y"] or found["iy"]
        year = int(written) + (2000 if len(written) == 2 else 0)
        if found["name"] and not found["gap"]:
            _once(faults, NO_SPACE)
        try:
            first = date(year, month, int(day or 1))
        except ValueError:
            _once(faults, NO_SUCH_DAY)
            continue
        if year not in _YEARS:
            _once(faults, WRONG_YEAR)
            continue
        label = before.strip(" :,;.-–—")
        last = first if day else first.replace(day=monthrange(year, month)[1])
        yield Stage("" if label.casefold() in _BETWEEN else label, first, last, begins=bool(_BEGINS.search(label)))


def _once(faults: list[str], fault: str) -> None:
    if fault not in faults:
        faults.append(fault)


def _range(stages: tuple[Stage, ...]) -> tuple[date | None, date | None]:
    if len(stages) == 2 and not stages[0].label and not stages[1].label:
        return stages[0].first, stages[1].last
    starts = [each.first for each in stages if each.begins]
    ends = [each.last for each in stages if not each.begins]
    return (min(starts) if starts else None), (max(ends) if ends else None)
