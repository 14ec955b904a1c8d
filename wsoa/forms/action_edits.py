from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from wsoa.models import Plan
from wsoa.rules.terms import ORIGIN_LABELS
from wsoa.services.action_edits import Origin, Words


def _line(label: str, most: int, *, hint: str = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=required,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class WordsForm(GovukForm, IdempotencyMixin):
    """What the paper says of an action."""

    title = _line("Action", 300, required=True, hint="No child’s name: plans are public")
    lead_as_written = _line(
        "Lead", 200, hint="Roles as the plan writes them, with a stroke between several: EAS mgr/SEN Adviser"
    )
    partners_as_written = _line("Partners", 400, hint="Roles, with a semicolon between several")
    resource = _line("Resource", 400)
    how_known = forms.CharField(
        label="How will we know?", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    origin = forms.ChoiceField(
        label="Where it comes from",
        choices=[("", "The plan’s own"), *ORIGIN_LABELS.items()],
        required=False,
        widget=ChoiceRadios(row=False),
    )
    origin_source = _line(
        "What it was found in", 300, hint="Where not the plan’s own, for example: audit of first-day calls, finding 4"
    )
    origin_on = DayField(label="Day of that", required=False, help_text="For example 1/9, or 12 oct")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind, source, on = (data.get(name) for name in ("origin", "origin_source", "origin_on"))
        if kind and not source and "origin_source" not in self.errors:
            self.add_error("origin_source", "Enter what it was found in")
        if kind and not on and "origin_on" not in self.errors:
            self.add_error("origin_on", "Enter the day of that")
        if (source or on) and not kind and "origin" not in self.errors:
            self.add_error("origin", "Choose where it comes from, or leave what it was found in and the day empty")
        if on and self.today and on > self.today:
            self.add_error("origin_on", "The day cannot be one to come")
        return data

    @property
    def comes_from(self) -> Origin | None:
        """Where it comes from; None for the plan's own."""
        kind, source, on = (self.cleaned_data[name] for name in ("origin", "origin_source", "origin_on"))
        return Origin(kind, source, on) if kind else None

    @property
    def words(self) -> Words:
        """What was written."""
        return Words(**{name: self.cleaned_data[name] for name in Words.__dataclass_fields__})


def _priority() -> forms.ChoiceField:
    return forms.ChoiceField(label="Priority", widget=forms.Select)


def _reference() -> forms.CharField:
    return forms.CharField(
        label="Reference", max_length=20, required=False, help_text="As the plan numbers it, for example 1.1.4",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-5"}),
    )  # fmt: skip


class AddActionForm(WordsForm):
    """A new action of a plan."""

    priority = _priority()
    reference = _reference()
    dates = _line(
        "Date, as it is to be written", 200, hint="For example Mar 27, Jan 27 to Jun 27, or Sept 26 and ongoing"
    )
    field_order = (
        "priority",
        "reference",
        "title",
        "dates",
        "lead_as_written",
        "partners_as_written",
        "resource",
        "how_known",
        "origin",
        "origin_source",
        "origin_on",
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = dict(self.fields)
        choices["priority"].choices = [(str(each.pk), str(each)) for each in plan.priorities.order_by("position")]


class ChangeActionForm(WordsForm, VersionMixin):
    """Other words for an action."""


class RetireForm(GovukForm, IdempotencyMixin, VersionMixin):
    because = forms.CharField(
        label="Why it is set aside", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays to be read, is in no count, and nobody is asked about it",
    )  # fmt: skip


class TakeBackForm(GovukForm, IdempotencyMixin, VersionMixin):
    """Nothing is typed: the action stands again."""


class TakeOutForm(GovukForm, IdempotencyMixin, VersionMixin):
    """Nothing is typed: the action leaves one of its plans."""


class StandInForm(GovukForm, IdempotencyMixin):
    """Another plan, by its priority, in which the same action is to stand."""

    priority = _priority()
    reference = _reference()

    def __init__(self, *args: Any, plans: list[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = dict(self.fields)
        choices["priority"].choices = [
            (plan.title, [(str(each.pk), str(each)) for each in plan.priorities.all()]) for plan in plans
        ]
