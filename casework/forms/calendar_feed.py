from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin


class CalendarFeedForm(IdempotencyMixin, GovukForm):
    action = forms.ChoiceField(choices=[("make", "Make"), ("end", "End")], widget=forms.HiddenInput)
