from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import DayField


class OpenRoundForm(GovukForm, IdempotencyMixin):
    due = DayField(label="Answers by", help_text="For example 11/12, or fri")


class CloseRoundForm(GovukForm, IdempotencyMixin, VersionMixin):
    """Nothing is typed: what stands is kept."""
