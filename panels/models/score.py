from fractions import Fraction

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from panels.rules.turns.baseline_scores import Profile


@pghistory.track(pghistory.InsertEvent())
class ScorePublication(models.Model):
    """The scores of a panel's schools, in force from a day until the next are. Never changed: others are published."""

    panel = models.ForeignKey("Panel", on_delete=models.PROTECT, related_name="score_publications")
    in_force_from = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_publication_of_scores_a_day", fields=["panel", "in_force_from"])
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Scores of {self.panel_id} from {self.in_force_from}"


@pghistory.track(pghistory.InsertEvent())
class SchoolScore(models.Model):
    """A school's score and rank as they were published, and the pressures that they were made of. Never changed.

    Shares are percentages of the roll, which is the January headcount held when it was published.
    """

    publication = models.ForeignKey(ScorePublication, on_delete=models.PROTECT, related_name="lines")
    school = models.ForeignKey("casework.School", on_delete=models.PROTECT, related_name="+")
    roll = models.PositiveIntegerField()
    plans = models.DecimalField(max_digits=5, decimal_places=2)
    free_meals = models.DecimalField(max_digits=5, decimal_places=2)
    attainment = models.DecimalField(max_digits=5, decimal_places=2)
    additional_language = models.DecimalField(max_digits=5, decimal_places=2)
    mobility = models.DecimalField(max_digits=5, decimal_places=2)
    deprivation = models.DecimalField(max_digits=5, decimal_places=2)
    # Seven ranks added up, each a whole number or a half.
    score = models.DecimalField(max_digits=7, decimal_places=1)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_score_a_school", fields=["publication", "school"]),
            models.CheckConstraint(name="score_is_above_nought", condition=Q(score__gt=0)),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Score of {self.school_id} in {self.publication_id}"

    @property
    def score_exact(self) -> Fraction:
        """The score as the rules read it."""
        return Fraction(self.score)

    @property
    def profile(self) -> Profile:
        """What the score was made of, exact; needs `school` loaded."""
        shares = (self.plans, self.free_meals, self.additional_language, self.mobility, self.deprivation)
        plans, meals, language, mobility, deprivation = (Fraction(share) / 100 for share in shares)
        attainment = Fraction(self.attainment)
        return Profile(int(self.school.urn), self.roll, plans, meals, attainment, language, mobility, deprivation)
