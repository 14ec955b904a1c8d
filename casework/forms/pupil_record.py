"""The forms of a child's record: one entry a form."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import A_YEAR_AHEAD, ChoiceRadios, DayField
from casework.forms.pupils import birthday_problem
from casework.models import LocalAuthority
from casework.models.pupil import CIRCUMSTANCE_LABELS
from casework.models.pupil_record import OTHER_NAME_KINDS, OTHER_UPN_KINDS
from casework.rules import upn as upn_rules
from casework.rules.terms import ETHNICITY_LABELS, SEX_LABELS, YES_NO_UNKNOWN_LABELS
from casework.selectors.pupil_page import VALUE_LABELS

POSTCODE = r"^[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}$"
KNOWN_AHEAD = timedelta(days=366)
"""How long before it begins a circumstance may be known."""
QUIET = {"autocomplete": "off", "spellcheck": "false"}


def _text(label: str, *, limit: int, required: bool = True, hint: str = "", width: str = "") -> forms.CharField:
    attributes = QUIET | ({"class": f"govuk-input--width-{width}"} if width else {})
    return forms.CharField(
        label=label, max_length=limit, required=required, help_text=hint, widget=forms.TextInput(attrs=attributes)
    )


def _upn(label: str, *, required: bool) -> forms.CharField:
    return _text(label, limit=20, required=required, hint="13 characters", width="20")


def clean_upn(typed: str) -> str:
    """Return a UPN as it is stored. Raises ValidationError in words."""
    upn = upn_rules.normalise(typed)
    if upn and (problem := upn_rules.validate(upn)):
        raise ValidationError(problem.message)
    return upn


class _Spell(forms.Form):
    first_day = DayField(label="From", help_text="For example 3/9/2026")
    last_day = DayField(label="To, if it has ended", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day must be the first day or later")
        return data


class _PersonSpell(_Spell):
    first_day = DayField(label="From", help_text="For example 3/9/2026", most_ahead=A_YEAR_AHEAD)


class CircumstanceForm(GovukForm, _Spell, IdempotencyMixin):
    """What is so of a child; `what` is a circumstance and its value in one choice."""

    what = forms.ChoiceField(label="What is so", choices=[], error_messages={"required": "Choose what is so"})
    source = _text("Who says so", limit=100, hint="For example: social worker, school census, parent")
    known_on = DayField(label="Known to the council since", help_text="Usually today")

    field_order = ("what", "first_day", "last_day", "source", "known_on")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        groups = [
            (label, [(f"{kind}:{value}", f"{label}: {words}") for value, words in VALUE_LABELS[kind].items()])
            for kind, label in CIRCUMSTANCE_LABELS.items()
        ]
        cast(forms.ChoiceField, self.fields["what"]).choices = [("", "Choose"), *groups]
        self.fields["known_on"].initial = today

    def clean_known_on(self) -> date:
        known: date = self.cleaned_data["known_on"]
        if self.today and known > self.today:
            raise ValidationError("The council cannot have known it on a day to come")
        return known

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, known = data.get("first_day"), data.get("known_on")
        if first and known and known < first - KNOWN_AHEAD:
            self.add_error("known_on", "It was known more than a year before it began: check both days")
        return data


class AddressForm(GovukForm, IdempotencyMixin):
    lines = _text("Address", limit=200, hint="House, street, place")
    postcode = forms.RegexField(
        label="Postcode",
        regex=POSTCODE,
        max_length=8,
        error_messages={"invalid": "Enter a postcode, for example ZZ99 3WZ"},
        widget=forms.TextInput(attrs=QUIET | {"class": "govuk-input--width-10"}),
    )
    first_day = DayField(label="From", help_text="The first day you know of", most_ahead=A_YEAR_AHEAD)
    protected = forms.BooleanField(
        label="Protected: it must be told to nobody", required=False, help_text="Withheld from every page and paper"
    )

    def clean_postcode(self) -> str:
        typed = str(self.cleaned_data["postcode"]).upper().replace(" ", "")
        return f"{typed[:-3]} {typed[-3:]}"


class OtherNameForm(GovukForm, IdempotencyMixin):
    kind = forms.ChoiceField(label="What kind of name", choices=list(OTHER_NAME_KINDS.items()), widget=ChoiceRadios)
    first_name = _text("First name", limit=80)
    last_name = _text("Last name", limit=80)
    source = _text("Who says so", limit=100)


class OtherUpnForm(GovukForm, IdempotencyMixin):
    kind = forms.ChoiceField(label="What kind of UPN", choices=list(OTHER_UPN_KINDS.items()), widget=ChoiceRadios)
    upn = _upn("UPN", required=True)
    source = _text("Who says so", limit=100)

    def clean_upn(self) -> str:
        return clean_upn(self.cleaned_data["upn"])


class ContactForm(GovukForm, _PersonSpell, IdempotencyMixin):
    name = _text("Name", limit=120)
    relationship = _text("Relationship to the child", limit=60, hint="For example: mother, foster carer")
    parental_responsibility = forms.ChoiceField(
        label="Parental responsibility?",
        choices=list(YES_NO_UNKNOWN_LABELS.items()),
        initial="unknown",
        widget=ChoiceRadios,
    )
    telephone = _text("Telephone", limit=30, required=False, width="20")
    other_telephone = _text("Other telephone", limit=30, required=False, width="20")
    email = forms.EmailField(
        max_length=254,
        label="E-mail",
        required=False,
        error_messages={"invalid": "Enter an e-mail address, for example name@place.example"},
        widget=forms.EmailInput(attrs=QUIET),
    )
    address = _text("Address, if not the child’s", limit=200, required=False)
    language = _text("First language, if not English", limit=60, required=False)
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    must_not_be_told = forms.BooleanField(
        label="Must be told nothing about the child", required=False, help_text="For example under a court order"
    )

    field_order = (
        "name", "relationship", "parental_responsibility", "telephone", "other_telephone", "email", "address",
        "language", "needs_interpreter", "must_not_be_told", "first_day", "last_day",
    )  # fmt: skip


class SocialWorkerForm(GovukForm, _PersonSpell, IdempotencyMixin):
    name = _text("Name", limit=120)
    team = _text("Team", limit=120, required=False)
    authority = forms.ModelChoiceField(
        label="Authority that looks after or protects the child",
        queryset=LocalAuthority.objects.order_by("name"),
        to_field_name="code",
        empty_label="Not known",
        required=False,
    )
    telephone = _text("Telephone", limit=30, required=False, width="20")
    email = forms.EmailField(
        max_length=254,
        label="E-mail",
        required=False,
        error_messages={"invalid": "Enter an e-mail address, for example name@place.example"},
        widget=forms.EmailInput(attrs=QUIET),
    )

    field_order = ("name", "team", "authority", "telephone", "email", "first_day", "last_day")


class ChangeContactForm(VersionMixin, ContactForm):
    """A contact already held."""


class ChangeSocialWorkerForm(VersionMixin, SocialWorkerForm):
    """A social worker already held."""


class DetailsForm(GovukForm, IdempotencyMixin, VersionMixin):
    first_name = _text("First name", limit=80)
    last_name = _text("Last name", limit=80)
    keep_name = forms.ChoiceField(
        label="If the name changes, keep the one before as",
        choices=[("formerly", "A former name"), ("spelling", "Another spelling"), ("", "Nothing: it was never so")],
        initial="formerly",
        required=False,
        widget=ChoiceRadios(row=False),
    )
    date_of_birth = DayField(label="Date of birth")
    sex = forms.ChoiceField(label="Sex", choices=list(SEX_LABELS.items()), widget=ChoiceRadios)
    ethnicity = forms.ChoiceField(label="Ethnicity", choices=list(ETHNICITY_LABELS.items()))
    upn = _upn("UPN", required=False)
    home_authority = forms.ModelChoiceField(
        label="Authority where the child lives",
        queryset=LocalAuthority.objects.order_by("name"),
        to_field_name="code",
        empty_label="Choose an authority",
    )
    source = _text("Who says so", limit=100)

    def clean_upn(self) -> str:
        return clean_upn(self.cleaned_data["upn"])

    def clean_date_of_birth(self) -> date:
        born: date = self.cleaned_data["date_of_birth"]
        if problem := birthday_problem(born, self.today or born):
            raise ValidationError(problem)
        return born


class WithdrawForm(GovukForm, IdempotencyMixin):
    because = _text("Why is it taken back?", limit=200, hint="For example: entered on the wrong child")
