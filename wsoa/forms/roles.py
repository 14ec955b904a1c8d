from datetime import date

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import DayField
from casework.models import User


class GiveRoleForm(GovukForm, IdempotencyMixin, VersionMixin):
    name = forms.CharField(
        label="Who holds it",
        max_length=120,
        required=False,
        help_text="Empty: nobody, the role is vacant from that day",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        required=False,
        help_text="To ask for updates",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    person = forms.ModelChoiceField(
        label="Account", queryset=User.objects.none(), required=False, empty_label="No account here"
    )
    first_day = DayField(label="From", help_text="For example 1/9, or today")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["person"].queryset = User.objects.filter(is_active=True, role__in=HOLDERS).order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["first_day"].error_messages["required"] = "Enter the day from which it is held"

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if (data.get("email") or data.get("person")) and not data.get("name") and "name" not in self.errors:
            self.add_error("name", "Enter the name of whoever holds it")
        return data


class CorrectHolderForm(GiveRoleForm):
    """What was written of a holder, to be put right."""

    last_day = DayField(label="To", required=False, help_text="Empty while there is no end")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].help_text = ""
        self.fields["name"].error_messages["required"] = "Enter the name of whoever holds it"
        if held := self.initial.get("person"):
            # Who holds it keeps an account that has been closed since.
            self.fields["person"].queryset |= User.objects.filter(pk=held)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last_day", "The last day must not be before the first")
        return data


class TakeBackHolderForm(GovukForm, IdempotencyMixin, VersionMixin):
    because = forms.CharField(
        label="Why it is taken back",
        max_length=200,
        help_text="For example: it was meant for another role",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ReviewRoleForm(GovukForm, IdempotencyMixin, VersionMixin):
    """Nothing is typed: the role is as it should be."""


HOLDERS = ("manager", "plan_lead", "eas_officer", "inclusion_officer")
