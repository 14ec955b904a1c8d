import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5


@pghistory.track()
class ItemAction(models.Model):
    """One action that a panel set at an item, as its line was recorded: whose it is, by when, what came of it.

    Owner and day are read from the line where it gives them, and set by the clerk where not. An action whose line is
    left out when the item is recorded anew is dropped, never deleted; its line brings it back.
    """

    item = models.ForeignKey("AgendaItem", on_delete=models.PROTECT, related_name="set_actions")
    text = models.TextField(max_length=2000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="panel_actions"
    )
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    came_of = models.CharField(max_length=300, blank=True)
    set_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)
    # The last day on which its owner was reminded by mail.
    chased_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            # By its digest: a long line in another script is more than an index takes.
            models.UniqueConstraint("item", MD5("text"), name="action_once_an_item"),
            models.CheckConstraint(
                name="outcome_only_of_an_action_done", condition=Q(came_of="") | Q(done_on__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["due", "id"], name="open_action_by_day", condition=Q(done_on__isnull=True, dropped_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"Action {self.pk} of item {self.item_id}"
