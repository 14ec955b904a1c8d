from typing import Any, cast

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import DayField
from casework.registry import EditableList


class ListItemForm(GovukForm, IdempotencyMixin, VersionMixin):
    """An item of a list. `kept` is the list; a built-in item plays its own part, so it is not asked which."""

    label = forms.CharField(label="Words", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    counts_as = forms.ChoiceField(
        label="Counts as", choices=[], help_text="The part it plays in law and in figures. It cannot be changed later"
    )
    valid_from = DayField(label="First day", required=False, help_text="Empty: always")
    valid_to = DayField(label="Last day", required=False, help_text="Empty: no end is known. Records keep the item")

    def __init__(self, *args: Any, kept: EditableList, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kept.counts_as and not fixed:
            cast(forms.ChoiceField, self.fields["counts_as"]).choices = [("", "Choose"), *kept.built_in.items()]
        else:
            del self.fields["counts_as"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "The last day must be the first day or later")
        return data
