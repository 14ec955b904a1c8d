"""Ties of members to items: answered by a clerk, and declared in the room or on the item's page."""

from datetime import datetime

from django.db import transaction

from casework.models import User
from casework.rights import has_permission
from casework.roles import Permission
from panels.models import ItemDeclaration, Referral, TieAnswerGiven
from panels.rules.conflicts import Tie
from panels.rules.standing_ties import answer_tie
from panels.rules.tie_terms import Ground


class NotTheirs(Exception):
    """A tie to an item is declared by the member whose it is, or by a clerk who was told."""


def answer(
    *, by: User, at: datetime, referral: Referral, member: User, tie: Tie, ground: Ground | None, reason: str
) -> None:
    """Keep the clerk's answer to a tie: that it stands (`ground` None), or is dismissed and why.

    Raises OwnTie, ReasonNeeded and CannotBeDismissed; nothing is saved then.
    """
    given = answer_tie(
        tie, member=str(member.pk), item=referral.reference, ground=ground, reason=reason, by=str(by.pk), on=at.date()
    )
    TieAnswerGiven.objects.create(
        referral=referral,
        member=member,
        kind=given.kind.value,
        towards=given.towards.value,
        hangs_on=given.hangs_on,
        ground=given.ground.value if given.ground else "",
        reason=given.reason,
        given_at=at,
        given_by=by,
    )


def declare(*, by: User, at: datetime, referral: Referral, member: User) -> None:
    """Keep that a member is tied to a referral itself; from then on nothing of it opens for them. Raises NotTheirs."""
    if by.pk != member.pk and not has_permission(by, Permission.PREPARE_PANELS):
        raise NotTheirs
    with transaction.atomic():
        ItemDeclaration.objects.get_or_create(
            referral=referral, member=member, defaults={"declared_at": at, "declared_by": by}
        )
