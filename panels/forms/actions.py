from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import DayField
from casework.models import User
from panels.selectors.actions import STATES
from panels.selectors.my_actions import STATES as MY_STATES
from panels.services.actions import Facts


class ActionFilter(forms.Form):
    """Which actions a list shows, from its address; nonsense shows those that are open."""

    state = forms.ChoiceField(choices=list(STATES.items()), required=False)

    def chosen(self) -> str:
        """Return the state that is asked for."""
        return self.cleaned_data["state"] if self.is_valid() else ""


class ActionForm(GovukForm, IdempotencyMixin, VersionMixin):
    """Whose an action is, by when, and what came of it; without the day on which it was done it is open."""

    owner = forms.ModelChoiceField(
        label="Who has it", queryset=User.objects.none(), required=False, empty_label="Nobody yet"
    )
    due = DayField(label="By when", required=False, help_text="Empty: no day is set")
    done_on = DayField(label="Done on", required=False, help_text="Empty while it is open")
    came_of = forms.CharField(
        label="What came of it",
        max_length=300,
        required=False,
        help_text="No more than the panel needs: the panel’s staff read it",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, people: QuerySet[User], sat_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = people
        owner.label_from_instance = lambda person: person.name
        self.sat_on = sat_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("due") and data["due"] < self.sat_on:
            self.add_error("due", "It cannot be due before the panel set it")
        if data.get("done_on"):
            if self.today and data["done_on"] > self.today:
                self.add_error("done_on", "Done on must be today or a day before")
            elif data["done_on"] < self.sat_on:
                self.add_error("done_on", "It cannot be done before the panel set it")
        elif data.get("came_of") and "done_on" not in self.errors:
            self.add_error("done_on", "Enter the day on which it was done")
        return data

    def facts(self) -> Facts:
        """Return what was typed."""
        return Facts(**{name: self.cleaned_data[name] for name in ("owner", "due", "done_on", "came_of")})


class MyActionFilter(forms.Form):
    """Which of their own actions a person's list shows, from its address; nonsense shows those that are open."""

    state = forms.ChoiceField(choices=list(MY_STATES.items()), required=False)

    def chosen(self) -> str:
        """Return the state that is asked for."""
        return self.cleaned_data["state"] if self.is_valid() else ""


class FinishActionForm(GovukForm, IdempotencyMixin, VersionMixin):
    """That an action of one's own is done: on which day, and what came of it."""

    done_on = DayField(label="Done on", help_text="For example 12/11, or today")
    came_of = forms.CharField(
        label="What came of it",
        max_length=300,
        required=False,
        help_text="No more than the panel needs: the panel’s staff read it",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, sat_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sat_on = sat_on

    def clean_done_on(self) -> date:
        on: date = self.cleaned_data["done_on"]
        if self.today and on > self.today:
            raise forms.ValidationError("Done on must be today or a day before")
        if on < self.sat_on:
            raise forms.ValidationError("It cannot be done before the panel set it")
        return on


class ChaseActionsForm(GovukForm, IdempotencyMixin):
    """That whoever has a late action is reminded."""
