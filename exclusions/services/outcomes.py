"""Recording what came of a permanent exclusion."""

from datetime import date, datetime

from django.db import transaction

from casework.models import Case, TimelineEvent, User
from exclusions.models import Exclusion, OutcomeEvent
from exclusions.rules import terms
from exclusions.rules.terms import Kind
from exclusions.services import duties


class NotPermanent(Exception):
    """Only a permanent exclusion has an outcome."""


class ChangedMeanwhile(Exception):
    """Somebody else has changed the exclusion since the page was opened."""


class AlreadyRecorded(Exception):
    """The same event of the same day is on the file."""


class BeforeTheExclusion(Exception):
    """The event is dated before the exclusion could have been decided."""


def record(
    *, by: User, at: datetime, exclusion: Exclusion, version: int, event: str, on: date, note: str
) -> OutcomeEvent:
    """Record an event that decides what comes of a permanent exclusion.

    `version` is the one that the page showed. Raises NotPermanent, ChangedMeanwhile, BeforeTheExclusion, and
    AlreadyRecorded for the same event of the same day, and AvertedAfterGovernors or CancelledAfterGovernors for an exclusion that governors have already decided on; nothing is saved then.
    """
    if exclusion.kind != Kind.PERMANENT:
        raise NotPermanent
    earliest = min(day for day in (exclusion.decided_on, exclusion.council_told_on, exclusion.first_day) if day)
    if on < earliest:
        raise BeforeTheExclusion
    with transaction.atomic():
        held = Exclusion.objects.select_for_update().get(pk=exclusion.pk)
        if held.version != version:
            raise ChangedMeanwhile
        earlier = list(held.outcome_events.order_by("on", "pk").values_list("on", "event"))
        if (on, event) in earlier:
            raise AlreadyRecorded
        in_order = sorted([*earlier, (on, event)], key=lambda row: row[0])
        terms.what_came_of_it(terms.OutcomeEvent(each) for _, each in in_order)
        recorded = OutcomeEvent.objects.create(
            exclusion=held, event=event, on=on, note=note, recorded_at=at, recorded_by=by
        )
        Exclusion.objects.filter(pk=held.pk).update(version=version + 1)
        TimelineEvent.objects.create(
            case=Case(pk=held.case_id),
            event="outcome_recorded",
            at=at,
            by=by,
            data={"event": event, "on": on.isoformat()},
        )
        duties.refresh([held.pk], by=by, at=at, why={"cause": "outcome_recorded", "event": event})
    return recorded
