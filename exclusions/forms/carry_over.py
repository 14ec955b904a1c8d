import re
from typing import Any

from django import forms

from casework.forms.fields import DayField
from casework.forms.imports import ImportForm
from casework.models import Import
from exclusions.rules.carry_over import COLUMNS


class CarryOverForm(ImportForm):
    """A file of notices, which rows of it, and what the council's own columns and words mean: kept for the next file."""

    rows = forms.CharField(
        label="Only these rows",
        help_text="As the spreadsheet numbers them, for example 2-40, 55. Left empty, every row",
        required=False,
        max_length=400,
    )
    whole_from = DayField(
        label="The file holds every notice of its schools from",
        help_text="For example 1/9/2026. Totals of a year that begins before it say that they are built on less",
        required=False,
    )
    columns = forms.CharField(
        label="Your own columns",
        help_text="One a line, yours first: Pupil ref = UPN. Ours are: " + ", ".join(COLUMNS),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    words = forms.CharField(
        label="Your own words",
        help_text="One a line, yours first: fixed 1 = suspension",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        last = Import.objects.filter(kind="notices").order_by("-uploaded_at", "-pk").first()
        if last:
            kwargs["initial"] = {name: last.options.get(name, "") for name in ("columns", "words")} | kwargs.get(
                "initial", {}
            )
        super().__init__(*args, **kwargs)

    def clean_rows(self) -> str:
        typed = str(self.cleaned_data["rows"]).strip()
        for part in re.split(r"[\s,;]+", typed) if typed else ():
            found = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part, re.ASCII)
            if not found or int(found[2] or found[1]) < int(found[1]):
                raise forms.ValidationError("Write rows as 2-40, 55")
        return typed

    def clean_columns(self) -> str:
        ours = {name.casefold() for name in COLUMNS}
        for line in str(self.cleaned_data["columns"]).splitlines():
            _, sign, name = line.partition("=")
            if line.strip() and (not sign or name.strip().casefold() not in ours):
                raise forms.ValidationError("Write each line as your column = one of ours, for example Pupil ref = UPN")
        return str(self.cleaned_data["columns"])

    def options(self) -> dict[str, Any]:
        """Return what was chosen beside the file."""
        whole_from = self.cleaned_data["whole_from"]
        return {
            "rows": self.cleaned_data["rows"],
            "columns": self.cleaned_data["columns"],
            "words": self.cleaned_data["words"],
            "whole_from": whole_from.isoformat() if whole_from else "",
        }
