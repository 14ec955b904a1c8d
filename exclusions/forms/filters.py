"""The list's filters. Only codes and dates stand here, since a filter stands in the address."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from casework.models import Duty, User
from casework.rules.terms import (
    EARLY_HELP_LABELS,
    PHASE_LABELS,
    SEN_LABELS,
    SEX_LABELS,
    SOCIAL_CARE_LABELS,
    YEAR_GROUP_LABELS,
)
from exclusions.models import Exclusion, ExclusionReason
from exclusions.models.querysets import ExclusionQuerySet
from exclusions.rules.terms import KIND_LABELS, OUTCOME_LABELS
from exclusions.selectors.exclusion_list import Options
from exclusions.selectors.my_work import midnight
from exclusions.selectors.periods import this_term, this_year

EDUCATION_LABELS = {"none": "No education today", "late": "Past day six, no education"}
PERIOD_LABELS = {"term": "This term", "year": "This school year"}


def _boxes(field: str, label: str, labels: Any) -> django_filters.MultipleChoiceFilter:
    # Each box adds to what is found; distinct rows need no asking for, since no box multiplies them.
    return django_filters.MultipleChoiceFilter(
        field_name=field,
        choices=list(labels.items()),
        widget=forms.CheckboxSelectMultiple,
        label=label,
        distinct=False,
    )


def _day(label: str, **how: Any) -> django_filters.DateFilter:
    wrong = f"{label}: this day is not in the calendar. Choose it again"
    return django_filters.DateFilter(label=label, error_messages={"invalid": wrong}, **how)


def _few(duties: QuerySet[Duty]) -> QuerySet[Any]:
    """Return the cases of some duties as a list that the database makes first: they are few beside all exclusions.

    The limit, which no council reaches, is what keeps it from walking every exclusion instead.
    """
    return duties.order_by().values("case")[:100_000]


class ExclusionFilter(django_filters.FilterSet):
    """The filters of the list of exclusions. Give `user` and `today`: some filters are somebody's, or some day's."""

    kind = _boxes("kind", "Kind", KIND_LABELS)
    outcome = django_filters.MultipleChoiceFilter(
        choices=list(OUTCOME_LABELS.items()),
        method="with_outcome",
        widget=forms.CheckboxSelectMultiple,
        label="What came of it",
    )
    education = django_filters.ChoiceFilter(
        choices=list(EDUCATION_LABELS.items()), method="with_education", label="Education"
    )
    phase = _boxes("school__phase", "Phase", PHASE_LABELS)
    school = django_filters.CharFilter(field_name="school__urn", label="School")
    trust = django_filters.CharFilter(field_name="school__trust__group_id", label="Trust")
    period = django_filters.ChoiceFilter(choices=list(PERIOD_LABELS.items()), method="in_period", label="First day")
    first_from = _day("First day from", field_name="first_day", lookup_expr="gte")
    first_to = _day("First day to", field_name="first_day", lookup_expr="lte")
    year_group = _boxes("year_group", "Year group", YEAR_GROUP_LABELS)
    sen = _boxes("sen", "SEN", {**SEN_LABELS, "unknown": "Not known"})
    reason = django_filters.MultipleChoiceFilter(choices=[], method="with_reason", label="Reason")
    early_help = _boxes("early_help", "Early help", EARLY_HELP_LABELS)
    social_care = _boxes("social_care", "Social care", SOCIAL_CARE_LABELS)
    sex = _boxes("case__pupil__sex", "Sex", SEX_LABELS)
    owner = django_filters.CharFilter(method="of_owner", label="Owner")
    open = django_filters.ChoiceFilter(choices=[("yes", "Something to do")], method="to_do", label="Still to do")
    told_from = _day("Told from", field_name="council_told_on", lookup_expr="gte")
    told_to = _day("Told by", field_name="council_told_on", lookup_expr="lte")
    logged_from = _day("Logged from", method="logged_since")

    class Meta:
        model = Exclusion
        fields: list[str] = []

    def __init__(self, *args: Any, user: User, today: date, options: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.today = today
        self.reason_keys = options.reason_keys
        self.filters["reason"].extra["choices"] = list(options.reasons.items())

    def with_outcome(self, queryset: ExclusionQuerySet, name: str, value: Sequence[str]) -> QuerySet[Any]:
        if not value:
            return queryset
        return queryset.that_came_to(value, as_at=self.today)

    def with_reason(self, queryset: QuerySet[Any], name: str, value: Sequence[str]) -> QuerySet[Any]:
        if not value:
            return queryset
        keys = [self.reason_keys[code] for code in value]
        given = ExclusionReason.objects.filter(exclusion=OuterRef("pk"), reason__in=keys)
        return queryset.filter(Exists(given))

    def with_education(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep those whose day-six duty runs and has nothing arranged; `late` also those whose day six is past."""
        running = Duty.objects.to_do(self.today).filter(key="sixth_day", opened_on__lte=self.today)
        if value == "late":
            running = running.filter(other_due__lt=self.today)
        return queryset.filter(case__in=_few(running))

    def to_do(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep those on which somebody still has a duty to do."""
        return queryset.filter(case__in=_few(Duty.objects.to_do(self.today).exclude(key="first_five_days")))

    def in_period(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        first, last = (this_term if value == "term" else this_year)(self.today)
        return queryset.filter(first_day__range=(first, last))

    def logged_since(self, queryset: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        return queryset.filter(logged_at__gte=midnight(value))

    def of_owner(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == "mine":
            return queryset.filter(case__owner=self.user)
        if value == "nobody":
            return queryset.filter(case__owner__isnull=True)
        known = value.isascii() and value.isdigit() and len(value) < 10
        return queryset.filter(case__owner=int(value)) if known else queryset.none()
