"""Putting right what was logged: a notice, voided or restored; an outcome, taken back."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import DayAndTime
from casework.models import LocalAuthority, School, User
from casework.rules.terms import (
    EARLY_HELP_LABELS,
    SEN_LABELS,
    SEN_NEED_LABELS,
    SOCIAL_CARE_LABELS,
    YEAR_GROUP_LABELS,
    YES_NO_UNKNOWN_LABELS,
)
from exclusions.forms.notice import REASON_FIELDS, NoticeForm
from exclusions.models import Exclusion
from exclusions.services.corrections import Corrected

UNKNOWN = {"unknown": "Not known"}


class BecauseForm(GovukForm, IdempotencyMixin, VersionMixin):
    """Why something is done to a whole notice."""

    because = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RestoreForm(BecauseForm):
    """Why a notice is to stand again; asks for a tick where that repeats or overlaps another, or is otherwise unusual.

    `unusual` is what is unusual about the notice once it stands, a sentence each.
    """

    all_the_same = forms.BooleanField(
        label="I have checked: it did happen as well",
        error_messages={"required": "Tick that you have checked this, or leave the notice voided"},
    )

    def __init__(self, *args: Any, unusual: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unusual = unusual
        if not unusual:
            del self.fields["all_the_same"]


class WithdrawOutcomeForm(GovukForm, IdempotencyMixin):
    because = forms.CharField(
        label="Why it is taken back",
        max_length=200,
        help_text="It stays on the file, crossed out, with this reason",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CorrectNoticeForm(NoticeForm, IdempotencyMixin, VersionMixin):
    """The notice as it should have been logged. Cleans to Corrected; the child is the one that it has."""

    year_group = forms.ChoiceField(label="Year group", choices=list(YEAR_GROUP_LABELS.items()))
    home_authority = forms.ModelChoiceField(
        label="Home authority", queryset=LocalAuthority.objects.order_by("name"), to_field_name="code"
    )
    sen = forms.ChoiceField(label="SEN", choices=list({**SEN_LABELS, **UNKNOWN}.items()))
    sen_need = forms.ChoiceField(
        label="SEN need", choices=[("", "Not known"), *SEN_NEED_LABELS.items()], required=False
    )
    social_care = forms.ChoiceField(label="Social care", choices=list(SOCIAL_CARE_LABELS.items()))
    early_help = forms.ChoiceField(label="Early help", choices=list(EARLY_HELP_LABELS.items()))
    social_worker = forms.ChoiceField(label="Social worker", choices=list(YES_NO_UNKNOWN_LABELS.items()))
    free_school_meals = forms.ChoiceField(label="Free school meals", choices=list(YES_NO_UNKNOWN_LABELS.items()))
    because = forms.CharField(
        label="Why it is corrected",
        max_length=300,
        help_text="For example: the school’s second e-mail of 14 October gives the right last day",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    asks_home_authority: ClassVar[bool] = False
    frozen_fields: ClassVar[tuple[str, ...]] = (
        "year_group", "home_authority", "sen", "sen_need", "social_care", "early_help", "social_worker",
        "free_school_meals",
    )  # fmt: skip

    def __init__(self, *args: Any, by: User, today: date, exclusion: Exclusion, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(exclusion))
        super().__init__(*args, by=by, today=today, **kwargs)
        self.exclusion = exclusion
        for name in ("pupil", "home_authority_told", "home_authority_told_on", "home_authority_told_how", "receipt_to"):
            del self.fields[name]
        self.fields["school"].help_text = "Begin to type its name, or its URN"

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["pupil"] = self.exclusion.case.pupil
        self.cleaned_data.setdefault("school", None)
        self.cleaned_data["school"] = self.cleaned_data["school"] or self.exclusion.school
        return super().clean()

    def needs_no_roll(self, school: School) -> bool:
        return school.pk == self.exclusion.school_id

    def corrected(self) -> Corrected:
        """Return the notice as it should have been; only a valid form has one."""
        return Corrected(self.notice(), {name: self.cleaned_data[name] for name in self.frozen_fields})


def initial_of(exclusion: Exclusion) -> dict[str, Any]:
    """Return what the form of a correction begins with: the notice as it stands."""
    codes = [each.reason.code for each in exclusion.exclusion_reasons.select_related("reason").order_by("position")]
    lunchtime = exclusion.kind == "lunchtime"
    told = {
        "council_told": DayAndTime(exclusion.council_told_on, exclusion.council_told_time),
        "parents_told": exclusion.parents_told_on
        and DayAndTime(exclusion.parents_told_on, exclusion.parents_told_time),
    }
    tried = dict(exclusion.strategies.values_list("strategy", "effect"))
    same = (
        "tried_words", "kind", "first_day", "last_day", "narrative", "decided_on", "decided_by", "told_by", "recorded_because",
        "year_group", "sen", "sen_need", "social_care", "early_help", "social_worker", "free_school_meals", "version",
    )  # fmt: skip
    return {
        **{name: getattr(exclusion, name) for name in same},
        **told,
        **dict(zip(REASON_FIELDS, codes, strict=False)),
        **{name: tried.get(code, "") for name, code in NoticeForm.tried_fields.items()},
        "school": exclusion.school,
        "home_authority": exclusion.home_authority.code,
        "first_session": "AM" if lunchtime else exclusion.first_session,
        "last_session": "PM" if lunchtime or not exclusion.last_session else exclusion.last_session,
        "exam_missed": "yes" if exclusion.exam_missed else "no",
    }
