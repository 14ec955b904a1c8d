import pghistory
from django.conf import settings
from django.db import models


@pghistory.track(exclude=["token_hash"])
class CalendarFeed(models.Model):
    """An address from which a person's own calendar reads what is due. Whoever holds the address may read it.

    Only the SHA-256 hash of the address's secret is kept, so that the address can be shown once and never again. A new
    one ends the one before; none is deleted.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_calendar_feed_a_person", fields=["user"], condition=models.Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"Calendar feed of {self.user_id}"
