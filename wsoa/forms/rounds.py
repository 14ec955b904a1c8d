from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from wsoa.rules.rounds import BOARD_LABELS, Board


class OpenRoundForm(GovukForm, IdempotencyMixin):
    board = forms.ChoiceField(
        label="For",
        choices=list(BOARD_LABELS.items()),
        initial=Board.PARTNERSHIP.value,
        widget=ChoiceRadios(row=False),
    )
    due = DayField(
        label="Answers by", help_text="For example 11/12, or 11 dec. The links work until the end of that day"
    )


class ChaseForm(GovukForm, IdempotencyMixin):
    due = DayField(
        label="Answers by", help_text="The same day, or a later one. The links work until the end of that day"
    )


class RoundForm(GovukForm, IdempotencyMixin, VersionMixin):
    """Closing a round, opening it again, approving it: nothing is typed."""
