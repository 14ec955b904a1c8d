from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Exists, Func, OuterRef, Q, Subquery, Value, When
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

    def that_came_to(self, outcomes: Collection[str], *, as_at: date) -> Self:
        """Keep the permanent exclusions with one of the outcomes on the day: with_outcome's word, found the other way round.

        The last event of each is looked up in one walk along the events, not once for each exclusion.
        """
        from exclusions.models.exclusion import OutcomeEvent

        known = OutcomeEvent.objects.standing().filter(on__lte=as_at)
        last = known.order_by("exclusion", "-on", "-pk").distinct("exclusion").values("pk")
        events = [event for event, outcome in OUTCOME_OF_EVENT.items() if outcome in outcomes]
        found = Q(pk__in=OutcomeEvent.objects.filter(pk__in=last, event__in=events).values("exclusion"))
        if "open" in outcomes:
            found |= Q(~Exists(known.filter(exclusion=OuterRef("pk"))))
        return self.permanent().filter(found)


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
