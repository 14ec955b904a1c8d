from typing import Any

from django import forms
from django.conf import settings

from casework.forms.base import GovukForm, IdempotencyMixin
from casework.uploads.documents import ACCEPTED

ENDINGS = ".pdf,.docx,.jpg,.jpeg,.png,.eml,.msg,.txt"


class DocumentForm(GovukForm, IdempotencyMixin):
    title = forms.CharField(
        label="What it is",
        max_length=120,
        help_text="For example: letter from the head, or notes of the meeting on 3 November",
    )
    # Reading it says that it is empty, as it says everything else of the file.
    file = forms.FileField(
        label="File",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        error_messages={"required": "Choose the file"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"{ACCEPTED}, at most {megabytes(settings.LARGEST_DOCUMENT)} MB"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.LARGEST_DOCUMENT:
            raise forms.ValidationError(f"The file must be {megabytes(settings.LARGEST_DOCUMENT)} MB or smaller")
        return file


class WithdrawDocumentForm(GovukForm, IdempotencyMixin):
    because = forms.CharField(
        label="Why it is withdrawn",
        max_length=200,
        help_text="For example: put on the wrong case",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def megabytes(count: int) -> str:
    """Return a number of bytes in MB as people read it."""
    return f"{count / 1024**2:,.1f}".removesuffix(".0")
