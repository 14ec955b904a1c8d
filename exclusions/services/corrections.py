"""Correcting a notice: what it said before stays on the file, and the totals and duties of the child follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from casework.models import Case, LocalAuthority, TimelineEvent, User
from exclusions.models import Correction, Exclusion, OutcomeEvent, Step, SuspendedDay
from exclusions.rules.rule_sets import rule_set_on
from exclusions.rules.steps import PERMANENT_ONLY
from exclusions.rules.terms import Kind
from exclusions.services import duties
from exclusions.services.notices import Notice, touched_by, write_days, write_reasons, write_tried
from exclusions.services.outcomes import ChangedMeanwhile

SAID = (
    "school", "kind", "first_day", "first_session", "last_day", "last_session", "exam_missed", "narrative",
    "decided_on", "decided_by", "council_told_on", "council_told_time", "told_by", "parents_told_on",
    "parents_told_time", "recorded_because", "tried_words",
)  # fmt: skip
"""What a notice says that the exclusion keeps under the same name."""

FROZEN = (
    "year_group", "home_authority", "sen", "sen_need", "early_help", "social_care", "social_worker",
    "free_school_meals",
)  # fmt: skip
"""The circumstances of the first day that can be put right."""

DAYS = {"school", "kind", "first_day", "first_session", "last_day", "last_session"}


class NothingChanged(Exception):
    """The notice says all of it already."""


class Voided(Exception):
    """The notice is voided: restore it before correcting it."""


class OnlyOfPermanent(Exception):
    """The file holds an outcome or a step that only a permanent exclusion can have."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A notice as it should have been logged; `frozen` holds circumstances of the first day by field, where they change."""

    notice: Notice
    frozen: Mapping[str, str | LocalAuthority] = field(default_factory=dict)


def correct(
    *, by: User, at: datetime, exclusion: Exclusion, version: int, corrected: Corrected, because: str
) -> Correction:
    """Put a notice right and reckon the duties of it and of the child's later ones again.

    `version` is the one that the page showed. Raises ChangedMeanwhile, Voided, NothingChanged, OnlyOfPermanent when it is
    to be permanent no more, and NoTermDates where the school's calendar does not cover the days; nothing is saved then.
    """
    with transaction.atomic():
        held = Exclusion.objects.select_for_update(of=("self",)).select_related("case", "school").get(pk=exclusion.pk)
        if held.version != version:
            raise ChangedMeanwhile
        if held.voided_at:
            raise Voided
        if corrected.notice.kind != Kind.PERMANENT and _holds_what_only_a_permanent_has(held):
            raise OnlyOfPermanent
        before, touched = told(held), {held.pk, *touched_by(held)}
        _apply(held, corrected, at)
        reasons = [reason.code for reason in corrected.notice.reasons]
        after = told(held) | {"reasons": reasons, "tried": dict(sorted(corrected.notice.tried.items()))}
        changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        if not changes:
            raise NothingChanged
        held.version += 1
        held.save()
        if changes.keys() & DAYS:
            SuspendedDay.objects.filter(exclusion=held).delete()
            write_days(held)
        if "reasons" in changes:
            held.exclusion_reasons.all().delete()
            write_reasons(held, corrected.notice.reasons)
        if "tried" in changes:
            held.strategies.all().delete()
            write_tried(held, corrected.notice.tried)
        correction = Correction.objects.create(
            exclusion=held, changes=changes, version=held.version, because=because, corrected_at=at, corrected_by=by
        )
        TimelineEvent.objects.create(
            case=Case(pk=held.case_id), event="notice_corrected", at=at, by=by, data={"fields": list(changes)}
        )
        why = {"cause": "notice_corrected", "case": held.case.reference}
        duties.refresh(sorted(touched | set(touched_by(held))), by=by, at=at, why=why)
    return correction


def told(exclusion: Exclusion) -> dict[str, Any]:
    """Return every field of a notice that can be put right, as a correction keeps it."""
    found = {name: _plain(getattr(exclusion, name)) for name in (*SAID, *FROZEN)}
    rows = exclusion.exclusion_reasons.order_by("position").values_list("reason__code", flat=True)
    tried = exclusion.strategies.order_by("strategy").values_list("strategy", "effect")
    return found | {"reasons": list(rows), "tried": dict(tried)}


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return value.pk if isinstance(value, models.Model) else value


def _apply(held: Exclusion, corrected: Corrected, at: datetime) -> None:
    for name in SAID:
        setattr(held, name, getattr(corrected.notice, name))
    held.rule_set = rule_set_on(held.first_day).code
    today = timezone.localtime(at).date().isoformat()
    for name, value in corrected.frozen.items():
        if getattr(held, name) != value:
            setattr(held, name, value)
            held.circumstance_sources[name] = {"source": "Corrected", "known_on": today}


def _holds_what_only_a_permanent_has(held: Exclusion) -> bool:
    steps = Step.objects.standing().filter(exclusion=held, step__in=PERMANENT_ONLY)
    return OutcomeEvent.objects.standing().filter(exclusion=held).exists() or steps.exists()
