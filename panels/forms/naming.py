"""What a decision that names a school asks for, in the room and of the officer alike."""

from django import forms

from casework.forms.school_field import SchoolField


def school_named() -> SchoolField:
    """Return the field of the school that a decision names: one that is open."""
    return SchoolField(label="School", required=False, help_text="", open_only=True)


def why_departs() -> forms.CharField:
    """Return the field of why another school is named than the one whose turn it is."""
    return forms.CharField(
        label="If another than whose turn it is: why",
        help_text="Printed in the minutes and the yearly statement, without the child",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
