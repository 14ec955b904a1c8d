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
_MONTH = re.compile(
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(\s*)(\d{4}|\d{2})\b",
    re.IGNORECASE | re.ASCII,
)
_BRACKETS = re.compile(r"\(([^)]*)\)")
_BEGINS = re.compile(r"\b(began|begins?|started|starts?|from)\b", re.IGNORECASE)
_EVERY = {"annually": "year", "quarterly": "quarter", "monthly": "month"}
_NOT_STATED = frozenset({"", "-", "not stated", "tbc", "n/a"})

NO_DATE = "No day can be read in it"
NO_SPACE = "The month and the year stand together"
END_BEFORE_START = "It ends before it begins"
NO_END = "It says when it begins and not when it ends"


@dataclass(frozen=True, slots=True)
class Stage:
    """One dated part of a plan's date: its label, the month's first day, and whether it begins then or ends by then."""

    label: str
    month: date
    begins: bool


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A plan's date: `text` as written, and what it is understood to say.

    `starts_on` is the first day of the month in which it begins; `due` the last day of the month by which it ends. An
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
    stages = tuple(_stages(plain))
    faults = [NO_SPACE] if any(not each[2] for each in _MONTH.finditer(plain)) else []
    if not stages:
        if not ongoing and words not in _NOT_STATED:
            faults.append(NO_DATE)
        return WrittenDate(text, ongoing=ongoing, every=every, remark=remark, faults=tuple(faults))
    starts_on, due = _range(plain, stages)
    if starts_on and due and due < starts_on and len(stages) == 2 and not stages[0].label:
        faults.append(END_BEFORE_START)
    if stages[-1].begins and not ongoing:
        faults.append(NO_END)
    return WrittenDate(text, starts_on, due, ongoing, every, remark, stages, tuple(faults))


def _stages(plain: str) -> Iterator[Stage]:
    after = 0
    for found in _MONTH.finditer(plain):
        label = plain[after : found.start()].strip(" :,;.")
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        month = date(year, _MONTHS.index(found[1][:3].casefold()) + 1, 1)
        yield Stage("" if label.casefold() == "to" else label, month, begins=bool(_BEGINS.search(label)))
        after = found.end()


def _range(plain: str, stages: tuple[Stage, ...]) -> tuple[date | None, date | None]:
    if len(stages) == 2 and not stages[0].label and not stages[1].label:
        return stages[0].month, _end_of(stages[1].month)
    starts = [each.month for each in stages if each.begins]
    ends = [each.month for each in stages if not each.begins]
    return (min(starts) if starts else None), (_end_of(max(ends)) if ends else None)


def _end_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])
