from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from casework.models import User
from panels.models import Referral
from panels.rules.tie_terms import GROUND_LABELS, Ground
from panels.selectors.sittings import STATES, SeenItem

TIME = "Enter a time on the 24-hour clock, such as 9:30 or 14:00"
EVERY = {"": "Called once", "1": "Every week", "2": "Every 2 weeks", "3": "Every 3 weeks", "4": "Every 4 weeks"} | {
    str(weeks): f"Every {weeks} weeks" for weeks in (5, 6)
}
STANDS = "stands"
COMING = {"coming": "Coming", "apologies": "Sends apologies"}


def _time() -> forms.TimeField:
    return forms.TimeField(
        label="Begins at",
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages={"invalid": TIME, "required": TIME},
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off", "class": "govuk-input--width-5"}),
    )


def _place() -> forms.CharField:
    return forms.CharField(label="Where", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}))


def _minutes() -> forms.IntegerField:
    wrong = "Enter whole minutes, from 1 to 240"
    return forms.IntegerField(
        label="Minutes",
        min_value=1,
        max_value=240,
        initial=10,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "required"), wrong),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "govuk-input--width-3"}),
    )


def _because(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class SittingFilter(forms.Form):
    state = forms.ChoiceField(required=False, choices=list(STATES.items()))

    def chosen(self) -> str:
        """Return the state asked for: what cannot be understood is none, so that sittings to come are shown."""
        self.full_clean()
        return str(self.cleaned_data.get("state", ""))


class CallSittingForm(GovukForm, IdempotencyMixin):
    on = DayField(label="Day", help_text="For example 17/11", to_come=True)
    starts_at = _time()
    place = _place()
    every = forms.ChoiceField(
        label="Again",
        choices=list(EVERY.items()),
        required=False,
        help_text="On the same weekday, but not in the holidays",
    )
    until = DayField(
        label="Until", required=False, to_come=True, help_text="For example 16/7. Empty where it is called once"
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("every") and not data.get("until") and "until" not in self.errors:
            self.add_error("until", "Enter the day until which the panel sits again")
        if data.get("until") and not data.get("every") and "every" not in self.errors:
            self.add_error("every", "Choose how often the panel sits until then, or leave the last day empty")
        return data


class ChangeSittingForm(GovukForm, IdempotencyMixin, VersionMixin):
    starts_at = _time()
    place = _place()


class CancelSittingForm(GovukForm, IdempotencyMixin, VersionMixin):
    because = _because("Why it is cancelled")


class ComingForm(GovukForm, IdempotencyMixin):
    coming = forms.ChoiceField(
        label="Is the member coming?",
        choices=list(COMING.items()),
        widget=ChoiceRadios,
        error_messages={"required": "Choose whether the member is coming"},
    )


class DeclareForm(GovukForm, IdempotencyMixin):
    declared = forms.BooleanField(
        label="I have declared every school, trust and family that I am tied to",
        error_messages={"required": "Tick the box when you have declared everything, or declare what is wanting first"},
    )


class _ReferralChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, referral: Referral) -> str:
        return f"{referral.reference}, {referral.get_route_display().lower()}"


class ListReferralForm(GovukForm, IdempotencyMixin):
    """Which referral is listed: those offered, and of the others that are ready the service says that they are listed."""

    referral = _ReferralChoice(
        label="Referral",
        queryset=Referral.objects.none(),
        empty_label="Choose a referral",
        to_field_name="reference",
        error_messages={"required": "Choose a referral"},
    )
    minutes = _minutes()

    def __init__(self, *args: Any, ready: Any, offered: Iterable[Referral], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["referral"]
        choices.queryset = ready
        named = [(each.reference, choices.label_from_instance(each)) for each in offered]
        choices.widget.choices = [("", choices.empty_label), *named]


class BusinessForm(GovukForm, IdempotencyMixin):
    title = forms.CharField(
        label="What it is",
        help_text="For example outcomes, turns or actions. Every member reads it: no child’s name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    minutes = _minutes()


class OrderForm(GovukForm, IdempotencyMixin):
    """A number for each item that the person sees, by which they are put in order; equal numbers keep their order."""

    def __init__(self, *args: Any, items: Iterable[SeenItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = list(items)
        for one in self.seen:
            name = one.item.referral.reference if one.item.referral else one.item.title
            wrong = "Enter a whole number from 1 to 200"
            self.fields[f"item_{one.item.pk}"] = forms.IntegerField(
                label=name,
                initial=one.number,
                min_value=1,
                max_value=200,
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "required"), wrong),
                widget=forms.TextInput(
                    attrs={"autocomplete": "off", "inputmode": "numeric", "class": "govuk-input--width-3"}
                ),
            )

    def numbers(self) -> Iterator[BoundField]:
        """Yield the fields of the items."""
        return (self[name] for name in self.fields if name.startswith("item_"))

    def in_order(self) -> list[int]:
        """Return the items' primary keys in the order asked for."""
        return sorted(
            (one.item.pk for one in self.seen), key=lambda key: self.cleaned_data[f"item_{key}"]
        )  # fmt: skip


class TakeOffItemForm(GovukForm, IdempotencyMixin):
    because = _because("Why it is taken off")


class AnswerTieForm(GovukForm, IdempotencyMixin):
    answer = forms.ChoiceField(
        label="Is this a tie?", widget=ChoiceRadios(row=False), error_messages={"required": "Choose an answer"}
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Kept with the item. The member is told only that a check was answered",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, grounds: Iterable[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers: Any = self.fields["answer"]
        answers.choices = [
            (STANDS, "Yes, it stands: the member is out"),
            *((ground.value, f"No: {GROUND_LABELS[ground.value].lower()}") for ground in grounds),
        ]

    def ground(self) -> Ground | None:
        """Return why the tie is dismissed, None where it stands."""
        answer = self.cleaned_data["answer"]
        return None if answer == STANDS else Ground(answer)


class _MemberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, person: User) -> str:
        return person.name


class DeclareItemForm(GovukForm, IdempotencyMixin):
    """A tie to the item itself: the member's own; a clerk says whose."""

    member = _MemberChoice(label="Member", queryset=User.objects.none(), empty_label="Choose a member")

    def __init__(self, *args: Any, members: Iterable[User] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if members is None:
            del self.fields["member"]
            return
        choices: Any = self.fields["member"]
        choices.queryset = User.objects.filter(pk__in=[each.pk for each in members]).order_by("name", "pk")
        choices.error_messages["required"] = "Choose the member"
