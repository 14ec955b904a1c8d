"""The form of a notice: one page, what the school said."""

from datetime import date, timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from casework.forms.base import GovukForm
from casework.forms.fields import ChoiceRadios, CodeField, DayAndTimeField, DayField
from casework.forms.school_field import SchoolField
from casework.models import Pupil, RollSpell, School, User
from casework.rules.calendar import NoTermDates
from casework.rules.terms import (
    EARLY_HELP_LABELS,
    SEN_LABELS,
    SOCIAL_CARE_LABELS,
    YES_NO_UNKNOWN_LABELS,
)
from casework.selectors.calendars import calendar_of
from exclusions.models import ReasonCode
from exclusions.rules import reasons as reason_rules
from exclusions.rules.rule_sets import NoRuleSet, rule_set_on
from exclusions.rules.strategies import EFFECT_LABELS, STRATEGY_LABELS
from exclusions.rules.terms import TOLD_BY_LABELS, Kind, Session
from exclusions.services.notices import Notice

SAME = [("", "As held")]
TRIED = [("", "Not said"), *EFFECT_LABELS.items()]
REASON_FIELDS = ("reason_1", "reason_2", "reason_3")


def _said(labels: Any) -> list[tuple[str, str]]:
    return SAME + [(value, label) for value, label in labels.items() if value != "unknown"]


class TriedForm(GovukForm):
    """What the school says it tried before: a field for each strategy, and what came of it."""

    tried_fields: ClassVar[dict[str, str]] = {f"tried_{number}": code for number, code in enumerate(STRATEGY_LABELS)}


TriedForm.declared_fields.update(
    {
        name: forms.ChoiceField(label=STRATEGY_LABELS[code], choices=TRIED, required=False)
        for name, code in TriedForm.tried_fields.items()
    }
)


class NoticeForm(TriedForm):
    """Cleans to a Notice. Days are typed as people say them; nothing is saved here."""

    pupil = forms.ModelChoiceField(
        label="Child",
        queryset=Pupil.objects.none(),
        to_field_name="public_id",
        widget=forms.HiddenInput,
        error_messages={"required": "Find the child, or add one", "invalid_choice": "Find the child, or add one"},
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=[("suspension", "Suspension"), ("permanent", "Permanent exclusion"), ("lunchtime", "Lunchtime")],
        widget=ChoiceRadios,
        error_messages={"required": "Choose the kind of exclusion"},
    )
    school = SchoolField(
        label="School that excluded",
        help_text="Empty: the school whose roll the child is on. Else begin to type its name, or its URN",
        required=False,
    )
    first_day = DayField(
        label="First day out",
        help_text="On the school’s own calendar",
        error_messages={"required": "Enter the first day out, for example 19/10"},
    )
    last_day = DayField(label="Last day out", help_text="Not the day they come back", required=False)
    first_session = forms.ChoiceField(
        label="On the first day, out from",
        choices=[("AM", "Morning"), ("PM", "Afternoon")],
        initial="AM",
        widget=ChoiceRadios,
    )
    last_session = forms.ChoiceField(
        label="On the last day, out until",
        choices=[("AM", "Midday"), ("PM", "End of day")],
        initial="PM",
        widget=ChoiceRadios,
    )
    exam_missed = forms.ChoiceField(
        label="Public exam or national test missed?",
        choices=[("no", "No"), ("yes", "Yes")],
        initial="no",
        widget=ChoiceRadios,
    )
    reason_1 = CodeField(label="Reason 1", required=False)
    reason_2 = CodeField(label="Reason 2", required=False)
    reason_3 = CodeField(label="Reason 3", required=False)
    narrative = forms.CharField(
        label="What happened, in the words of the parents’ letter",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sen = forms.ChoiceField(label="SEN", choices=_said(SEN_LABELS), required=False)
    social_care = forms.ChoiceField(label="Social care", choices=_said(SOCIAL_CARE_LABELS), required=False)
    early_help = forms.ChoiceField(label="Early help", choices=_said(EARLY_HELP_LABELS), required=False)
    social_worker = forms.ChoiceField(label="Social worker", choices=_said(YES_NO_UNKNOWN_LABELS), required=False)
    free_school_meals = forms.ChoiceField(
        label="Free school meals", choices=_said(YES_NO_UNKNOWN_LABELS), required=False
    )
    tried_words = forms.CharField(
        label="In the school’s words",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    decided_on = DayField(label="Decided on", required=False)
    decided_by = forms.CharField(
        label="Decided by", required=False, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    council_told = DayAndTimeField(
        label="Council told on",
        help_text="Day, and time if known",
        error_messages={"required": "Enter when the council was told, for example 19/10/2026 8:42"},
    )
    parents_told = DayAndTimeField(label="Parents told on", help_text="Day, and time if known", required=False)
    told_by = forms.ChoiceField(
        label="Told by",
        choices=list(TOLD_BY_LABELS.items()),
        initial="email",
        widget=ChoiceRadios,
    )
    home_authority_told = forms.ChoiceField(
        label="Has the child’s home authority been told?",
        choices=[("yes", "Yes"), ("no", "Not yet")],
        required=False,
        widget=ChoiceRadios,
    )
    home_authority_told_on = DayField(label="Home authority told on", required=False)
    home_authority_told_how = forms.CharField(
        label="By what means", help_text="For example e-mail of the head", required=False, max_length=150
    )
    receipt_to = forms.EmailField(
        max_length=254,
        label="Receipt to",
        help_text="Reference and dates, without the child’s name. Left empty, it goes to the school’s contact for exclusions",
        required=False,
    )
    recorded_because = forms.CharField(
        label="Why it is recorded all the same",
        help_text="What you were told, and by whom",
        required=False,
        max_length=300,
    )

    label_classes: ClassVar[dict[str, str]] = dict.fromkeys(REASON_FIELDS, "govuk-visually-hidden")
    group_classes: ClassVar[dict[str, str]] = dict.fromkeys(REASON_FIELDS, "app-code-group")
    circumstance_fields = ("sen", "social_care", "early_help", "social_worker", "free_school_meals")

    def __init__(self, *args: Any, by: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["pupil"].error_messages["invalid_choice"] = "Find the child, or add one"
        cast("forms.ModelChoiceField[Pupil]", self.fields["pupil"]).queryset = Pupil.objects.visible_to(by)
        self.reason_codes = {code.code: code for code in ReasonCode.objects.order_by("code")}
        on = self.first_day_typed() or today
        offered = {code: row.label for code, row in self.reason_codes.items() if _valid(row, on)}
        refused = {code: _refusal(row, on) for code, row in self.reason_codes.items() if not _valid(row, on)}
        for name in REASON_FIELDS:
            field = cast(CodeField, self.fields[name])
            field.codes, field.refused = offered, refused
        self.offered_codes = offered
        self.codes_on = on

    # A correction leaves this to the steps of the case.
    asks_home_authority: ClassVar[bool] = True

    def first_day_typed(self) -> date | None:
        """Return the first day as typed, a school day or not; None while it is no day."""
        if not self.is_bound:
            return None
        try:
            typed: date | None = self.fields["first_day"].clean(self.data.get("first_day", ""))
        except ValidationError:
            return None
        return typed

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._clean_days()
        self._clean_school()
        self._clean_reasons()
        self._clean_told()
        self._clean_home_authority()
        return data

    def _clean_days(self) -> None:
        data, kind = self.cleaned_data, self.cleaned_data.get("kind")
        first, last = data.get("first_day"), data.get("last_day")
        if kind == Kind.PERMANENT:
            data["last_day"] = None
        elif kind and not last and "last_day" not in self.errors:
            self.add_error("last_day", "Enter the last day out, not the day they come back")
        elif first and last and last < first:
            self.add_error("last_day", "Last day out must be the first day or later")
        elif first and first == last and (data.get("first_session"), data.get("last_session")) == ("PM", "AM"):
            self.add_error("last_session", "A day out from the afternoon cannot end at midday")
        if first:
            try:
                rule_set_on(first)
            except NoRuleSet:
                self.add_error(
                    "first_day", "First day out must be 1 September 2007 or later: no earlier rules are held"
                )

    def _clean_school(self) -> None:
        data = self.cleaned_data
        pupil, first, last = data.get("pupil"), data.get("first_day"), data.get("last_day")
        if not pupil or not first:
            return
        spells = on_roll(pupil, first)
        school = data.get("school") or (spells[0].school if spells else None)
        if school is None:
            self.add_error(
                "school",
                f"{pupil.name} is on no school’s roll on {_words(first)}: add the child to a roll first",
            )
            return
        if school.closed_on and school.closed_on < first:
            self.add_error(
                "school",
                f"{school.name} closed on {_words(school.closed_on)} {school.closed_on.year}: choose the school that was open",
            )
        elif school.opened_on > first:
            self.add_error(
                "school",
                f"{school.name} opened on {_words(school.opened_on)} {school.opened_on.year}: choose the school before it",
            )
        elif school.pk not in {spell.school_id for spell in spells} and not self.needs_no_roll(school):
            where = f"choose {spells[0].school.name}, or " if spells else ""
            self.add_error(
                "school",
                f"{pupil.name} is not on the roll of {school.name} on {_words(first)}: {where}add the child to its roll",
            )
        data["school"] = school
        self._clean_against_calendar(school, first, last)

    def needs_no_roll(self, school: School) -> bool:
        """Tell whether the child may be excluded from a school without being known on its roll: never of a new notice."""
        return False

    def _clean_against_calendar(self, school: School, first: date, last: date | None) -> None:
        calendar = calendar_of(school)
        for name, day in (("first_day", first), ("last_day", last)):
            if day is None or name in self.errors:
                continue
            label = self.fields[name].label
            try:
                why = calendar.skip_reason(day)
                if why is None:
                    continue
                shut = {"weekend": "a weekend", "holiday": "in the holidays", "bank holiday": "a bank holiday"}.get(
                    why, "a day on which the school is closed"
                )
                near = calendar.next_school_day(day) if name == "first_day" else calendar.school_day_before(day)
                which = "next" if name == "first_day" else "last"
                self.add_error(
                    name,
                    f"{label} must be a school day: {_words(day)} is {shut}. "
                    f"The {which} school day {'is' if which == 'next' else 'before it is'} {_words(near)}",
                )
            except NoTermDates as gap:
                self.add_error(
                    name,
                    f"No term dates are held for {school.name} on {_words(gap.on)}: ask an administrator to add them",
                )

    def _clean_reasons(self) -> None:
        first = self.cleaned_data.get("first_day")
        chosen = [(name, self.cleaned_data.get(name)) for name in REASON_FIELDS]
        codes = [self.reason_codes[code] for _, code in chosen if code]
        if not first or any(name in self.errors for name in REASON_FIELDS):
            return
        rules = [reason_rules.Reason(row.code, row.label, row.valid_from, row.valid_to, row.in_use) for row in codes]
        for problem in reason_rules.problems_with_reasons(rules, first):
            at = [name for name, code in chosen if code and code == problem.code]
            self.add_error(at[-1] if at else "reason_1", problem.message)
        self.cleaned_data["reasons"] = codes

    def _clean_told(self) -> None:
        told = self.cleaned_data.get("council_told")
        decided, first = self.cleaned_data.get("decided_on"), self.cleaned_data.get("first_day")
        today = self.today
        if told and today and told.day > today:
            self.add_error("council_told", "The council cannot have been told on a day to come: check the day")
        parents = self.cleaned_data.get("parents_told")
        if parents and today and parents.day > today:
            self.add_error("parents_told", "The parents cannot have been told on a day to come: check the day")
        for name, day in (
            ("council_told", told and told.day),
            ("parents_told", parents and parents.day),
            ("decided_on", decided),
        ):
            if day and first and name not in self.errors and day < first - timedelta(days=366):
                self.add_error(name, "That is more than a year before the first day out: check the year")
        if decided and today and decided > today:
            self.add_error("decided_on", "The decision must have been made by today: check the day")
        if decided and first and decided > first:
            self.add_error("decided_on", "The decision must come on or before the first day out")

    def _clean_home_authority(self) -> None:
        """Ask whether the home authority was told of a permanent exclusion of a child who lives elsewhere (R14)."""
        data = self.cleaned_data
        pupil, school, told_on = data.get("pupil"), data.get("school"), data.get("home_authority_told_on")
        if not self.asks_home_authority or data.get("kind") != Kind.PERMANENT or not pupil or not school:
            return
        elsewhere = pupil.home_authority_id != school.authority_id
        if elsewhere and not data.get("home_authority_told"):
            self.add_error("home_authority_told", f"Say whether {pupil.home_authority.name} has been told")
        if data.get("home_authority_told") != "yes" or "home_authority_told_on" in self.errors:
            return
        if told_on is None:
            self.add_error(
                "home_authority_told_on", f"Enter when {pupil.home_authority.name} was told, for example 19/10"
            )
        elif told_on < (data.get("decided_on") or data.get("first_day") or told_on):
            self.add_error("home_authority_told_on", "The day must not come before the exclusion was decided")
        elif self.today and told_on > self.today:
            self.add_error("home_authority_told_on", "The home authority cannot have been told on a day to come")
        if not data.get("home_authority_told_how"):
            self.add_error("home_authority_told_how", "Enter by what means it was told, for example e-mail")

    def notice(self) -> Notice:
        """Return the notice; only a valid form has one."""
        data = self.cleaned_data
        lunchtime = data["kind"] == Kind.LUNCHTIME
        told, parents = data["council_told"], data.get("parents_told")
        return Notice(
            pupil=data["pupil"],
            school=data["school"],
            kind=data["kind"],
            first_day=data["first_day"],
            first_session=Session.LUNCHTIME if lunchtime else data["first_session"],
            last_day=data["last_day"],
            last_session=Session.LUNCHTIME if lunchtime else (data["last_session"] if data["last_day"] else ""),
            reasons=data["reasons"],
            council_told_on=told.day,
            council_told_time=told.time,
            exam_missed=data["exam_missed"] == "yes",
            narrative=data["narrative"],
            decided_on=data["decided_on"],
            decided_by=data["decided_by"],
            told_by=data["told_by"],
            parents_told_on=parents.day if parents else None,
            parents_told_time=parents.time if parents else None,
            recorded_because=data["recorded_because"],
            tried={code: data[name] for name, code in self.tried_fields.items() if data.get(name)},
            tried_words=data.get("tried_words") or "",
            home_authority_told_on=data.get("home_authority_told_on")
            if data.get("home_authority_told") == "yes"
            else None,
            home_authority_told_how=data.get("home_authority_told_how") or "",
            receipt_to=data.get("receipt_to") or "",
            said_by_school={name: data[name] for name in self.circumstance_fields if data.get(name)},
        )


def on_roll(pupil: Pupil, on: date) -> list[RollSpell]:
    """Return the child's roll spells of the day, the main registration first."""
    spells = RollSpell.objects.filter(Q(last_day__isnull=True) | Q(last_day__gte=on), pupil=pupil, first_day__lte=on)
    return sorted(
        spells.select_related("school__authority", "school__trust"),
        key=lambda spell: (spell.enrolment_status == "S", -spell.first_day.toordinal(), -spell.pk),
    )


def _valid(row: ReasonCode, on: date) -> bool:
    return reason_rules.reason_valid_on(row.valid_from, row.valid_to, row.in_use, on)


def _refusal(row: ReasonCode, on: date) -> str:
    rule = reason_rules.Reason(row.code, row.label, row.valid_from, row.valid_to, row.in_use)
    return reason_rules.problems_with_reasons([rule], on)[0].message


def _words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
