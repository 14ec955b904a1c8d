from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.forms.base import GovukForm, IdempotencyMixin
from casework.forms.fields import ChoiceRadios, DayField
from casework.forms.school_field import SchoolField
from casework.models import LocalAuthority, School
from casework.rules import upn as upn_rules
from casework.rules.dates import age
from casework.rules.terms import SEX_LABELS, YEAR_GROUP_LABELS

SHORTEST = 3
"""Letters or numbers that a search needs, spaces not counted: fewer would list half the county."""


class FindPupilForm(GovukForm):
    q = forms.CharField(
        label="Find a child",
        help_text="UPN, name in any order, date of birth, or the case reference",
        min_length=SHORTEST,
        max_length=100,
        error_messages={
            "required": "Enter a name, a UPN, a date of birth or a case reference",
            "min_length": "Enter at least 3 letters or numbers",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_q(self) -> str:
        typed: str = self.cleaned_data["q"]
        if len("".join(typed.split())) < SHORTEST:
            raise ValidationError(str(self.fields["q"].error_messages["min_length"]))
        return typed


class AddPupilForm(GovukForm, IdempotencyMixin):
    first_name = forms.CharField(label="First name", max_length=80)
    last_name = forms.CharField(label="Last name", max_length=80)
    date_of_birth = DayField(label="Date of birth", help_text="For example 3/2/2013")
    sex = forms.ChoiceField(label="Sex", choices=list(SEX_LABELS.items()), widget=ChoiceRadios)
    upn = forms.CharField(
        label="UPN",
        help_text="13 characters. Leave empty if the school has given none",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-20"}),
    )
    school = SchoolField(label="School whose roll the child is on", open_only=True)
    year_group = forms.ChoiceField(
        label="Year group", choices=[("", "Choose a year group"), *YEAR_GROUP_LABELS.items()]
    )
    on_roll_from = DayField(label="On that roll from", help_text="The first day you know of, for example 3/9/2026")
    home_authority = forms.ModelChoiceField(
        label="Authority where the child lives",
        queryset=LocalAuthority.objects.order_by("name"),
        to_field_name="code",
        empty_label="Choose an authority",
    )
    not_the_same = forms.BooleanField(
        label="I have checked: this is another child", required=False, widget=forms.HiddenInput
    )

    def clean_upn(self) -> str:
        typed: str = self.cleaned_data["upn"].replace(" ", "").upper()
        if typed and (problem := upn_rules.validate(typed)):
            raise ValidationError(problem.message)
        return typed

    def clean_date_of_birth(self) -> date:
        born: date = self.cleaned_data["date_of_birth"]
        if problem := birthday_problem(born, self.today or born):
            raise ValidationError(problem)
        return born

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        problem = roll_day_problem(data.get("on_roll_from"), data.get("date_of_birth"), data.get("school"), self.today)
        if problem:
            self.add_error("on_roll_from", problem)
        return data


def birthday_problem(born: date, today: date) -> str:
    """Return what is wrong with a date of birth, or nothing."""
    if born > today:
        return "Date of birth must be in the past"
    if not 2 <= age(born, today) <= 20:
        return f"A child born then is {age(born, today)}: check the date of birth"
    return ""


def roll_day_problem(day: date | None, born: date | None, school: School | None, today: date | None) -> str:
    """Return what is wrong with the first day of a roll spell, or nothing."""
    if day is None or today is None:
        return ""
    if born and day <= born:
        return "The child was not born yet: check the day"
    if school and day < school.opened_on:
        return f"{school.name} opened on {school.opened_on:%-d %B %Y}: check the day"
    if day > today + timedelta(days=366):
        return "The day lies more than a year ahead: check the year"
    return ""


class AddToRollForm(GovukForm, IdempotencyMixin):
    school = SchoolField(label="School", open_only=True)
    year_group = forms.ChoiceField(
        label="Year group", choices=[("", "Choose a year group"), *YEAR_GROUP_LABELS.items()]
    )
    first_day = DayField(label="On the roll from")

    def __init__(self, *args: Any, born: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.born = born

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if problem := roll_day_problem(data.get("first_day"), self.born, data.get("school"), self.today):
            self.add_error("first_day", problem)
        return data
