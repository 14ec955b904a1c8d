"""The facts of the calculator. No name stands among them, and none is kept."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from casework.forms.base import GovukForm
from casework.forms.fields import ChoiceRadios, DayField, TypedInput
from casework.rules.calendar import BadCalendar, NoTermDates, SchoolCalendar, Spell
from casework.rules.dates import NotADay, parse_day
from casework.rules.periods import Term
from casework.rules.terms import YEAR_GROUP_LABELS, NcYear
from exclusions.rules import events as ev
from exclusions.rules.deadlines import CannotAnswer, Fault
from exclusions.rules.readings import DEFAULT_SETTINGS, Settings
from exclusions.rules.sixth_day import PupilFacts, SchoolFacts
from exclusions.rules.terms import SCHOOL_KIND_LABELS, SchoolKind
from exclusions.rules.totals import NotHalfDays, days_from_length

OWN = "own"
METHODS = {"hand": "By hand", "first_class": "First-class post", "email": "Email"}
YES_NO = {"no": "No", "yes": "Yes"}
# By event and its field, the field of the form where a problem is shown; by event alone for the rest.
PLACES = {
    ("exclusion", "sent_home_on"): "sent_home_on",
    ("exclusion", "days"): "days",
    ("told", "exam_on"): "exam_on",
    "exclusion": "first_day",
    "second": "first_day",
    "told": "governors_told",
    "cancelled": "cancelled_on",
    "met": "governors_met",
    "letter": "letter_on",
    "waived": "waived_on",
    "applied": "applied_on",
    "panel": "panel_notice_on",
    "quashed": "quashed_on",
    "fair-access": "fair_access_on",
    "in-year": "in_year_on",
    "off-site": "off_site_on",
}
SCHOOL_DAYS = "Term dates and closures"
# Beside the facts that are always shown; fields of one row stand side by side.
GROUPS: dict[str, list[list[str]]] = {
    SCHOOL_DAYS: [["terms"], ["terms_in_year", "school_kind"], ["closed"], ["closures"]],
    "The child": [["year_group", "last_exam_on"], ["compulsory_age"], ["exam_on", "sent_home_on"]],
    "What came before": [["earlier"], ["second"]],
    "What came after": [
        ["cancelled_on", "governors_met"],
        ["representations"],
        ["letter_on", "letter_method"],
        ["waived_on", "quashed_on"],
        ["applied_on", "applied_method"],
        ["panel_notice_on", "panel_notice_method"],
    ],
    "Other clocks": [["fair_access_on", "in_year_on"], ["off_site_on"]],
}
# What a field holds that nobody has touched.
PLAIN = {"compulsory_age": "yes", "school_kind": "maintained", "terms_in_year": "3"}
_EARLIER = re.compile(r"(?P<day>.+?)[\s,;:]+(?P<length>\d+(?:\.\d+)?)(?:\s*(?:school )?days?)?", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_TO = re.compile(r"\s+(?:to|until|-|–)\s+", re.IGNORECASE)


def _optional_day(label: str, help_text: str = "") -> DayField:
    return DayField(label=label, required=False, help_text=help_text)


def _method(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=list(METHODS.items()))


class CalculatorForm(GovukForm):
    calendar = forms.ChoiceField(label="School’s term dates")
    kind = forms.ChoiceField(
        label="What happened",
        choices=[("permanent", "Permanent exclusion"), ("suspension", "Suspension")],
        widget=ChoiceRadios,
        initial="permanent",
    )
    first_day = DayField(label="First day out")
    governors_told = _optional_day("Governors told")
    days = forms.CharField(label="School days, if suspended", required=False, max_length=9, widget=TypedInput)
    looked_after = forms.ChoiceField(
        label="Looked after?", choices=list(YES_NO.items()), widget=ChoiceRadios, initial="no"
    )
    lives_here = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=ChoiceRadios, initial="yes")

    terms = forms.CharField(
        label="Term dates",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One spell a line: 3/9/2026 to 23/10/2026. In a two-term school begin each with autumn or spring",
    )
    terms_in_year = forms.TypedChoiceField(
        label="Terms in a year",
        required=False,
        coerce=int,
        choices=[(number, str(number)) for number in (3, 2, 4, 5, 6)],
    )
    closed = forms.CharField(
        label="INSET and other planned closures", required=False, max_length=2000, help_text="2/11/2026, 4/1/2027"
    )
    closures = forms.CharField(
        label="Days lost to snow and the like", required=False, max_length=2000, help_text="20/11/2026, 21/11/2026"
    )
    school_kind = forms.ChoiceField(label="Kind of school", required=False, choices=list(SCHOOL_KIND_LABELS.items()))

    year_group = forms.ChoiceField(
        label="Year group", required=False, choices=[("", "Not said"), *YEAR_GROUP_LABELS.items()]
    )
    compulsory_age = forms.ChoiceField(
        label="Of compulsory school age?",
        required=False,
        choices=[("yes", "Yes"), ("no", "No")],
        widget=ChoiceRadios,
        initial="yes",
    )
    last_exam_on = _optional_day("Last public exam")
    exam_on = _optional_day("Exam lost")
    sent_home_on = _optional_day("Sent home early")
    earlier = forms.CharField(
        label="Earlier suspensions of the school year",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One a line, first day and school days: 14/9/2026, 2.5",
    )
    second = forms.BooleanField(label="Permanently excluded once before", required=False)

    representations = forms.BooleanField(label="The parents make representations", required=False)
    cancelled_on = _optional_day("Cancelled, back on")
    governors_met = _optional_day("Governors met")
    letter_on = _optional_day("Letter sent")
    letter_method = _method("How it went")
    waived_on = _optional_day("No review wanted")
    applied_on = _optional_day("Review applied for")
    applied_method = _method("How it was sent")
    panel_notice_on = _optional_day("Panel’s decision")
    panel_notice_method = _method("How it came")
    quashed_on = _optional_day("Panel quashed it")
    fair_access_on = _optional_day("Fair access agreed")
    in_year_on = _optional_day("In-year application")
    off_site_on = _optional_day("First day off site")

    def __init__(self, *args: Any, calendar: SchoolCalendar, calendar_name: str, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = calendar
        self.school_calendar = calendar
        choices = [("authority", calendar_name)] if calendar.spells else []
        self.fields["calendar"].choices = [*choices, (OWN, "Type my own")]  # type: ignore[attr-defined]
        self.fields["lives_here"].label = f"Lives in {area}?"

    @property
    def groups(self) -> list[dict[str, Any]]:
        """Return the facts that most cases do without, group by group: open where one is filled or wrong."""
        return [
            {
                "title": title,
                "rows": [[self[name] for name in row] for row in rows],
                "open": any(self._is_used(name) for row in rows for name in row)
                or (title == SCHOOL_DAYS and self.needs_terms),
            }
            for title, rows in GROUPS.items()
        ]

    @property
    def needs_terms(self) -> bool:
        """Whether the term dates must be typed."""
        return not self.held.spells or (self.is_bound and self.data.get("calendar") == OWN)

    def _is_used(self, name: str) -> bool:
        plain = PLAIN.get(name, "hand" if name.endswith("_method") else "")
        return name in self.errors or (self.is_bound and (self[name].value() or plain) not in (plain, False))

    def clean_days(self) -> float | None:
        text = str(self.cleaned_data["days"]).strip()
        if not text:
            return None
        try:
            days = float(text) if re.fullmatch(r"\d{1,3}(?:\.\d)?", text, re.ASCII) else 0.0
        except ValueError:
            days = 0.0
        if days < 0.5 or days * 2 != int(days * 2):
            raise forms.ValidationError("Enter school days in halves, like 8 or 1.5")
        return days

    def clean_closed(self) -> frozenset[date]:
        return frozenset(self._days_in("closed"))

    def clean_closures(self) -> frozenset[date]:
        return frozenset(self._days_in("closures"))

    def clean_terms(self) -> tuple[Spell, ...]:
        return tuple(self._spell(line) for line in str(self.cleaned_data["terms"]).splitlines() if line.strip())

    def clean_earlier(self) -> tuple[tuple[date, float], ...]:
        return tuple(self._period(line) for line in str(self.cleaned_data["earlier"]).splitlines() if line.strip())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("kind") == "suspension" and data.get("days") is None and "days" not in self.errors:
            self.add_error("days", "Enter how many school days the suspension lasts")
        if data.get("calendar") == OWN and not data.get("terms") and "terms" not in self.errors:
            self.add_error("terms", "Enter the term dates, one spell a line, like 3/9/2026 to 23/10/2026")
        if not self.errors:
            self.school_calendar = self._calendar(data)
        return data

    def request(self, settings: Settings = DEFAULT_SETTINGS) -> ev.Request | None:
        """Return what the calculator is asked, or None with what is wrong beside its field."""
        try:
            events = tuple(self._events())
        except NoTermDates as gap:
            self.add_error("first_day", _no_term_dates(gap.on))
            return None
        except NotHalfDays:
            self.add_error("days", "Enter school days in halves, like 8 or 1.5")
            return None
        if self.errors:
            return None
        data = self.cleaned_data
        return ev.Request(
            calendar=self.school_calendar,
            pupil=PupilFacts(
                home_authority="here" if data["lives_here"] == "yes" else "elsewhere",
                nc_year=NcYear(data["year_group"]) if data["year_group"] else None,
                looked_after=data["looked_after"] == "yes",
                compulsory_school_age=data["compulsory_age"] != "no",
                last_public_exam_on=data["last_exam_on"],
            ),
            school=SchoolFacts("here", SchoolKind(data["school_kind"] or "maintained")),
            events=events,
            settings=settings,
        )

    def add_problems(self, cannot: CannotAnswer) -> None:
        """Show each problem of the calculator at the field that it is about."""
        for problem in cannot.problems:
            event = "earlier" if problem.event.startswith("earlier") else problem.event
            place = PLACES.get((event, problem.field)) or PLACES.get(event, event)
            if problem.fault is Fault.NO_TERM_DATES and problem.gap:
                said = _no_term_dates(problem.gap)
            else:
                said = in_words(problem.message)
            if place not in self.errors:
                self.add_error(place, f"{said[0].upper()}{said[1:]}")

    def _events(self) -> Iterator[ev.Event]:
        data, calendar, of = self.cleaned_data, self.school_calendar, "exclusion"
        first_day, sent_home_on = data["first_day"], data["sent_home_on"]
        for number, (on, length) in enumerate(data["earlier"], start=1):
            yield ev.Suspension(f"earlier-{number}", on, self._days_from(on, length, "earlier"))
        if data["kind"] == "suspension":
            days = days_from_length(first_day, data["days"], calendar)
            yield ev.Suspension(of, first_day, days, sent_home_on=sent_home_on)
        else:
            yield ev.PermanentExclusion(of, first_day, sent_home_on=sent_home_on)
            if data["second"]:
                yield ev.SecondPermanentExclusion("second", first_day)
        if on := data["governors_told"]:
            yield ev.BoardNotified("told", on, of, data["representations"], data["exam_on"])
        yield from self._steps(of)

    def _steps(self, of: str) -> Iterator[ev.Event]:
        data = self.cleaned_data
        following: list[tuple[str, str, Any]] = [
            ("cancelled_on", "cancelled", ev.Cancellation),
            ("governors_met", "met", ev.BoardMet),
            ("waived_on", "waived", ev.ReviewWaived),
            ("quashed_on", "quashed", ev.ReviewQuashed),
        ]
        letters: list[tuple[str, str, Any]] = [
            ("letter", "letter", ev.BoardDecisionNotice),
            ("applied", "applied", ev.ReviewApplication),
            ("panel_notice", "panel", ev.ReviewPanelNotice),
        ]
        alone: list[tuple[str, str, Any]] = [
            ("fair_access_on", "fair-access", ev.FairAccessAgreed),
            ("in_year_on", "in-year", ev.InYearApplication),
            ("off_site_on", "off-site", ev.OffSiteDirection),
        ]
        for name, key, event in following:
            if data[name]:
                yield event(key, data[name], of)
        for name, key, event in letters:
            if data[f"{name}_on"]:
                yield event(key, data[f"{name}_on"], of, ev.Method(data[f"{name}_method"] or "hand"))
        for name, key, event in alone:
            if data[name]:
                yield event(key, data[name])

    def _days_from(self, on: date, length: float, field: str) -> Any:
        try:
            return days_from_length(on, length, self.school_calendar)
        except NoTermDates as gap:
            self.add_error(field, _no_term_dates(gap.on))
            return ()

    def _calendar(self, data: dict[str, Any]) -> SchoolCalendar:
        calendar = self.held
        if data["calendar"] == OWN:
            try:
                calendar = SchoolCalendar(
                    data["terms"], bank_holidays=self.held.bank_holidays, terms_in_year=data["terms_in_year"] or 3
                )
            except BadCalendar as bad:
                said = in_words(str(bad))
                self.add_error("terms", f"{said[0].upper()}{said[1:]}")
        return replace(
            calendar,
            closed=calendar.closed | data["closed"],
            unplanned_closures=calendar.unplanned_closures | data["closures"],
        )

    def _day(self, text: str) -> date:
        try:
            return parse_day(text, today=self.today or date.min)
        except NotADay as problem:
            raise forms.ValidationError(str(problem)) from problem

    def _days_in(self, name: str) -> Iterator[date]:
        for text in re.split(r"[,;\n]", str(self.cleaned_data[name])):
            if text.strip():
                yield self._day(text)

    def _spell(self, line: str) -> Spell:
        word, _, rest = line.strip().partition(" ")
        term = word.lower() if word.lower() in set(Term) else None
        parts = _TO.split(rest if term else line.strip())
        if len(parts) != 2:
            raise forms.ValidationError(f"Write “{line.strip()}” like 3/9/2026 to 23/10/2026")
        return Spell(self._day(parts[0]), self._day(parts[1]), term)

    def _period(self, line: str) -> tuple[date, float]:
        found = _EARLIER.fullmatch(line.strip())
        length = float(found["length"]) if found else 0.0
        if not found or length < 0.5 or length > 190 or length * 2 != int(length * 2):
            raise forms.ValidationError(f"Write “{line.strip()}” as first day and school days, like 14/9/2026, 2.5")
        return self._day(found["day"]), length


def in_words(message: str) -> str:
    """Return a message with its dates as people say them."""
    return _ISO.sub(lambda found: _said(date.fromisoformat(found[0])), message)


def _no_term_dates(on: date) -> str:
    return f"No term dates are held for {_said(on)}: type the term dates, or choose another day"


def _said(on: date) -> str:
    return f"{on.day} {on:%B} {on.year}"
