import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

MOST = 6000


@pghistory.track(pghistory.InsertEvent())
class DecisionLetter(models.Model):
    """A letter that tells a parent or a school what was decided of an item, as it was sent. Never changed.

    It tells of one recording of the item: what is decided anew is told in a further letter.
    """

    item = models.ForeignKey("AgendaItem", on_delete=models.PROTECT, related_name="letters")
    record_version = models.PositiveIntegerField()
    contact = models.ForeignKey("casework.Contact", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("casework.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(max_length=MOST)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The mail by which the school is told that a letter comes.
    message = models.OneToOneField(
        "casework.Message", null=True, blank=True, on_delete=models.PROTECT, related_name="panel_letter"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letter_to_a_parent_or_a_school",
                condition=Q(contact__isnull=False, school__isnull=True) | Q(contact__isnull=True, school__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_letter_a_parent_and_decision", fields=["item", "record_version", "contact"]
            ),
            models.UniqueConstraint(
                name="one_letter_a_school_and_decision", fields=["item", "record_version", "school"]
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Letter {self.pk} of item {self.item_id}"
