import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from exclusions.rules.ambiguities import AMBIGUITY_NAMES, SETTING_LABELS


@pghistory.track(pghistory.InsertEvent())
class ReadingChoice(models.Model):
    """Which reading of an ambiguity of the law is in force from a day on, who chose it and why. Never changed.

    A new choice is a new row. Exclusions that begin on or after `in_force_from` are worked out with it.
    """

    ambiguity = models.CharField(max_length=6, choices=AMBIGUITY_NAMES)
    setting = models.CharField(max_length=9, choices=SETTING_LABELS)
    in_force_from = models.DateField()
    why = models.CharField(max_length=500)
    # The first choice of an ambiguity is 1: two people who choose at once cannot both have the next number.
    version = models.PositiveIntegerField()
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reading_choice_version_once", fields=["ambiguity", "version"]),
            models.CheckConstraint(name="reading_choice_has_a_reason", condition=~models.Q(why="")),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.ambiguity}: {self.setting} from {self.in_force_from}"


@pghistory.track(pghistory.InsertEvent())
class RuleSetCheck(models.Model):
    """Somebody laid a rule set beside the published text, or took that back. Never changed: a new word is a new row."""

    rule_set = models.CharField(max_length=7)
    is_checked = models.BooleanField()
    checked_by = models.CharField(max_length=120)
    checked_on = models.DateField()
    version = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rule_set_check_version_once", fields=["rule_set", "version"]),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.rule_set}: {'checked' if self.is_checked else 'not checked'} on {self.checked_on}"
