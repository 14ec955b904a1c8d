"""Builds typed requests of the calculator from the cells of decision tables, and finds a deadline in the answer."""

from collections.abc import Iterable
from datetime import date

from casework.rules.calendar import SchoolCalendar
from exclusions.rules import events as ev
from exclusions.rules.clock import answer
from exclusions.rules.deadlines import Answer, Deadline, NotOpened
from exclusions.rules.readings import Ambiguity, Setting
from exclusions.rules.sixth_day import PupilFacts, SchoolFacts
from exclusions.rules.terms import SchoolKind
from exclusions.rules.totals import days_from_length
from tests.tables.reader import calendar, day

PUPIL = PupilFacts(home_authority="998")
SCHOOL = SchoolFacts("999", SchoolKind.ACADEMY)
CASE = "x"


def settings_of(text: str) -> dict[Ambiguity, Setting]:
    """Read 'AMB-4=both AMB-5=reading_2'."""
    pairs = (pair.replace("_", " ").split("=") for pair in text.split())
    return {Ambiguity(name): Setting(value) for name, value in pairs}


def suspension(id_: str, first_day: str, length: str, on: SchoolCalendar, decided_on: str = "") -> ev.Suspension:
    first = date.fromisoformat(first_day)
    return ev.Suspension(id_, first, days_from_length(first, float(length), on), decided_on=day(decided_on))


def earlier(text: str, on: SchoolCalendar) -> list[ev.Event]:
    """Read '2025-09-08:3 2025-10-06:1.5': suspensions, each with its first day and length."""
    cells_of = [each.split(":") for each in text.split()]
    return [suspension(f"e{place}", first, length, on) for place, (first, length) in enumerate(cells_of)]


def exclusion(row: dict[str, str], on: SchoolCalendar) -> ev.Event:
    """Return the exclusion that a row is about."""
    if row.get("kind", "permanent_exclusion") == "suspension":
        return suspension(CASE, row["first_day"], row["length"], on, row.get("decided_on", ""))
    return ev.PermanentExclusion(CASE, date.fromisoformat(row["first_day"]), decided_on=day(row.get("decided_on", "")))


def school_days_of(row: dict[str, str]) -> SchoolCalendar:
    """Return the calendar of a row, without its unplanned closures where they count."""
    on = calendar(row["calendar"])
    return on.without_unplanned_closures() if "AMB-5=reading_2" in row.get("settings", "") else on


def ask(row: dict[str, str], events: Iterable[ev.Event], pupil: PupilFacts = PUPIL) -> Answer:
    return answer(
        ev.Request(calendar(row["calendar"]), pupil, SCHOOL, tuple(events), settings_of(row.get("settings", "")))
    )


def found(answered: Answer, key: str, event: str | None = None) -> Deadline | NotOpened | None:
    """Return the row of a key, among deadlines or those that did not open."""
    rows: list[Deadline | NotOpened] = [*answered.deadlines, *answered.none]
    return next((row for row in rows if row.key == key and event in (None, row.event)), None)


def cells(row: Deadline | NotOpened | None) -> tuple[str, str, str]:
    """Return due date, other reading and reason as a table writes them."""
    if row is None:
        return "", "", ""
    if isinstance(row, NotOpened):
        return "", "", row.because
    return str(row.due), str(row.other_reading or ""), ""


def also(row: Deadline | NotOpened | None) -> str:
    """Return the dates of readings beside those two, as a table writes them."""
    if not isinstance(row, Deadline):
        return ""
    return " ".join(sorted({str(reading.due) for reading in row.readings} - {str(row.due), str(row.other_reading)}))
