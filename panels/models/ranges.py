"""Ranges by which the database itself keeps dated rows of one kind apart, without an extension of it."""

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeBoundary
from django.db.models import F, Func, Q

# A row that ends the day before it began never was: it stands in nobody's way.
WAS_EVER = Q(last_day__isnull=True) | Q(last_day__gte=F("first_day"))


def alone(field: str) -> Func:
    """Return a value as the range of nothing but itself, which overlaps only its equal."""
    boundary = RangeBoundary(inclusive_lower=True, inclusive_upper=True)
    return Func(F(field), F(field), boundary, function="INT8RANGE", output_field=BigIntegerRangeField())


def days() -> Func:
    """Return a row's days, the first and the last included."""
    boundary = RangeBoundary(inclusive_lower=True, inclusive_upper=True)
    return Func(F("first_day"), F("last_day"), boundary, function="DATERANGE", output_field=DateRangeField())
