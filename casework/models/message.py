from typing import TYPE_CHECKING, Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.rights import has_permission
from casework.roles import Permission

if TYPE_CHECKING:
    from casework.models.user import User

MESSAGE_STATES = {
    "waiting": "Waiting",
    "sending": "Being sent",
    "sent": "Sent",
    "kept": "Kept, not sent",
    "uncertain": "Uncertain",
    "failed": "Failed",
}


class MessageQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Keep the messages of which the person may know: every one, or none."""
        return self if has_permission(user, Permission.SEE_MESSAGES) else self.none()

    def to_look_at(self) -> Self:
        """Keep those of which somebody must decide whether they are sent again."""
        return self.filter(state__in=("uncertain", "failed"))


@pghistory.track(exclude=["body"])
class Message(models.Model):
    """Something to be sent to one address, written in the transaction that makes it due. The row owns the work.

    Nothing in it names a child. A message is "sending" from before the server is spoken to until the answer is known:
    one that is found so by a later try may or may not have gone, and is uncertain until a person decides.
    """

    kind = models.CharField(max_length=40)
    # The same thing said twice is one message.
    natural_key = models.CharField(max_length=120, unique=True)
    case = models.ForeignKey("Case", null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    recipient = models.EmailField()
    subject = models.CharField(max_length=150)
    body = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=MESSAGE_STATES, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    # What kind of thing went wrong, by its class.
    failure = models.CharField(max_length=60, blank=True)

    objects: ClassVar[models.Manager["Message"]] = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="message_settled_when_it_ends",
                condition=Q(state__in=("waiting", "sending"), settled_at__isnull=True)
                | Q(state__in=("sent", "kept", "uncertain", "failed"), settled_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="message_latest"),
            models.Index(
                fields=["-asked_at"], name="message_to_look_at", condition=Q(state__in=("uncertain", "failed"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
