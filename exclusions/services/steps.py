"""Recording what was done on an exclusion, and taking back what was recorded in error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from casework.models import Case, TimelineEvent, User
from exclusions.models import Exclusion, OutcomeEvent, Step
from exclusions.rules import steps as terms
from exclusions.rules.terms import Kind
from exclusions.rules.terms import OutcomeEvent as OutcomeKind
from exclusions.services import duties
from exclusions.services.outcomes import ChangedMeanwhile


class NotOfThisKind(Exception):
    """The step belongs to a permanent exclusion only."""


class AlreadyRecorded(Exception):
    """The same step of the same day is on the file."""


class BeforeItsCause(Exception):
    """A step, `answer`, stands before the one that it answers, `after`, or without it."""

    def __init__(self, after: str, answer: str = "") -> None:
        super().__init__(after)
        self.after, self.answer = after, answer


class EndedBefore(Exception):
    """The exclusion had come to an end by the day, by `event`, so that the governors no longer met on it."""

    def __init__(self, event: str) -> None:
        super().__init__(event)
        self.event = event


class BeforeTheExclusion(Exception):
    """The step is dated before the exclusion could have been decided."""


class AlreadyWithdrawn(Exception):
    """Somebody has taken the step back already."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step as it was given; `method` only of letters, `representations` and `exam_on` only of telling governors.

    `points` are those of a letter to parents, by their keys in R12: "said" and "missing".
    """

    step: str
    on: date
    method: str = ""
    representations: bool = False
    exam_on: date | None = None
    evidence: str = ""
    points: Mapping[str, Sequence[str]] = field(default_factory=dict)


def record(*, by: User, at: datetime, exclusion: Exclusion, version: int, taken: Taken) -> Step:
    """Record a step and reckon the duties again.

    `version` is the one that the page showed. Raises NotOfThisKind, BeforeTheExclusion, BeforeItsCause, EndedBefore, AlreadyRecorded
    and ChangedMeanwhile; nothing is saved then.
    """
    if taken.step in terms.PERMANENT_ONLY and exclusion.kind != Kind.PERMANENT:
        raise NotOfThisKind
    known = (exclusion.decided_on, exclusion.council_told_on, exclusion.first_day)
    if taken.on < min(day for day in known if day):
        raise BeforeTheExclusion
    with transaction.atomic():
        if not Exclusion.objects.filter(pk=exclusion.pk, version=version).update(version=version + 1):
            raise ChangedMeanwhile
        if taken.step in terms.OF_GOVERNORS:
            _check_not_ended(exclusion, taken.on)
        standing = Step.objects.standing().filter(exclusion=exclusion)
        if standing.filter(step=taken.step, on=taken.on).exists():
            raise AlreadyRecorded
        _check_order([*standing.values_list("step", "on"), (taken.step, taken.on)])
        step = Step.objects.create(
            exclusion=exclusion,
            step=taken.step,
            on=taken.on,
            method=taken.method,
            representations=taken.representations,
            exam_on=taken.exam_on,
            points={name: list(keys) for name, keys in taken.points.items()},
            evidence=taken.evidence,
            recorded_at=at,
            recorded_by=by,
        )
        _tell(exclusion, "step_recorded", by, at, {"step": step.step, "on": step.on.isoformat()})
        duties.refresh([exclusion.pk], by=by, at=at, why={"cause": "step_recorded", "step": taken.step})
    return step


def withdraw(*, by: User, at: datetime, step: Step, because: str) -> None:
    """Take back a step that was recorded in error; it stays in sight with the reason, and the duties follow.

    Raises AlreadyWithdrawn, and BeforeItsCause when a later step answers it; nothing is saved then.
    """
    with transaction.atomic():
        held = Step.objects.select_for_update().get(pk=step.pk)
        if held.withdrawn_at:
            raise AlreadyWithdrawn
        left = Step.objects.standing().filter(exclusion=held.exclusion_id).exclude(pk=held.pk)
        try:
            _check_order(list(left.values_list("step", "on")))
        except BeforeItsCause as answered:
            raise BeforeItsCause(answered.answer) from None
        held.withdrawn_at, held.withdrawn_by, held.withdrawn_because = at, by, because
        held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
        Exclusion.objects.filter(pk=held.exclusion_id).update(version=held.exclusion.version + 1)
        _tell(held.exclusion, "step_withdrawn", by, at, {"step": held.step, "on": held.on.isoformat()})
        duties.refresh([held.exclusion_id], by=by, at=at, why={"cause": "step_withdrawn", "step": held.step})


def _check_order(on_file: Sequence[tuple[str, date]]) -> None:
    """Raise BeforeItsCause unless every step stands on or after one that it answers, and letters after the meeting."""
    days: dict[str, list[date]] = {}
    for step, on in on_file:
        days.setdefault(step, []).append(on)
    for step, on in on_file:
        cause = terms.CAUSES.get(terms.Step(step))
        if cause and not any(day <= on for day in days.get(cause, ())):
            raise BeforeItsCause(cause, step)
    met, letters = days.get(terms.Step.GOVERNORS_MET, []), days.get(terms.Step.DECISION_LETTER, [])
    if met and letters and min(letters) < min(met):
        raise BeforeItsCause(terms.Step.GOVERNORS_MET, terms.Step.DECISION_LETTER)


def _check_not_ended(exclusion: Exclusion, on: date) -> None:
    """Raise EndedBefore when the last word by the day is that it was averted or cancelled: no governors met then."""
    by_then = OutcomeEvent.objects.standing().filter(exclusion=exclusion, on__lte=on).order_by("-on", "-pk")
    last = by_then.values_list("event", flat=True).first()
    if last in (OutcomeKind.AVERTED, OutcomeKind.CANCELLED):
        raise EndedBefore(last)


def _tell(exclusion: Exclusion, event: str, by: User, at: datetime, data: dict[str, str]) -> None:
    TimelineEvent.objects.create(case=Case(pk=exclusion.case_id), event=event, at=at, by=by, data=data)
