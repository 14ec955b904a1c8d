from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from casework.forms.base import GovukForm, IdempotencyMixin
from exclusions.forms.filters import ExclusionFilter


class SavedFilterForm(GovukForm, IdempotencyMixin):
    name = forms.CharField(
        label="Name of the filter",
        help_text="As it will stand above the list. Not a child’s name",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )
    replace = forms.BooleanField(label="Replace it", required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)

    def clean_query(self) -> str:
        """Keep what is a filter of the list, and nothing else."""
        asked = QueryDict(self.cleaned_data["query"])
        kept = QueryDict(mutable=True)
        for name, values in asked.lists():
            if name in ExclusionFilter.base_filters:
                kept.setlist(name, values)
        if not kept:
            raise ValidationError("Choose filters in the list first, then save them")
        return kept.urlencode()
