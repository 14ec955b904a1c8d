"""What became of a placement: found at six, twelve and twenty-six weeks, recorded, and taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from casework.models import User
from panels.models import PlacementFollowUp, Referral
from panels.rules.placement_follow_up import Found, why_not_follow_up, wrong_follow_up
from panels.rules.placement_terms import Step
from panels.services import referrals
from panels.services.placements import AlreadyTakenBack, changed, held


class CannotBeFollowedUp(Exception):
    """No first day, or the follow-up is recorded, the placement was over before, or an earlier one comes first: `says` which."""

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says


class WrongDay(Exception):
    """A day does not fit; `part` is the one at fault, `on` or `ended_on`, and `says` why."""

    def __init__(self, part: str, says: str) -> None:
        super().__init__(says)
        self.part, self.says = part, says


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """What was found so many weeks after the first day, and how we know."""

    weeks: int
    found: Found
    words: str = ""


def record(
    *, by: User, at: datetime, on: date, referral: Referral, version: int, given: FollowedUp
) -> PlacementFollowUp:
    """Record what a follow-up found; `on` is today, `version` the placement's that the page showed.

    Raises NoPlacement, Stale, CannotBeFollowedUp and WrongDay; nothing is saved then.
    """
    with transaction.atomic():
        placement = held(referral, version, on=on)
        if says := why_not_follow_up(placement.follow_ups, given.weeks):
            raise CannotBeFollowedUp(says)
        line = next(each for each in placement.follow_ups if each.weeks == given.weeks)
        started_on = placement.facts.steps[Step.STARTED]
        if wrong := wrong_follow_up(line, given.found, started_on=started_on, lines=placement.follow_ups):
            raise WrongDay(*wrong)
        row: PlacementFollowUp = PlacementFollowUp.objects.create(
            referral=placement.referral,
            school=placement.school,
            weeks=given.weeks,
            on=given.found.on,
            outcome=given.found.outcome.value,
            ended_on=given.found.ended_on,
            words=given.words,
            recorded_at=at,
            recorded_by=by,
        )
        changed(placement.referral)
        _tell("placement_followed_up", row, by=by, at=at)
    return row


def take_back(*, by: User, at: datetime, follow_up: PlacementFollowUp, because: str) -> None:
    """Take back a follow-up that was recorded in error; it stays in sight with the reason. Raises AlreadyTakenBack."""
    with transaction.atomic():
        referral = Referral.objects.select_for_update().get(pk=follow_up.referral_id)
        row = PlacementFollowUp.objects.select_for_update().get(pk=follow_up.pk)
        if row.withdrawn_at:
            raise AlreadyTakenBack
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = at, by, because
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
        changed(referral)
        _tell("placement_follow_up_taken_back", row, by=by, at=at)


def _tell(event: str, row: PlacementFollowUp, *, by: User, at: datetime) -> None:
    said = {"weeks": str(row.weeks), "school": row.school.name, "outcome": row.outcome, "on": row.on.isoformat()}
    referrals.tell(event, row.referral, by=by, at=at, **said)
