"""What our forms have in common."""

import re
import uuid
from copy import copy
from datetime import date
from typing import Any, ClassVar, Self

from django import forms
from django.http import QueryDict

from casework.forms.renderer import error_summary

DJANGO_REQUIRED = str(forms.Field.default_error_messages["required"])
DJANGO_NUMBERS = [field.default_error_messages["invalid"] for field in (forms.IntegerField, forms.DecimalField)]
NO_EMAIL = "Enter an e-mail address in the form name@example.org"
OUT_OF_DATE = "This page is out of date. Nothing was saved: open it again"
# They come with what is pasted and turn or break the words unseen; a table that holds one is refused when it comes back.
# NUL is not among them: no paste holds it, and it is answered as an error.
UNSEEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
STALE = "Somebody else changed {what} while you had it open. What you typed is below: check it and save again"


class GovukForm(forms.Form):
    """A form that words its own errors and knows its error summary.

    A form with a field for a typed day must be given `today`. `label_classes` and `group_classes`
    may name other classes for a field's label and group, for instance "govuk-visually-hidden".
    """

    label_classes: ClassVar[dict[str, str]] = {}
    group_classes: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = _as_seen(self.data)
        self.today = today
        for name, field in self.fields.items():
            if hasattr(field, "today"):
                field.today = today
            if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
                field.error_messages["invalid_choice"] = "Choose one from the list"
            if field.error_messages.get("required") == DJANGO_REQUIRED:
                field.error_messages["required"] = required_message(name, field)
            word_errors(field)
            # A browser would cut what is pasted without a word; the answer says how much is too much instead.
            field.widget.attrs.pop("maxlength", None)

    @property
    def error_summary(self) -> list[dict[str, str]]:
        """Return text and href of each problem, in the order of the page."""
        return error_summary(self)

    def reopened(self, *, version: int, what: str) -> Self:
        """Return the form with what was typed and the row's present version, so that a second try can succeed.

        It says that somebody changed `what` meanwhile, for instance "this exclusion".
        """
        data: Any = copy(self.data)
        data["version"] = version
        self.data = data
        self.full_clean()
        self.add_error(None, STALE.format(what=what))
        return self


def _as_seen(data: Any) -> Any:
    """Return what was typed without the signs that nobody sees; the same object where there are none."""
    if isinstance(data, QueryDict):
        if not any(UNSEEN.search(text) for _, texts in data.lists() for text in texts):
            return data
        found = data.copy()
        for name, texts in data.lists():
            found.setlist(name, [UNSEEN.sub("", text) for text in texts])
        return found
    return {name: UNSEEN.sub("", value) if isinstance(value, str) else value for name, value in data.items()}


class IdempotencyMixin(forms.Form):
    """Adds the hidden `token` by which a second click with the same page is known."""

    token = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={"required": OUT_OF_DATE, "invalid": OUT_OF_DATE},
    )


class VersionMixin(forms.Form):
    """Adds the hidden `version` of the row that the page showed; give it as initial."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages={"required": OUT_OF_DATE, "invalid": OUT_OF_DATE, "min_value": OUT_OF_DATE},
    )


def word_errors(field: forms.Field) -> None:
    """Say in our words what Django would say in its own; a message that the field has of itself stays."""
    said = field.error_messages
    if isinstance(field, forms.EmailField):
        said.setdefault("invalid", NO_EMAIL)
    if isinstance(field, forms.CharField):
        said.setdefault("max_length", "Use %(limit_value)d characters or fewer: this has %(show_value)d")
    if isinstance(field, forms.IntegerField):
        if said.get("invalid") in DJANGO_NUMBERS:
            said["invalid"] = str(said["invalid"]).rstrip(".")
        if field.min_value is not None:
            said.setdefault("min_value", f"It must be {field.min_value:,} or more")
        if field.max_value is not None:
            said.setdefault("max_value", f"It must be {field.max_value:,} or less")
    if isinstance(field, forms.DecimalField) and field.decimal_places is not None:
        figures = "figure" if field.decimal_places == 1 else "figures"
        said.setdefault("max_decimal_places", f"Write {field.decimal_places} {figures} at most after the point")


def required_message(name: str, field: forms.Field) -> str:
    """Return what to do about an empty field, in the field's own words."""
    label = str(field.label or name.replace("_", " "))
    if label.endswith("?"):
        return f"Answer: {label}"
    if isinstance(field.widget, forms.CheckboxInput):
        return f"Tick “{label}”"
    verb = "Choose" if isinstance(field, forms.ChoiceField | forms.FileField) else "Enter"
    spoken = label if label[:2].isupper() else label[:1].lower() + label[1:]
    return f"{verb} {spoken}"
