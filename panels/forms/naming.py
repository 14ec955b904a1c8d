"""What a decision asks for in the room and of the officer alike: the school it names, and what goes with the child."""

from django import forms

from casework.forms.fields import ChoiceBoxes
from casework.forms.school_field import SchoolField
from panels.rules.outcomes import CONDITION_LABELS


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


def conditions_named() -> forms.MultipleChoiceField:
    """Return the field of the support that goes with a child, of the kinds that are usual."""
    return forms.MultipleChoiceField(
        label="Conditions and support", required=False, choices=list(CONDITION_LABELS.items()), widget=ChoiceBoxes()
    )


def other_support() -> forms.CharField:
    """Return the field of support of another kind."""
    return forms.CharField(
        label="Other support",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
