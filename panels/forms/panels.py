from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from panels.rules.terms import PANEL_KIND_LABELS
from panels.selectors.panels import STATES

NAME = {"attrs": {"autocomplete": "off"}}


class PanelFilter(forms.Form):
    state = forms.ChoiceField(required=False, choices=list(STATES.items()))

    def chosen(self) -> str:
        """Return the state asked for: what cannot be understood is none, so that open panels are shown."""
        self.full_clean()
        return str(self.cleaned_data.get("state", ""))


class OpenPanelForm(GovukForm, IdempotencyMixin):
    name = forms.CharField(label="Name", max_length=120, widget=forms.TextInput(**NAME))
    code = forms.RegexField(
        label="Code",
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=30,
        help_text="Small letters, figures and hyphens, such as fap-secondary. It stands in addresses: nobody’s name",
        error_messages={"invalid": "Use small letters, figures and hyphens only, such as fap-secondary"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-20"}),
    )
    kind = forms.ChoiceField(label="Kind", choices=list(PANEL_KIND_LABELS.items()), widget=ChoiceRadios(row=False))
    opened_on = DayField(label="First day", help_text="For example 1/9, or today")


class ChangePanelForm(GovukForm, IdempotencyMixin, VersionMixin):
    name = forms.CharField(label="Name", max_length=120, widget=forms.TextInput(**NAME))


class ClosePanelForm(GovukForm, IdempotencyMixin, VersionMixin):
    closed_on = DayField(label="Last day", help_text="For example 31/8, or today")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed_on"].error_messages["required"] = "Enter the last day of the panel"
