from collections.abc import Collection, Mapping
from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from panels.forms.naming import conditions_named, other_support, school_named, why_departs
from panels.rules.outcomes import is_final
from panels.services.advice import OfficersWord

NO_TIE, TIED = "no", "yes"
FOLLOWS = "follows"
DEPARTURE = (
    "outcome", "school", "departs_because", "starts_on", "review_on", "conditions", "support", "reasons"
)  # fmt: skip
SAYS = {FOLLOWS: "As the panel advised", "departs": "Otherwise"}


class TakeBackDecisionForm(GovukForm, IdempotencyMixin):
    because = forms.CharField(
        label="Why it is taken back",
        max_length=200,
        help_text="It stays on the file with this reason",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DecideOnAdviceForm(GovukForm, IdempotencyMixin, VersionMixin):
    """What an officer makes of a panel's advice; the service says what is wanting where the officer departs from it.

    A tie is asked of first, as it is of the room; whoever has one decides nothing, and is asked nothing more.
    """

    tie = forms.ChoiceField(
        label="Do you have a tie to the child, the family, or a school that is named or considered?",
        help_text=(
            "You work, govern or have a child at the school, or did; you are a relative, friend or neighbour of the"
            " family; or you have anything else to do with them that others may think sways you"
        ),
        choices=[(NO_TIE, "No"), (TIED, "Yes")],
        widget=ChoiceRadios(
            row=False, hints={TIED: "You decide nothing: another officer does. It cannot be taken back"}
        ),
        error_messages={"required": "Choose whether you have a tie"},
    )
    follows = forms.ChoiceField(
        label="What do you decide?",
        choices=list(SAYS.items()),
        required=False,
        widget=ChoiceRadios(row=False),
    )
    outcome = forms.ChoiceField(label="Your decision", required=False, widget=ChoiceRadios(row=False))
    school = school_named()
    departs_because = why_departs()
    starts_on = DayField(label="Start date", required=False)
    review_on = DayField(label="Review on", required=False)
    conditions = conditions_named()
    support = other_support()
    reasons = forms.CharField(
        label="Why you depart from the advice",
        help_text="As it will stand in the minutes and the letters",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        outcomes: Mapping[str, str],
        keeps_turns: bool,
        turn: str = "",
        not_offered: Collection[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = dict(self.fields)
        choices["school"].widget.not_offered = not_offered
        going_along = choices["conditions"]
        going_along.help_text = "What the panel advised does not go with your decision unless you choose it here"
        # An officer decides: what wants more information first is the panel's to say.
        choices["outcome"].choices = [(value, label) for value, label in outcomes.items() if is_final(value)]
        if not keeps_turns:
            del self.fields["departs_because"]
        elif turn:
            said = choices["departs_because"].help_text
            choices["departs_because"].help_text = f"{turn} To name another school departs from it. {said}"
        if "specialist_place" not in outcomes:
            del self.fields["review_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("tie") == TIED:
            for name in ("follows", *DEPARTURE):
                self.errors.pop(name, None)
            return data
        if not data.get("follows") and "follows" not in self.errors:
            self.add_error("follows", "Choose whether you decide as the panel advised")
        if data.get("follows") == FOLLOWS:
            # What was typed would be dropped without a word: the officer says which of the two was meant.
            for name in DEPARTURE:
                if data.get(name):
                    self.add_error(name, "Leave this empty to decide as the panel advised, or choose Otherwise")
        return data

    @property
    def is_tied(self) -> bool:
        """Whether the officer has a tie, and so decides nothing."""
        return bool(self.cleaned_data["tie"] == TIED)

    def word(self) -> OfficersWord:
        """Return what the officer decides."""
        data = self.cleaned_data
        return OfficersWord(
            declares_no_tie=data["tie"] == NO_TIE,
            follows=data["follows"] == FOLLOWS,
            outcome=data["outcome"],
            school=data["school"],
            departs_because=data.get("departs_because", ""),
            starts_on=data["starts_on"],
            review_on=data.get("review_on"),
            conditions=tuple(data["conditions"]),
            support=data["support"],
            because=data["reasons"],
        )
