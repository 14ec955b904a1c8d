"""Recording what came of a permanent exclusion."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

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


class ContradictsTheDay(Exception):
    """Another event of the same day, `event`, says something else."""

    def __init__(self, event: str) -> None:
        super().__init__(event)
        self.event = event


class AlreadyWithdrawn(Exception):
    """Somebody has taken the event back already."""


class BeforeTheExclusion(Exception):
    """The event is dated before the exclusion could have been decided."""


def record(
    *,
    by: User,
    at: datetime,
    exclusion: Exclusion,
    version: int,
    event: str,
    on: date,
    note: str,
    wording: str = "",
    said: str = "",
) -> OutcomeEvent:
    """Record an event that decides what comes of a permanent exclusion.

    `wording` is the council's own item for it, and `said` its words, where there is one: the timeline tells it so.
    `version` is the one that the page showed. Raises NotPermanent, ChangedMeanwhile, BeforeTheExclusion, AlreadyRecorded
    for the same event of the same day, ContradictsTheDay for another, and AvertedAfterGovernors or
    CancelledAfterGovernors for an exclusion that governors have already decided on; nothing is saved then.
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
        earlier = list(_standing(held).order_by("on", "pk").values_list("on", "event"))
        if (on, event) in earlier:
            raise AlreadyRecorded
        if same_day := [each for day, each in earlier if day == on]:
            raise ContradictsTheDay(same_day[0])
        in_order = sorted([*earlier, (on, event)], key=lambda row: row[0])
        terms.what_came_of_it(terms.OutcomeEvent(each) for _, each in in_order)
        recorded = OutcomeEvent.objects.create(
            exclusion=held, event=event, on=on, note=note, wording=wording, recorded_at=at, recorded_by=by
        )
        Exclusion.objects.filter(pk=held.pk).update(version=version + 1)
        TimelineEvent.objects.create(
            case=Case(pk=held.case_id),
            event="outcome_recorded",
            at=at,
            by=by,
            data={"event": event, "on": on.isoformat()} | ({"said": said} if said else {}),
        )
        duties.refresh([held.pk], by=by, at=at, why={"cause": "outcome_recorded", "event": event})
    return recorded


def withdraw(*, by: User, at: datetime, event: OutcomeEvent, because: str) -> None:
    """Take back an event that was recorded in error; it stays in sight with the reason, and the duties follow.

    Raises AlreadyWithdrawn, and AvertedAfterGovernors or CancelledAfterGovernors where what is left would contradict
    itself; nothing is saved then.
    """
    with transaction.atomic():
        exclusion = Exclusion.objects.select_for_update().get(pk=event.exclusion_id)
        held = OutcomeEvent.objects.get(pk=event.pk)
        if held.withdrawn_at:
            raise AlreadyWithdrawn
        left = _standing(exclusion).exclude(pk=held.pk).order_by("on", "pk").values_list("event", flat=True)
        terms.what_came_of_it(terms.OutcomeEvent(each) for each in left)
        held.withdrawn_at, held.withdrawn_by, held.withdrawn_because = at, by, because
        held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
        Exclusion.objects.filter(pk=exclusion.pk).update(version=exclusion.version + 1)
        TimelineEvent.objects.create(
            case=Case(pk=exclusion.case_id),
            event="outcome_withdrawn",
            at=at,
            by=by,
            data={"event": held.event, "on": held.on.isoformat()},
        )
        duties.refresh([exclusion.pk], by=by, at=at, why={"cause": "outcome_withdrawn", "event": held.event})


def _standing(exclusion: Exclusion) -> QuerySet[OutcomeEvent]:
    return OutcomeEvent.objects.standing().filter(exclusion=exclusion)
