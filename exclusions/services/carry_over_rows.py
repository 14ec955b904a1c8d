"""Reading the rows of last year's or this year's notices: what each says, or what is wrong with it and where."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from casework.models import LocalAuthority, School
from casework.rules import upn as upn_rules
from casework.rules.calendar import NoTermDates, SchoolCalendar
from casework.rules.terms import EARLY_HELP_LABELS, SEN_NEED_LABELS, SOCIAL_CARE_LABELS, YEAR_GROUP_LABELS
from casework.selectors.calendars import calendars_of
from casework.uploads import Fault, Row, Table, Unreadable
from casework.uploads.table import folded
from exclusions.models import ReasonCode
from exclusions.rules import reasons as reason_rules
from exclusions.rules.carry_over import COLUMNS, NEEDED, WORDS, YES_NO, pairs
from exclusions.rules.terms import Session
from exclusions.rules.totals import SuspendedDay, days_of

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", re.ASCII)
LABELS: Mapping[str, Mapping[str, str]] = {
    "Social care": SOCIAL_CARE_LABELS,
    "Early help": EARLY_HELP_LABELS,
    "SEN need": SEN_NEED_LABELS,
}
LONGEST_NAME = 80


@dataclass(slots=True)
class Said:
    """One row as it is understood. `frozen` holds the circumstances of the first day by field."""

    row: Row
    upn: str
    first_name: str
    last_name: str
    born: date
    sex: str
    school: School
    kind: str
    first_day: date
    first_session: str
    last_day: date | None
    last_session: str
    days: tuple[SuspendedDay, ...]
    reasons: tuple[str, ...]
    year_group: str
    home_authority: LocalAuthority
    # The first day where the file says no day; `told_said` tells which.
    told_on: date
    told_said: bool
    outcome: str
    outcome_on: date | None
    child: str
    frozen: dict[str, str] = field(default_factory=dict)


class Wrong(Exception):
    """A cell cannot be understood: the column and what to do."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


class Reader:
    """Reads rows with the schools, the calendars, the codes and the council's own words at hand: a few queries in all."""

    def __init__(self, table: Table, *, columns: str, words: str, today: date) -> None:
        """Find our columns in the table's header. Raises Unreadable, naming each that is needed and missing."""
        self.today = today
        self.columns = _columns(table, pairs(columns))
        self.words = {theirs: ours.casefold() for theirs, ours in pairs(words).items()}
        urns = {self._cell(row, "School") for row in table.rows} if "School" in self.columns else set()
        self.schools = {
            school.urn: school for school in School.objects.filter(urn__in=urns).select_related("authority", "trust")
        }
        self.calendars = calendars_of(list(self.schools.values())) if self.schools else {}
        self.authorities = {each.code: each for each in LocalAuthority.objects.all()}
        self.reasons = {row.code: row for row in ReasonCode.objects.all()}
        self.reason_words = {row.label.casefold(): row.code for row in self.reasons.values()}

    def read(self, row: Row) -> Said | list[Fault]:
        """Return what a row says, or every fault of it."""
        faults: list[Fault] = []
        found: dict[str, Any] = {}
        for part in (self._who, self._what, self._circumstances):
            try:
                found |= part(row, found)
            except Wrong as wrong:
                faults.append(row.fault(self.columns.get(wrong.column, wrong.column), wrong.message))
        return faults or Said(row=row, **found)

    def fault(self, row: Row, column: str, message: str) -> Fault:
        """Return a fault at one of our columns, by the name that the file gives it."""
        return row.fault(self.columns.get(column, column), message)

    def _cell(self, row: Row, column: str) -> str:
        return row.get(self.columns.get(column, column)).strip()

    def _who(self, row: Row, _: dict[str, Any]) -> dict[str, Any]:
        upn = upn_rules.normalise(self._cell(row, "UPN"))
        first, last = self._cell(row, "First name"), self._cell(row, "Last name")
        if upn and (problem := upn_rules.validate(upn)):
            raise Wrong("UPN", f"{problem.message}.")
        if not upn and not (first and last):
            raise Wrong("Last name", "Write the UPN, or the first and the last name.")
        for column, name in (("First name", first), ("Last name", last)):
            if len(name) > LONGEST_NAME:
                raise Wrong(column, f"The name is longer than {LONGEST_NAME} characters: shorten it.")
        born = self._day(row, "Date of birth")
        if not date(1990, 1, 1) <= born < self.today:
            raise Wrong("Date of birth", "The date of birth must be from 1990 to yesterday.")
        school = self.schools.get(self._cell(row, "School"))
        if school is None:
            raise Wrong(
                "School", "No school with this URN is held: write the six-digit URN, or bring the school first."
            )
        sex = self._word(row, "Sex") if self._cell(row, "Sex") else ""
        return {
            "upn": upn, "first_name": first, "last_name": last, "born": born, "sex": sex, "school": school,
            "child": self._word(row, "Child"),
        }  # fmt: skip

    def _what(self, row: Row, known: dict[str, Any]) -> dict[str, Any]:
        kind = self._word(row, "Kind")
        first = self._day(row, "First day")
        if first > self.today:
            raise Wrong("First day", "The first day lies ahead: log that notice by hand.")
        last = None if kind == "permanent" else self._day(row, "Last day")
        if last and last < first:
            raise Wrong("Last day", "The last day must be the first day or later.")
        if last and last > first + timedelta(days=120):
            raise Wrong("Last day", "That is more than 45 school days: check the year.")
        sessions = ("LUNCH", "LUNCH") if kind == "lunchtime" else (
            self._word(row, "First session"), self._word(row, "Last session") if last else "",
        )  # fmt: skip
        days: tuple[SuspendedDay, ...] = ()
        if "school" in known:
            days = self._days(self.calendars[known["school"].pk], known["school"], first, last, sessions)
        told = self._day(row, "Council told on") if self._cell(row, "Council told on") else None
        if told and told > self.today:
            raise Wrong("Council told on", "The council cannot have been told on a day to come.")
        outcome, outcome_on = self._outcome(row, kind, first)
        if told is None and ((kind == "permanent" and not outcome) or (last and last >= self.today)):
            raise Wrong("Council told on", "Write the day on which the council was told: its duties run from it.")
        return {
            "kind": kind, "first_day": first, "first_session": sessions[0], "last_day": last,
            "last_session": sessions[1], "days": days, "reasons": self._reasons(row, first), "told_on": told or first, "told_said": told is not None,
            "outcome": outcome, "outcome_on": outcome_on,
        }  # fmt: skip

    def _days(
        self, calendar: SchoolCalendar, school: School, first: date, last: date | None, sessions: Sequence[str]
    ) -> tuple[SuspendedDay, ...]:
        if (school.closed_on and school.closed_on < first) or school.opened_on > first:
            raise Wrong("School", "The school was not open on the first day: write the URN that was.")
        try:
            for column, day in (("First day", first), ("Last day", last)):
                if day and calendar.skip_reason(day):
                    raise Wrong(column, "That is no school day of this school: check the day, or its term dates.")
            if last is None:
                return ()
            if first == last and tuple(sessions) == ("PM", "AM"):
                raise Wrong("Last session", "A day out from the afternoon cannot end at midday.")
            return days_of(first, Session(sessions[0]), last, Session(sessions[1]), calendar)
        except NoTermDates:
            raise Wrong("First day", "No term dates are held for this school and day: set them first.") from None

    def _outcome(self, row: Row, kind: str, first: date) -> tuple[str, date | None]:
        outcome = self._word(row, "Outcome")
        if not outcome:
            return "", None
        if kind != "permanent":
            raise Wrong("Outcome", "Only a permanent exclusion has an outcome: leave it empty.")
        on = self._day(row, "Outcome on")
        if not first <= on <= self.today:
            raise Wrong("Outcome on", "The day must lie from the first day out to today.")
        return outcome, on

    def _reasons(self, row: Row, first: date) -> tuple[str, ...]:
        codes = []
        for column in ("Reason 1", "Reason 2", "Reason 3"):
            text = self._cell(row, column)
            if not text:
                continue
            text = self.words.get(text.casefold(), text)
            code = text.upper() if text.upper() in self.reasons else self.reason_words.get(text.casefold(), "")
            if not code:
                raise Wrong(column, "That is no reason of the Department’s list: write its two letters.")
            codes.append(code)
        rows = [self.reasons[code] for code in codes]
        chosen = [
            reason_rules.Reason(each.code, each.label, each.valid_from, each.valid_to, each.in_use) for each in rows
        ]
        for problem in reason_rules.problems_with_reasons(chosen, first):
            place = codes.index(problem.code) + 1 if problem.code else 1
            raise Wrong(f"Reason {place}", f"{problem.message}.")
        return tuple(codes)

    def _circumstances(self, row: Row, known: dict[str, Any]) -> dict[str, Any]:
        group = self._cell(row, "Year group").upper().removeprefix("YEAR").strip()
        if not group:
            # A birthday or a first day that is wrong is told already.
            known_days = "born" in known and "first_day" in known
            group = _year_group_of(known["born"], known["first_day"]) if known_days else "X"
        if group not in YEAR_GROUP_LABELS:
            raise Wrong("Year group", "This year group is not known: write N1, N2, R, 1 to 14, or X.")
        code = self._cell(row, "Home authority")
        home = self.authorities.get(code) if code else (known["school"].authority if "school" in known else None)
        if code and home is None:
            raise Wrong("Home authority", "Write the authority’s three digits, such as 893.")
        frozen = {
            "sen": self._word(row, "SEN"),
            "sen_need": self._label(row, "SEN need", otherwise=""),
            "social_care": self._label(row, "Social care"),
            "early_help": self._label(row, "Early help"),
            "social_worker": self._word(row, "Social worker"),
            "free_school_meals": self._word(row, "Free school meals"),
        }
        return {"year_group": group, "home_authority": home, "frozen": frozen}

    def _word(self, row: Row, column: str) -> str:
        text = " ".join(self._cell(row, column).split()).casefold()
        known = WORDS[column] or YES_NO
        text = self.words.get(text, text)
        if text in known:
            return known[text]
        by_value = {value.casefold(): value for value in known.values()}
        if text in by_value:
            return by_value[text]
        allowed = ", ".join(sorted({value for value in known.values() if value}))
        raise Wrong(
            column, f"That word is not known: write one of {allowed}, or say under “Your own words” what it means."
        )

    def _label(self, row: Row, column: str, *, otherwise: str = "unknown") -> str:
        text = " ".join(self._cell(row, column).split()).casefold()
        text = self.words.get(text, text)
        if not text:
            return otherwise
        for value, label in LABELS[column].items():
            if text in (value.casefold(), label.casefold()):
                return value
        raise Wrong(
            column, "That word is not known: write one of the list, or say under “Your own words” what it means."
        )

    def _day(self, row: Row, column: str) -> date:
        found = _DAY.fullmatch(self._cell(row, column))
        if found:
            day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
            try:
                return date(int(year), int(month), int(day))
            except ValueError:
                pass
        raise Wrong(column, "Write the day as 19/10/2026.")


def _columns(table: Table, own: Mapping[str, str]) -> dict[str, str]:
    """Return the file's name of each of our columns. Raises Unreadable for those that are needed and missing."""
    named = {folded(ours): theirs for theirs, ours in own.items()}
    found: dict[str, str] = {}
    for ours, others in COLUMNS.items():
        for name in (named.get(folded(ours), ""), ours, *others):
            if name and table.has(name):
                found[ours] = name
                break
    missing = [name for name in NEEDED if name not in found]
    if "UPN" not in found and not {"First name", "Last name"} <= found.keys():
        missing.append("UPN")
    if missing:
        raise Unreadable(
            *(
                Fault(f"No column is known as “{name}”: name it so, or say under “Your own columns” which it is.", 1)
                for name in missing
            )
        )
    return found


def _year_group_of(born: date, on: date) -> str:
    """Return the year group of most children born that day, in the school year of a day."""
    first_year = on.year - (on.month < 9)
    starts = born.year + 5 - (born < date(born.year, 9, 1))
    number = first_year - starts
    return {-2: "N1", -1: "N2", 0: "R"}.get(number, str(number))
