from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.rules.colours import HEX, READABLE, contrast
from casework.uploads.pictures import JPEG, PNG, stripped_jpeg, stripped_png
from casework.uploads.refused import Refused

LARGEST_LOGO = 200 * 1024
# What a file of the kind begins with, since its name is not asked; and what takes out of it all but the picture.
KINDS = {"png": (PNG, stripped_png), "jpeg": (JPEG, stripped_jpeg)}


class CouncilForm(GovukForm, IdempotencyMixin, VersionMixin):
    name = forms.CharField(
        label="Name of the council", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    colour = forms.CharField(
        label="Colour",
        help_text="Of the header and of what is current. Six figures after a hash, for example #14466b",
        max_length=7,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-10"}),
    )
    logo = forms.FileField(
        label="Logo, for the header",
        help_text="PNG or JPEG, at most 200 KB. It is shown 40 pixels high",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    no_logo = forms.BooleanField(label="Show no logo", required=False)

    def clean_colour(self) -> str:
        colour = str(self.cleaned_data["colour"]).strip()
        if not HEX.fullmatch(colour):
            raise ValidationError("Enter a colour as a hash and six figures, for example #14466b")
        ratio = contrast(colour, "#ffffff")
        if ratio < READABLE:
            raise ValidationError(
                f"White words could not be read on this colour: its contrast is {ratio:.1f} to 1, and must be "
                f"{READABLE} to 1 or more. Choose a darker one"
            )
        return colour

    def clean_logo(self) -> tuple[bytes, str] | None:
        file = self.cleaned_data.get("logo")
        if not file:
            return None
        if file.size > LARGEST_LOGO:
            raise ValidationError(f"The logo has {file.size // 1024} KB, and may have 200 KB at most")
        content: bytes = file.read()
        for kind, (begins, stripped) in KINDS.items():
            if content.startswith(begins):
                try:
                    return stripped(content), kind
                except Refused as broken:
                    raise ValidationError(str(broken).rstrip(".")) from broken
        raise ValidationError("The logo must be a PNG or a JPEG picture, whatever its name says")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("logo") and data.get("no_logo"):
            self.add_error("no_logo", "Choose a logo or none, not both")
        return data
