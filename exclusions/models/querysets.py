from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from casework.rights import has_permission
from casework.roles import Permission
from exclusions.rules.terms import OUTCOME_OF_EVENT

if TYPE_CHECKING:
    from casework.models import User


class ExclusionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Keep the exclusions that the person may see: every one, or none."""
        return self if has_permission(user, Permission.SEE_EXCLUSIONS) else self.none()

    def standing(self) -> Self:
        """Keep the notices that nobody has voided: what every list, total, figure and duty counts."""
        return self.filter(voided_at__isnull=True)

    def permanent(self) -> Self:
        """Keep permanent exclusions."""
        return self.filter(kind="permanent")

    def suspensions(self) -> Self:
        """Keep suspensions for a period, whole or part days; lunchtimes stand apart."""
        return self.filter(kind="suspension")

    def first_day_within(self, first: date, last: date) -> Self:
        """Keep those whose first day lies in the days given, both included."""
        return self.filter(first_day__range=(first, last))

    def told_by(self, on: date) -> Self:
        """Keep those of which the council had been told by the end of the day."""
        return self.filter(council_told_on__lte=on)

    def with_outcome(self, *, as_at: date) -> Self:
        """Annotate `outcome` with the waterfall's word for each permanent exclusion as it stood on the day.

        The last event up to the day gives the word; without one it is "open". Others have an empty word.
        """
        from exclusions.models.exclusion import OutcomeEvent

        latest = OutcomeEvent.objects.standing().filter(exclusion=OuterRef("pk"), on__lte=as_at).order_by("-on", "-pk")
        # Looked up in one piece of JSON: the ORM takes longer over a list of conditions than the database over a page.
        words = Value(dict(OUTCOME_OF_EVENT), output_field=models.JSONField())
        word = Func(words, "event", template="(%(expressions)s)", arg_joiner=" ->> ", output_field=models.CharField())
        return self.annotate(
            outcome=Case(
                When(
                    Q(kind="permanent"),
                    then=Coalesce(Subquery(latest.annotate(word=word).values("word")[:1]), Value("open")),
                ),
                default=Value(""),
                output_field=models.CharField(),
            )
        )


class SuspendedDayQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Keep the days of notices that nobody has voided."""
        return self.filter(exclusion__voided_at__isnull=True)


class OutcomeEventQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Keep the events that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class StepQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Keep the steps that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)
