from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import DayField


class ReasonCodeForm(GovukForm, IdempotencyMixin, VersionMixin):
    in_use = forms.BooleanField(label="In use", required=False)
    valid_from = DayField(
        label="First day", required=False, help_text="Exclusions that begin on or after it. Empty: always"
    )
    valid_to = DayField(label="Last day", required=False, help_text="Empty: no end is known")
