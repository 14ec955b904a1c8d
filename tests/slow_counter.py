"""Counts every date of a request again, day by day from a plain list of dates, and shares no code with the rules.

It is slow and says no reasons: it is here to disagree. A request goes in as the JSON that the calculator takes; out come
the dates of each deadline, by event and key, the deadlines that do not open, the totals and the cancellations.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

Event = dict[str, Any]
Choice = dict[str, int]
Out = dict[date, set[str]]

DEFAULTS = {f"AMB-{number}": "both" if number in {1, 3, 10} else "reading 1" for number in range(1, 13)}
KINDS = (
    *("suspension", "permanent_exclusion", "cancellation", "board_notified", "board_met", "board_decision_notice"),
    *("review_waived", "review_application", "review_panel_notice", "fair_access_agreed", "in_year_application"),
    *("off_site_direction", "second_permanent_exclusion", "review_quashed"),
)
FULL = {"AM", "PM"}
EASTER_MONDAYS = {
    day[:4]: day
    for day in (
        *("2008-03-24", "2009-04-13", "2010-04-05", "2011-04-25", "2012-04-09", "2013-04-01", "2014-04-21"),
        *("2015-04-06", "2016-03-28", "2017-04-17", "2018-04-02", "2019-04-22", "2020-04-13", "2021-04-05"),
        *("2022-04-18", "2023-04-10", "2024-04-01", "2025-04-21", "2026-04-06", "2027-03-29", "2028-04-17"),
        *("2029-04-02", "2030-04-22"),
    )
}
"""As printed in diaries."""


class NoDates(Exception):
    """A count leaves the calendar."""


def iso(text: str) -> date:
    year, month, day = text.split("-")
    return date(int(year), int(month), int(day))


class Counter:
    """One request, laid out on one list of days."""

    def __init__(self, request: dict[str, Any]) -> None:
        calendar = request["calendar"]
        self.spells = [(iso(first), iso(last)) for first, last in calendar["terms"]]
        self.names = calendar.get("terms_of")
        self.terms_in_year = calendar.get("terms_in_year", 3)
        self.holidays = {iso(day) for day in calendar.get("bank_holidays", [])}
        self.inset = {iso(day) for day in calendar.get("closed", [])}
        self.snow = {iso(day) for day in calendar.get("unplanned_closures", [])}
        self.pupil, self.school = request["pupil"], request["school"]
        self.settings = DEFAULTS | request.get("settings", {})
        self.events: list[Event] = sorted(
            request["events"], key=lambda event: (self.day(event), KINDS.index(event["type"]), event["id"])
        )
        self.by_id = {event["id"]: event for event in self.events}
        self.exclusions = [event for event in self.events if event["type"] in {"suspension", "permanent_exclusion"}]
        self.known: dict[tuple[date, bool], bool] = {}
        self.years: dict[date, int] = {}
        self.closing = False
        self.out: dict[str, Out] = {}
        self.cancelled: dict[str, date] = {}
        self.cancellations: dict[str, tuple[bool, float, float]] = {}
        for event in self.exclusions:
            self.out[event["id"]] = self.own_days(event) if event["type"] == "suspension" else {}
        self.judge()

    # Days

    def is_open(self, day: date, snow_counts: bool = False) -> bool:
        if (day, snow_counts) not in self.known or self.closing:
            self.known[day, snow_counts] = self.opens(day, snow_counts)
        return self.known[day, snow_counts]

    def opens(self, day: date, snow_counts: bool) -> bool:
        if not self.is_covered(day):
            if self.closing:
                return True
            raise NoDates(day)
        if day.isoweekday() in {6, 7} or day in self.holidays or day in self.inset:
            return False
        if day in self.snow and not snow_counts:
            return False
        return any(first <= day <= last for first, last in self.spells)

    def is_covered(self, day: date) -> bool:
        for number, (first, last) in enumerate(self.spells):
            if first <= day <= last:
                return True
            if number + 1 < len(self.spells):
                following = self.spells[number + 1][0]
                if last < day < following:
                    return (following - last).days <= 51
        return False

    def step(self, day: date, n: int, snow: bool, by: int = 1) -> date:
        """The nth school day strictly after a day, or before it."""
        if not self.is_covered(day) and not self.closing:
            raise NoDates(day)
        while n:
            day += timedelta(by)
            n -= self.is_open(day, snow)
        return day

    def nth(self, day: date, n: int, snow: bool) -> date:
        while True:
            n -= self.is_open(day, snow)
            if n == 0:
                return day
            day += timedelta(1)

    def day(self, event: Event) -> date:
        return iso(next(event[key] for key in ("first_day", "effective_on", "took_effect_on", "on") if key in event))

    def in_force(self, name: str) -> tuple[int, ...]:
        return {"reading 1": (1,), "reading 2": (2,), "both": (1, 2)}[self.settings[name]]

    @property
    def snow_counts(self) -> bool:
        return self.in_force("AMB-5") == (2,)

    def own_days(self, event: Event) -> Out:
        if "sessions" in event:
            found: Out = {}
            for each in event["sessions"]:
                found.setdefault(iso(each["on"]), set()).add(each["session"])
            return {day: found[day] for day in sorted(found)}
        halves, day, found = round(event["days"] * 2), iso(event["first_day"]), {}
        if halves % 2:
            day = self.nth(day, 1, self.snow_counts)
            found[day] = {"PM"}
            halves -= 1
            day += timedelta(1)
        while halves:
            if self.is_open(day, self.snow_counts):
                found[day] = set(FULL)
                halves -= 2
            day += timedelta(1)
        return found

    # Years, terms, totals

    def year(self, day: date) -> int:
        """The year in which the school year of a day began."""
        if day.month < 8:
            return day.year - 1
        if day not in self.years:
            begins = date(day.year, 8, 1)
            begun = any(
                self.is_covered(other) and self.is_open(other, self.snow_counts)
                for other in (begins + timedelta(n) for n in range((day - begins).days + 1))
            )
            self.years[day] = day.year if begun else day.year - 1
        return self.years[day]

    def term(self, day: date) -> tuple[int, str]:
        year = self.year(day)
        if day >= date(year + 1, 8, 1):
            return year, "summer"
        if self.names and self.terms_in_year in {2, 3}:
            return year, [name for (first, _), name in zip(self.spells, self.names, strict=True) if first <= day][-1]
        if day <= date(year, 12, 31):
            return year, "autumn"
        return year, "spring" if day <= iso(EASTER_MONDAYS[str(year + 1)]) else "summer"

    def term_charged(self, event: Event, day: date, reading: int) -> tuple[int, str]:
        if reading == 1 or len({self.term(own) for own in self.own_days(event)}) < 2:
            return self.term(day)
        return self.term(iso(event.get("decided_on") or event["first_day"]))

    def before(self, event: Event) -> list[Event]:
        return self.exclusions[: self.exclusions.index(event)]

    def summed(self, days: list[tuple[date, set[str]]]) -> float:
        parts: dict[date, set[str]] = {}
        for day, sessions in days:
            parts.setdefault(day, set()).update(sessions)
        return sum(min(len(sessions), 2) for sessions in parts.values()) / 2

    def term_totals(self, event: Event, own: Out, reading: int) -> dict[tuple[int, str], float]:
        suspensions = [(other, self.out[other["id"]]) for other in self.before(event) if other["type"] == "suspension"]
        if event["type"] == "suspension":
            suspensions.append((event, own))
        days = own if event["type"] == "suspension" else {}
        touched = [self.term_charged(event, day, reading) for day in days] or [self.term(self.day(event))]
        return {
            term: self.summed(
                [
                    (day, parts)
                    for other, days in suspensions
                    for day, parts in days.items()
                    if self.term_charged(other, day, reading) == term
                ]
            )
            for term in touched
        }

    def year_total(self, event: Event) -> float:
        own = self.out[event["id"]] if event["type"] == "suspension" else {}
        years = {self.year(day) for day in own} or {self.year(self.day(event))}
        everything = [pair for other in self.before(event) for pair in self.out[other["id"]].items()]
        everything += list(own.items())
        return max(self.summed([pair for pair in everything if self.year(pair[0]) == year]) for year in years)

    def band(self, event: Event, days: float, representations: bool, exam: bool) -> str:
        if exam:
            return "X"
        if event["type"] == "permanent_exclusion":
            return "4"
        if days <= 5:
            return "1"
        if days <= 15:
            return "2" if representations else "2n"
        return "3"

    def notices(self, event: Event, kind: str) -> list[Event]:
        return [other for other in self.events if other["type"] == kind and other.get("of") == event["id"]]

    def totals(self) -> dict[str, tuple[float, float, str]]:
        found = {}
        for event in self.exclusions:
            told = self.notices(event, "board_notified")
            by_term = self.term_totals(event, self.out[event["id"]], self.in_force("AMB-6")[0])
            days = max(by_term.values())
            band = self.band(
                event, days, any(one.get("representations") for one in told), any(one.get("exam_on") for one in told)
            )
            found[event["id"]] = days, self.year_total(event), band
        return found

    # Cancelling

    def judge(self) -> None:
        for event in [one for one in self.events if one["type"] == "cancellation"]:
            of, effective = self.by_id[event["of"]], iso(event["effective_on"])
            if of["type"] == "suspension":
                issued = self.own_days(of)
            else:
                issued, day = {}, self.day(of)
                while day < effective:
                    if self.is_open(day, self.snow_counts):
                        issued[day] = set(FULL)
                    day += timedelta(1)
            served = {day: parts for day, parts in issued.items() if day < effective}
            years = {self.year(day) for day in served} or {self.year(self.day(of))}
            others = [pair for id_, days in self.out.items() if id_ != of["id"] for pair in days.items()]
            others = [pair for pair in others if pair[0] < effective]
            everything = [*others, *served.items()]
            total = max(self.summed([pair for pair in everything if self.year(pair[0]) == year]) for year in years)
            lawful = self.lawful(of, issued, effective, total)
            self.cancellations[event["id"]] = lawful, self.summed(list(served.items())), total
            if lawful and of["id"] not in self.cancelled:
                self.cancelled[of["id"]] = effective
                self.out[of["id"]] = served

    def lawful(self, of: Event, issued: Out, effective: date, total: float) -> bool:
        meetings = self.notices(of, "board_met") + self.notices(of, "board_decision_notice")
        met = any(iso(one["on"]) < effective for one in meetings)
        if self.day(of) < date(2022, 9, 1):
            return False
        if self.day(of) < date(2023, 9, 1):
            return not met
        exam = any(one.get("exam_on") for one in self.notices(of, "board_notified"))
        must_be_told = (
            of["type"] != "suspension"
            or exam
            or max(self.term_totals(of, issued, self.in_force("AMB-6")[0]).values()) > 5
        )
        return total <= 45 and not (met and must_be_told)

    # Deadlines

    def deadlines(self) -> dict[tuple[str, str], tuple[date, date] | None]:
        """The earliest and the latest date of each deadline, None for one that does not open."""
        found: dict[tuple[str, str], tuple[date, date] | None] = {}
        for event in self.events:
            # What a cancellation closes needs no date, and may lie beyond the calendar.
            self.closing = event["id"] in self.cancelled or event.get("of") in self.cancelled
            for key, dates in self.opened(event):
                found[event["id"], key] = None if self.closing or not dates else (min(dates), max(dates))
        return found

    def choices(self, *names: str) -> Iterator[Choice]:
        for choice in product(*(self.in_force(name) for name in names)):
            yield dict(zip(names, choice, strict=True))

    def opened(self, event: Event) -> Iterator[tuple[str, list[date]]]:
        kind = event["type"]
        if kind in {"suspension", "permanent_exclusion"}:
            yield "sixth_day", self.sixth(event)
            yield "looked_after_first_day", self.first_day_after(event)
        elif kind == "board_notified":
            yield "board_meeting", self.meeting(event)
            if event.get("exam_on"):
                exam = iso(event["exam_on"])
                yield (
                    "board_meeting_before_exam",
                    [self.step(exam, 1, c["AMB-5"] == 2, by=-1) for c in self.choices("AMB-5")],
                )
        elif kind == "off_site_direction":
            first = self.day(event)
            yield "off_site_notice", [self.step(first, 2, c["AMB-5"] == 2, by=-1) for c in self.choices("AMB-5")]
        elif kind == "second_permanent_exclusion":
            yield "preference_suspended_until", self.preference(event)
        elif kind in {"fair_access_agreed", "in_year_application"}:
            in_year = [("in_year_aim", 10), ("in_year_must", 15)]
            for key, n in [("fair_access_allocation", 20)] if kind == "fair_access_agreed" else in_year:
                late = self.day(event) >= date(2021, 9, 1)
                dates = [self.step(self.day(event), n, c["AMB-5"] == 2) for c in self.choices("AMB-5")] if late else []
                yield key, dates
        else:
            yield from self.reviewed(event)

    def reviewed(self, event: Event) -> Iterator[tuple[str, list[date]]]:
        kind = event["type"]
        of = self.by_id.get(event.get("of", ""), {})
        can = of.get("type") == "permanent_exclusion" and self.day(of) >= date(2012, 9, 1)
        if kind == "board_decision_notice":
            n = self.window(event, of) if can else 0
            yield "review_application", self.letter(event, n) if can else []
            applied = self.notices(of, "review_application")
            yield "roll_removal_earliest", self.removal(event, of, n) if can and not applied else []
        elif kind == "review_waived" and not self.notices(of, "board_decision_notice"):
            yield "roll_removal_earliest", []
        elif kind == "review_application":
            yield "review_hearing", self.letter(event, 15, notice=False) if can else []
        elif kind == "review_panel_notice":
            yield "board_reconsideration", self.letter(event, 10) if can else []

    def window(self, event: Event, of: Event) -> int:
        first = self.day(of)
        if date(2020, 6, 1) <= first <= date(2021, 9, 24):
            return 25
        if first < date(2020, 6, 1):
            given = self.given(event, self.snow_counts)
            return 25 if self.step(given, 15, self.snow_counts) >= date(2020, 6, 1) else 15
        return 15

    def removal(self, event: Event, of: Event, n: int) -> list[date]:
        dates = [day + timedelta(1) for day in self.letter(event, n)]
        waived = [iso(one["on"]) for one in self.notices(of, "review_waived")]
        return [min([day, *waived]) for day in dates]

    def given(self, event: Event, snow: bool) -> date:
        day, method = self.day(event), event.get("method", "hand")
        if method == "email":
            return self.nth(day, 1, snow)
        if method == "first_class":
            left = 2
            while left:
                day += timedelta(1)
                left -= day.isoweekday() < 6 and day not in self.holidays
        return day

    def letter(self, event: Event, n: int, notice: bool = True) -> list[date]:
        found = []
        for choice in self.choices("AMB-4", "AMB-5"):
            snow = choice["AMB-5"] == 2
            day = self.given(event, snow)
            if notice and choice["AMB-4"] == 2:
                day = self.nth(day, 1, snow)
            found.append(self.step(day, n, snow))
        return found

    def meeting(self, event: Event) -> list[date]:
        of, found = self.by_id[event["of"]], []
        for choice in self.choices("AMB-4", "AMB-5", "AMB-6"):
            days = max(self.term_totals(of, self.out[of["id"]], choice["AMB-6"]).values())
            band = self.band(of, days, bool(event.get("representations")), bool(event.get("exam_on")))
            n = {"2": 50, "3": 15, "4": 15, "X": 15}.get(band)
            if n:
                snow, day = choice["AMB-5"] == 2, self.day(event)
                day = self.nth(day, 1, snow) if choice["AMB-4"] == 2 else day
                found.append(self.step(day, n, snow))
        return found

    def preference(self, event: Event) -> list[date]:
        took = self.day(event)
        quashed = [self.by_id[one["of"]] for one in self.events if one["type"] == "review_quashed"]
        if any(one is event or (one["type"] == "permanent_exclusion" and self.day(one) <= took) for one in quashed):
            return []
        if not self.pupil.get("compulsory_school_age", True) and self.pupil.get("nc_year") in {"N1", "N2", "R"}:
            return []
        month, day = (took.month, took.day) if (took.month, took.day) != (2, 29) else (3, 1)
        return [date(took.year + 2, month, day) - timedelta(1)]

    # Provision

    def may_join(self, other: Event, event: Event) -> bool:
        same = not other.get("school") or not event.get("school") or other["school"] == event["school"]
        return bool(same) and other["type"] == "suspension"

    def run_up(self, event: Event, start: date, snow: bool) -> list[date]:
        """The days of suspension that reach `start` with no school day between, oldest first."""
        out: dict[date, set[str]] = {}
        for other in self.before(event):
            if self.may_join(other, event):
                for day, parts in self.out[other["id"]].items():
                    out.setdefault(day, set()).update(parts)
        out = {day: parts for day, parts in out.items() if parts & FULL and day < start}
        found: list[date] = []
        while out:
            start = self.step(start, 1, snow, by=-1)
            if start not in out:
                break
            found.insert(0, start)
            del out[start]
        return found

    def run_parts(self, event: Event, day: date) -> float:
        best = 0.0
        for other in self.before(event):
            if self.may_join(other, event) and day in self.out[other["id"]]:
                parts = self.out[other["id"]][day]
                if parts & FULL:
                    best = min(len(parts), 2) / 2
        return best

    def exempt(self, event: Event) -> bool:
        exam = self.pupil.get("last_public_exam_on")
        finished = str(self.pupil.get("nc_year")) == "11" and exam and iso(exam) < self.day(event)
        return bool(finished) or not self.pupil.get("compulsory_school_age", True)

    def sixth(self, event: Event) -> list[date]:
        if self.exempt(event):
            return []
        dates = self.sixth_of_permanent(event) if event["type"] != "suspension" else self.sixth_of_suspension(event)
        ends = self.pupil.get("compulsory_school_age_ends_on")
        return [] if dates and ends and iso(ends) < min(dates) else dates

    def sixth_of_permanent(self, event: Event) -> list[date]:
        first, found = self.day(event), []
        joins = first >= date(2015, 1, 5)
        for choice in self.choices("AMB-1", "AMB-2", "AMB-3", "AMB-5"):
            snow = choice["AMB-5"] == 2
            start = first
            if event.get("sent_home_on") and choice["AMB-2"] == 1:
                start = iso(event["sent_home_on"])
            later = choice["AMB-1"] == 2 and first >= date(2022, 9, 1)
            run = self.run_up(event, start, snow) if choice["AMB-3"] == 2 and joins else []
            due = self.step(run[0] if run else start, 6, snow) if later else self.nth(run[0] if run else start, 6, snow)
            found.append(max(due, self.nth(first, 1, snow)) if run else due)
        return found

    def sixth_of_suspension(self, event: Event) -> list[date]:
        starts = {}
        for reading in (1, 2) if event.get("sent_home_on") else (2,):
            start = self.start_of_run(event, sent_home=reading == 1)
            if start:
                starts[reading] = start
        if event.get("sent_home_on"):
            wanted = [starts[reading] for reading in self.in_force("AMB-2") if reading in starts]
        else:
            wanted = list(starts.values())
        return [self.nth(start, 6, c["AMB-5"] == 2) for start in wanted for c in self.choices("AMB-5")]

    def start_of_run(self, event: Event, *, sent_home: bool) -> date | None:
        issued = self.own_days(event)
        days = [(day, min(len(parts), 2) / 2) for day, parts in issued.items() if parts & FULL]
        if not days:
            return None
        if sent_home:
            home, day, extra = iso(event["sent_home_on"]), iso(event["sent_home_on"]), []
            while day < self.day(event):
                if self.is_open(day, self.snow_counts):
                    extra.append((day, 0.5 if day == home else 1.0))
                day += timedelta(1)
            days = extra + days
        run: list[tuple[date, float]] = []
        if self.day(event) >= date(2015, 1, 5):
            run = [(day, self.run_parts(event, day)) for day in self.run_up(event, days[0][0], self.snow_counts)]
        for day, length in days:
            if run and any(
                self.is_open(run[-1][0] + timedelta(n), self.snow_counts) for n in range(1, (day - run[-1][0]).days)
            ):
                run = []
            run.append((day, length))
            if sum(length for _, length in run) > 5:
                return run[0][0]
        return None

    def first_day_after(self, event: Event) -> list[date]:
        if not self.pupil.get("looked_after", False):
            return []
        found = []
        for choice in self.choices("AMB-2", "AMB-5"):
            start = self.day(event)
            if event.get("sent_home_on") and choice["AMB-2"] == 1:
                start = iso(event["sent_home_on"])
            found.append(self.step(start, 1, choice["AMB-5"] == 2))
        if event["type"] == "suspension":
            out = [day for day, parts in self.own_days(event).items() if parts & FULL]
            if not any(day >= min(found) for day in out):
                return []
        return found
