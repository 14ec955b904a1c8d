from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceBoxes, ChoiceRadios, DayField
from panels.forms.naming import conditions_named, other_support, school_named, why_departs
from panels.models.item_record import AGREED_LABELS
from panels.rules.outcomes import COST_SEEN_LABELS
from panels.selectors.sittings import Expected
from panels.services.records import Written


def _text(label: str, rows: int, *, most: int = 2000, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=False, widget=forms.Textarea(attrs={"rows": rows})
    )


def _votes(label: str) -> forms.IntegerField:
    wrong = "Enter a whole number from 0 to 99"
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=99,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "govuk-input--width-2"}),
    )


class RunItemForm(GovukForm, IdempotencyMixin, VersionMixin):
    """The screen of an item: nothing is required to keep it; the service says what is wanting to record it."""

    group_classes: ClassVar[dict[str, str]] = {"agreed": "app-sit__inline"}

    present = forms.TypedMultipleChoiceField(label="In the room", required=False, coerce=int, widget=ChoiceBoxes())
    discussion = _text("Discussion points", 3, most=4000)
    outcome = forms.ChoiceField(label="Outcome", required=False, widget=ChoiceRadios(row=False))
    school = school_named()
    departs_because = why_departs()
    starts_on = DayField(label="Start date", required=False)
    review_on = DayField(label="Review on", required=False)
    cost_seen = forms.ChoiceField(
        label="When the panel saw the cost",
        required=False,
        choices=list(COST_SEEN_LABELS.items()),
        widget=ChoiceRadios(row=False),
    )
    conditions = conditions_named()
    support = other_support()
    reasons = _text("Reasons", 4, hint="As they stand in the minutes and letter")
    dissent = _text("Dissent", 2)
    actions = _text("Actions, one a line: what, who, by when", 2)
    agreed = forms.ChoiceField(label="Agreed by", required=False, widget=ChoiceRadios(row=False))
    votes_for = _votes("For")
    votes_against = _votes("Against")
    abstained = _votes("Abstained")

    def __init__(
        self,
        *args: Any,
        members: Iterable[Expected],
        outcomes: Mapping[str, str],
        chair_decides: bool,
        is_business: bool,
        keeps_turns: bool,
        not_offered: Collection[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = dict(self.fields)
        choices["present"].choices = [(one.membership.person_id, one.person.name) for one in members]
        choices["outcome"].choices = list(outcomes.items())
        choices["school"].widget.not_offered = not_offered
        agreed = ["chair", "everyone"] if chair_decides else ["everyone", "votes"]
        choices["agreed"].choices = [(value, AGREED_LABELS[value]) for value in agreed]
        if is_business:
            for name in set(self.fields) - {"token", "version", "present", "discussion", "actions"}:
                del self.fields[name]
        if not is_business and "specialist_place" not in outcomes:
            for name in ("cost_seen", "review_on"):
                del self.fields[name]
        if not is_business and not keeps_turns:
            del self.fields["departs_because"]
        if not is_business and chair_decides:
            for name in ("votes_for", "votes_against", "abstained"):
                del self.fields[name]

    def written(self) -> Written:
        """Return what was written; of what the screen does not ask nothing."""
        data = {name: value for name, value in self.cleaned_data.items() if name in Written.__dataclass_fields__}
        for name in ("votes_for", "votes_against", "abstained"):
            data[name] = data.get(name) or 0
        return Written(**(data | {"conditions": tuple(data.get("conditions", ()))}))


class ReopenForm(GovukForm, IdempotencyMixin):
    """Nothing is asked: the page says what is reopened."""
