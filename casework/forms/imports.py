import re
from typing import Any

from django import forms
from django.conf import settings

from casework.forms.base import GovukForm, IdempotencyMixin
from casework.forms.fields import ChoiceRadios

LARGEST_UPLOAD = 150 * 1024**2


class ImportForm(GovukForm, IdempotencyMixin):
    # The fields that a link to the page may fill in; never the token.
    from_address: tuple[str, ...] = ()
    # Its reader answers an empty file as it answers every other spoilt one.
    file = forms.FileField(label="File", allow_empty_file=True)

    def __init__(self, *args: Any, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = hint

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(f"The file must be {LARGEST_UPLOAD // 1024**2} MB or smaller")
        return file

    def options(self) -> dict[str, Any]:
        """Return what was chosen beside the file."""
        return {}


class GiasForm(ImportForm):
    whose = forms.ChoiceField(
        label="Which schools to take",
        choices=[
            ("own", "Those of this council’s area"),
            ("listed", "Those of the areas named below"),
            ("every", "Every school in England"),
        ],
        widget=ChoiceRadios(row=False),
        initial="own",
    )
    codes = forms.CharField(
        label="Codes of areas",
        required=False,
        max_length=400,
        help_text="Three digits each, for example 893 894. The council’s own is always among them.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        typed = re.split(r"[\s,;]+", str(data.get("codes", "")).strip())
        codes = [code for code in typed if code]
        if any(not re.fullmatch(r"\d{3}", code, re.ASCII) for code in codes):
            self.add_error("codes", "Write three digits for each area, such as 893")
        elif data.get("whose") == "listed" and not codes:
            self.add_error("codes", "Enter the codes of the areas, or choose another answer above")
        data["codes"] = codes
        return data

    def options(self) -> dict[str, Any]:
        whose = self.cleaned_data["whose"]
        own = settings.COUNCIL_AUTHORITY_CODE
        return {"authorities": sorted({own, *self.cleaned_data["codes"]}) if whose == "listed" else whose}
