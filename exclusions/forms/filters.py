"""The list's filters. Only codes and dates stand here, since a filter stands in the address."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from casework.models import School
from casework.rules.terms import PHASE_LABELS, YEAR_GROUP_LABELS
from exclusions.models import Exclusion
from exclusions.rules.terms import KIND_LABELS, OUTCOME_LABELS


class ExclusionFilter(django_filters.FilterSet):
    kind = django_filters.MultipleChoiceFilter(
        choices=list(KIND_LABELS.items()), widget=forms.CheckboxSelectMultiple, label="Kind"
    )
    outcome = django_filters.MultipleChoiceFilter(
        choices=list(OUTCOME_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        label="What came of a permanent exclusion",
    )
    phase = django_filters.MultipleChoiceFilter(
        field_name="school__phase",
        choices=list(PHASE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        label="Phase",
    )
    school = django_filters.ModelChoiceFilter(
        queryset=School.objects.order_by("name"), to_field_name="urn", label="School", empty_label="Every school"
    )
    first_from = django_filters.DateFilter(field_name="first_day", lookup_expr="gte", label="First day from")
    first_to = django_filters.DateFilter(field_name="first_day", lookup_expr="lte", label="First day to")
    year_group = django_filters.MultipleChoiceFilter(choices=list(YEAR_GROUP_LABELS.items()), label="Year group")
    sen = django_filters.CharFilter(field_name="sen", label="SEN")
    reason = django_filters.CharFilter(method="with_reason", label="Reason")
    early_help = django_filters.CharFilter(field_name="early_help", label="Early help")
    social_care = django_filters.CharFilter(field_name="social_care", label="Social care")
    sex = django_filters.CharFilter(field_name="case__pupil__sex", label="Sex")
    told_to = django_filters.DateFilter(field_name="council_told_on", lookup_expr="lte", label="Told by")

    class Meta:
        model = Exclusion
        fields: list[str] = []

    def with_reason(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(exclusion_reasons__reason__code=value.upper())
