from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from wsoa.models.querysets import RoundAskQuerySet
from wsoa.rules.rounds import BOARD_LABELS, Board, Stage
from wsoa.rules.terms import STATE_LABELS


@pghistory.track(exclude=["stood"])
class Round(models.Model):
    """A plan's turn of updates: it opens and asks about each action, closes to answers, and is approved by somebody else.

    With the approval it is locked: where every action stood when it closed is kept, and never changed.
    """

    plan = models.ForeignKey("Plan", on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    board = models.CharField(max_length=20, choices=BOARD_LABELS, default=Board.PARTNERSHIP)
    opened_on = models.DateField()
    # The day by which answers are wanted.
    due = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Where every action stood as it closed, from which the approval writes the states: nothing said later changes it.
    stood = models.JSONField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="round_number_once", fields=["plan", "number"]),
            models.UniqueConstraint(
                name="one_round_a_plan_not_locked", fields=["plan"], condition=models.Q(locked_at__isnull=True)
            ),
            models.CheckConstraint(
                name="round_locked_by_another_once_closed",
                condition=models.Q(locked_at__isnull=True, locked_by__isnull=True)
                | models.Q(locked_at__isnull=False, locked_by__isnull=False, closed_by__isnull=False)
                & ~models.Q(locked_by=models.F("closed_by")),
            ),
            models.CheckConstraint(name="round_due_after_it_opens", condition=models.Q(due__gte=models.F("opened_on"))),
            models.CheckConstraint(
                name="round_closed_by_somebody_after_it_opens",
                condition=models.Q(closed_on__isnull=True, closed_by__isnull=True)
                | models.Q(closed_on__gte=models.F("opened_on"), closed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Round {self.number} of {self.plan_id}"

    @property
    def stage(self) -> Stage:
        """Whether it is open, closed to answers, or locked."""
        if self.locked_at:
            return Stage.LOCKED
        return Stage.CLOSED if self.closed_on else Stage.OPEN


class RoundState(models.Model):
    """Where an action stood in a plan when a round closed, kept as it is locked. Append only, and so its own history."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="states", db_index=False)
    place = models.ForeignKey("ActionPlace", on_delete=models.PROTECT, related_name="round_states")
    # The priority in which it stood then.
    priority = models.ForeignKey("Priority", on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=20, choices=STATE_LABELS)
    because = models.CharField(max_length=500)
    # What the rule said, where somebody had decided over it.
    proposed = models.CharField(max_length=20, choices=STATE_LABELS)

    class Meta:
        constraints = [models.UniqueConstraint(name="state_once_a_round", fields=["round", "place"])]
        indexes = [models.Index(fields=["round", "priority", "state"], name="round_states_by_priority")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.place_id} {self.state} in {self.round_id}"


@pghistory.track(exclude=["token_hash"])
class RoundAsk(models.Model):
    """What a round asks of one lead about one action. Where the lead has a link, it answers this once, without an account.

    Without a holder the role was vacant when the round asked, and nobody was.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="asks", db_index=False)
    place = models.ForeignKey("ActionPlace", on_delete=models.PROTECT, related_name="asks")
    role = models.ForeignKey("Role", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    holder = models.ForeignKey("RoleHolder", on_delete=models.PROTECT, null=True, blank=True, related_name="asks")
    # Where the mail went; empty where no address is known. Whoever keeps plans answers by the account, and has no link.
    recipient = models.EmailField(max_length=254, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    asked_at = models.DateTimeField()
    chased = models.PositiveSmallIntegerField(default=0)
    chased_at = models.DateTimeField(null=True, blank=True)
    answer = models.ForeignKey("ActionUpdate", on_delete=models.PROTECT, null=True, blank=True, related_name="asks")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["RoundAsk"]] = RoundAskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="asked_once_a_round", fields=["round", "place", "role"], nulls_distinct=False),
            models.CheckConstraint(
                name="ask_answered_with_an_update",
                condition=models.Q(answer__isnull=True, answered_at__isnull=True)
                | models.Q(answer__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="link_goes_to_a_holder",
                condition=models.Q(token_hash__isnull=True) | ~models.Q(recipient="") & models.Q(holder__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} of {self.role_id} in {self.round_id}"
