from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Q

from casework.rights import has_permission
from casework.roles import Permission

if TYPE_CHECKING:
    from casework.models.user import User

TO_DO = Q(met_on__isnull=True, ended_because="")


class DutyQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Keep the duties of the cases that the person may see: every one, or none."""
        return self if has_permission(user, Permission.SEE_EXCLUSIONS) else self.none()

    def open_on(self, on: date) -> Self:
        """Keep the duties that are neither met by the day, nor ended, nor lapsed."""
        return self.filter(
            Q(met_on__isnull=True) | Q(met_on__gt=on),
            Q(lapses_on__isnull=True) | Q(lapses_on__gte=on),
            ended_because="",
        )

    def to_do(self, on: date) -> Self:
        """Keep the open duties for which nothing is arranged yet."""
        return self.filter(TO_DO, Q(lapses_on__isnull=True) | Q(lapses_on__gte=on))

    def overdue(self, *, on: date) -> Self:
        """Keep the open duties whose last date, on the later reading, lies before the day."""
        return self.open_on(on).filter(other_due__lt=on)

    def due_between(self, first: date, last: date) -> Self:
        """Keep duties whose first date lies in the days given, both included."""
        return self.filter(due__range=(first, last))


@pghistory.track()
class Duty(models.Model):
    """Something that somebody must do on a case by a day, because a rule says so.

    One row is one duty of one case; `opened_by` tells apart two of a kind, such as two reviews. Only facts are kept:
    whether it is late is asked of a day. `due` is the earliest date that the readings in force leave open, `other_due`
    the latest, and both are the same where there is one reading. A duty is broken only after `other_due`.

    `met_on` may lie ahead, when something is arranged. A duty that stops applying is ended, with the rule's reason, and
    never deleted.
    """

    # The constraint below begins with the case, so that it needs no index of its own.
    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="duties", db_index=False)
    key = models.CharField(max_length=30)
    opened_by = models.CharField(max_length=20, blank=True)
    holder = models.CharField(max_length=25)
    rule = models.CharField(max_length=8)
    # The day of what opened it: the first day out, the day of a letter.
    opened_on = models.DateField()
    due = models.DateField()
    other_due = models.DateField()
    # After this day it can no longer be done, or no longer needs to be: then it is missed, or over, and not late.
    lapses_on = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager["Duty"]] = DutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(name="one_duty_of_a_kind", fields=["case", "key", "opened_by"]),
            models.CheckConstraint(name="duty_readings_in_order", condition=Q(other_due__gte=models.F("due"))),
        ]
        # What is to be done, by day on either reading and by kind, and what is arranged: all that lists ask for, and
        # nothing that is over.
        indexes = [
            models.Index(fields=["due", "case", "id"], name="duty_due", condition=TO_DO),
            models.Index(fields=["other_due", "case", "id"], name="duty_other_due", condition=TO_DO),
            models.Index(fields=["key", "opened_on", "case"], name="duty_key", condition=TO_DO),
            models.Index(fields=["met_on"], name="duty_arranged", condition=Q(met_on__isnull=False, ended_because="")),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.case_id} by {self.due}"
