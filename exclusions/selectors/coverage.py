"""Whether totals rest on the whole school year: from which day on the council holds every notice of a school."""

from collections.abc import Collection
from datetime import date

from django.db.models import Min
from django.utils import timezone

from exclusions.models import Exclusion, RecordsWhole


def whole_from(schools: Collection[int]) -> dict[int, date]:
    """Return, by school, the day from which every notice is held; none where no notice is held at all. Two queries.

    It is what was said when notices were carried over, else the day on which the first notice of all was logged.
    """
    said = dict(
        RecordsWhole.objects.filter(school__in=schools).values("school").annotate(first=Min("whole_from"))
        .values_list("school", "first").order_by()
    )  # fmt: skip
    # By its key, which an index has: notices are logged in their order.
    began = Exclusion.objects.standing().order_by("pk").values_list("logged_at", flat=True).first()
    otherwise = timezone.localtime(began).date() if began else None
    return {school: day for school in schools if (day := said.get(school, otherwise))}


def less_than_the_year(first_days: dict[int, date]) -> dict[int, date]:
    """Return, of schools with the first day of the school year that is totalled, those whose records begin later.

    The day is that on which they begin. Two queries.
    """
    held = whole_from(list(first_days))
    return {school: held[school] for school, first in first_days.items() if school in held and held[school] > first}
