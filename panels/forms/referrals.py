from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceBoxes, ChoiceRadios, DayField
from casework.forms.school_field import SchoolField
from exclusions.rules.fair_access_categories import FAIR_ACCESS_LABELS, FairAccessCategory
from panels.models import Panel, Referral
from panels.rules.papers import PAPER_LABELS, Paper
from panels.rules.referral import CategoryEvidence
from panels.rules.terms import FAIR_ACCESS_PANELS, ROUTE_IN_LABELS, PanelKind, RouteIn
from panels.selectors.child_facts import Said
from panels.selectors.referrals import STATES
from panels.services.referrals import Considered

CATEGORIES = [(letter, f"({letter}) {label}") for letter, label in FAIR_ACCESS_LABELS.items()]
NO_NAME = {"attrs": {"autocomplete": "off"}}


class ReferralFilter(forms.Form):
    state = forms.ChoiceField(required=False, choices=list(STATES.items()))

    def chosen(self) -> str:
        """Return the state asked for: what cannot be understood is none, so that those to be heard are shown."""
        self.full_clean()
        return str(self.cleaned_data.get("state", ""))


class ReferForm(GovukForm, IdempotencyMixin):
    """A child is referred: to which panel, by which way, and what a Fair Access Panel must know besides."""

    panel = forms.ModelChoiceField(
        label="Panel",
        queryset=Panel.objects.none(),
        to_field_name="code",
        empty_label="Choose a panel",
        error_messages={"required": "Choose a panel"},
    )
    take_papers = forms.BooleanField(
        label="Take over the papers of that referral, to change them for what this panel needs", required=False
    )
    route = forms.ChoiceField(
        label="How the child comes to the panel",
        choices=list(ROUTE_IN_LABELS.items()),
        widget=ChoiceRadios(row=False),
        error_messages={"required": "Choose how the child comes to the panel"},
    )
    in_year_tried = forms.CharField(
        label="What was done to find a place in the ordinary way",
        help_text="Which schools were asked, when, and what they said. Empty: nothing was",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    categories = forms.MultipleChoiceField(
        label="Categories that apply", choices=CATEGORIES, required=False, widget=ChoiceBoxes()
    )
    evidence = forms.CharField(
        label="What shows it",
        help_text="A letter, a record, who said so. Evidence of its own for each can be written afterwards",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    assessed_on = DayField(label="Judged on", required=False, help_text="For example 12/11, or today")
    out_of_school_since = DayField(label="Without education since", required=False)
    place_within_reach = forms.BooleanField(label="There is a place within reach", required=False)
    suitable_offer_refused = forms.BooleanField(label="A suitable offer was turned down", required=False)

    def __init__(self, *args: Any, sent: Referral | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By which the specialists sent the child on, where they did.
        self.sent = sent
        choices: Any = self.fields["panel"]
        choices.queryset = Panel.objects.open_on(self.known_today()).order_by("name")
        if self.sent is None:
            del self.fields["take_papers"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("categories") and not data.get("evidence"):
            self.add_error("evidence", "Write what shows that the categories apply")
        if data.get("categories") and not data.get("assessed_on") and "assessed_on" not in self.errors:
            self.add_error("assessed_on", "Enter the day on which it was judged")
        for name in ("assessed_on", "out_of_school_since"):
            if data.get(name) and self.today and data[name] > self.today:
                self.add_error(name, "The day must be today or in the past")
        needs_since = data.get("route") == RouteIn.OUT_OF_SCHOOL.value and self._is_fair_access(data)
        if needs_since and not data.get("out_of_school_since") and "out_of_school_since" not in self.errors:
            self.add_error("out_of_school_since", "Enter the first day without education")
        return data

    def known_today(self) -> date:
        """Return the day given; the panels on offer hang on it. Raises ValueError where none was given."""
        if self.today is None:
            raise ValueError("Give the form today=...")
        return self.today

    def said(self) -> Said:
        """Return what was said of the child."""
        data = self.cleaned_data
        return Said(
            route=RouteIn(data["route"]),
            in_year_tried=data["in_year_tried"],
            evidence=tuple(
                CategoryEvidence(FairAccessCategory(letter), data["evidence"], data["assessed_on"])
                for letter in data["categories"]
            ),
            out_of_school_since=data["out_of_school_since"],
            place_within_reach=data["place_within_reach"],
            suitable_offer_refused=data["suitable_offer_refused"],
        )

    def papers_of(self) -> Referral | None:
        """Return the referral whose papers are taken over, None for none."""
        return self.sent if self.cleaned_data.get("take_papers") else None

    def _is_fair_access(self, data: dict[str, Any]) -> bool:
        return bool(data.get("panel")) and PanelKind(data["panel"].kind) in FAIR_ACCESS_PANELS


def _paper(paper: Paper, hint: str) -> forms.CharField:
    return forms.CharField(
        label=PAPER_LABELS[paper.value],
        help_text=hint,
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PapersForm(GovukForm, IdempotencyMixin, VersionMixin):
    """The papers: each part may be kept half done, and all of them are needed before the referral is listed."""

    summary = _paper(
        Paper.SUMMARY, "What brought the child here, in a few sentences. No name: the page adds it where it may"
    )
    tried = _paper(Paper.TRIED, "Each step, when, and whether it helped")
    child_view = _paper(Paper.CHILD_VIEW, "In the child’s words. If nobody could ask, say why")
    parent_view = _paper(
        Paper.PARENT_VIEW, "What they wish, and which school they would choose. If nobody could ask, say why"
    )
    needs = _paper(Paper.NEEDS, "What helps the child learn")
    risk = _paper(Paper.RISK, "To the child and to others, and the plan for it. If there is none, say so")

    def papers(self) -> dict[Paper, str]:
        """Return what was written, by part."""
        return {paper: self.cleaned_data[paper.value] for paper in Paper}


class CategoryForm(GovukForm, IdempotencyMixin):
    category = forms.ChoiceField(
        label="Category",
        choices=CATEGORIES,
        widget=ChoiceRadios(row=False),
        error_messages={"required": "Choose a category"},
    )
    evidence = forms.CharField(
        label="What shows it",
        help_text="A letter, a record, who said so. That a child is permanently excluded is on file: for (d) write what "
        "shows that the child is ready for a mainstream school",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    assessed_on = DayField(label="Judged on", help_text="For example 12/11, or today")

    def clean_assessed_on(self) -> Any:
        day = self.cleaned_data["assessed_on"]
        if self.today and day > self.today:
            raise forms.ValidationError("The day must be today or in the past")
        return day


def _count(label: str, help_text: str = "") -> forms.IntegerField:
    wrong = "Enter a whole number from 0 to 999"
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=999,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "govuk-input--width-3"}),
    )


class ConsiderForm(GovukForm, IdempotencyMixin):
    school = SchoolField(label="School", open_only=True, error_messages={"required": "Enter a school"})
    miles = forms.DecimalField(
        label="Miles from home",
        help_text="By road. Empty: not measured",
        required=False,
        min_value=0,
        max_value=999,
        max_digits=4,
        decimal_places=1,
        error_messages={"invalid": "Enter miles as a number, such as 2.1"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal", "class": "govuk-input--width-4"}),
    )
    places = _count("Places free in the year group", "Empty: the school has not said")
    in_year_group = _count("Children in the year group")
    parents_wish = forms.BooleanField(label="The parents wish for this school", required=False)
    note = forms.CharField(label="Note", max_length=200, required=False, widget=forms.TextInput(**NO_NAME))
    passed_over = forms.CharField(
        label="Why it is passed over this time",
        help_text="A lawful reason: it keeps its turn for the next child. Empty: it takes its turn",
        max_length=200,
        required=False,
        widget=forms.TextInput(**NO_NAME),
    )

    def __init__(self, *args: Any, not_offered: Collection[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget: Any = self.fields["school"].widget
        widget.not_offered = not_offered

    def considered(self) -> Considered:
        """Return the school and what was said of it."""
        return Considered(**{name: value for name, value in self.cleaned_data.items() if name != "token"})


class TakeOffForm(GovukForm, IdempotencyMixin):
    """Nothing is asked: the page says which school is taken off."""


class WithdrawReferralForm(GovukForm, IdempotencyMixin, VersionMixin):
    because = forms.CharField(
        label="Why the referral is withdrawn", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
