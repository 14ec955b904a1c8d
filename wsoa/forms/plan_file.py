from typing import Any

from django import forms

from casework.forms.imports import ImportForm
from casework.models import Import
from wsoa.models import Plan
from wsoa.rules.layouts import action_fields
from wsoa.rules.terms import PLAN_KIND_LABELS, Layout

KIND = "plan"
_OWN = tuple(each.heading for each in action_fields(Layout.WRITTEN_STATEMENT))
_OURS = tuple(dict.fromkeys(each.heading for layout in Layout for each in action_fields(layout)))


class PlanFileForm(ImportForm):
    """A file of a plan, whether it is a new one, and what the council's own columns are: kept for the next file."""

    from_address = ("plan",)
    plan = forms.ChoiceField(label="Which plan it changes", required=False)
    title = forms.CharField(
        label="Title of a new plan",
        help_text="Left empty, as the workbook has it",
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = forms.SlugField(
        label="Short name of a new plan",
        help_text="It stands in addresses: send-plan-2027. Left empty, as the workbook has it",
        required=False,
        max_length=40,
        error_messages={"invalid": "Write the short name in small letters, digits and hyphens"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )
    kind = forms.ChoiceField(
        label="Kind of a new plan", choices=[("", "As the workbook says"), *PLAN_KIND_LABELS.items()], required=False
    )
    columns = forms.CharField(
        label="Your own columns",
        help_text="One a line, yours first: What we will do = Actions. Ours are: " + ", ".join(_OWN),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        last = Import.objects.filter(kind=KIND).order_by("-uploaded_at", "-pk").first()
        if last:
            kwargs["initial"] = {"columns": last.options.get("columns", "")} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        plans = Plan.objects.order_by("title").values_list("code", "title")
        field = self.fields["plan"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "None: it is a new plan"), *plans]

    def clean_columns(self) -> str:
        ours = {heading.casefold() for heading in _OURS}
        for line in str(self.cleaned_data["columns"]).splitlines():
            _, sign, name = line.partition("=")
            if line.strip() and (not sign or " ".join(name.split()).casefold() not in ours):
                raise forms.ValidationError("Write each line as your column = one of ours, for example Task = Actions")
        return str(self.cleaned_data["columns"])

    def options(self) -> dict[str, Any]:
        """Return what was chosen beside the file."""
        return {name: self.cleaned_data[name] for name in ("plan", "title", "code", "kind", "columns")}
