from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin
from wsoa.models import Plan


class AddWaitForm(GovukForm, IdempotencyMixin):
    """Another action, of any plan, named by its reference or by some of its words."""

    plan = forms.ChoiceField(label="Plan of the other action")
    which = forms.CharField(
        label="Its reference, or some of its words",
        max_length=300,
        help_text="As the plan numbers it, for example 1.1.4",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = dict(self.fields)
        choices["plan"].choices = list(Plan.objects.order_by("title").values_list("code", "title"))
        self.fields["which"].error_messages["required"] = "Enter the reference of the action, or some of its words"


class RemoveWaitForm(GovukForm, IdempotencyMixin):
    """Nothing is typed: the action no longer waits."""
