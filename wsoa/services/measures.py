"""What measures are to reach, and the readings that are kept of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from casework.models import User
from wsoa.models import Measure, MeasureReading, ReadingWithdrawal
from wsoa.selectors.indicators import counted


class Stale(Exception):
    """Somebody changed the measure meanwhile; `version` is its present one."""

    def __init__(self, version: int) -> None:
        super().__init__("The measure was changed meanwhile.")
        self.version = version


class Bound(Exception):
    """The value comes from the cases: nobody enters or withdraws it."""


class AlreadyWithdrawn(Exception):
    """Somebody has withdrawn the reading."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a measure is understood to ask for. Numbers are in the measure's unit; an indicator's unit is its own."""

    direction: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_note: str = ""
    due: date | None = None
    indicator: str = ""
    since: date | None = None


@transaction.atomic
def understand(*, by: User, measure: Measure, version: int, facts: Understood) -> None:
    """Keep what a measure is understood to ask for, and whether it is bound to the cases. Raises Stale."""
    held = Measure.objects.select_for_update().get(pk=measure.pk)
    if held.version != version:
        raise Stale(held.version)
    for name in Understood.__dataclass_fields__:
        setattr(held, name, getattr(facts, name))
    held.version += 1
    held.save()


@transaction.atomic
def read(*, by: User, at: datetime, measure: Measure, on: date, value: Decimal, evidence: str) -> MeasureReading:
    """Keep a reading that somebody enters with its evidence. Raises Bound for a measure that reads the cases."""
    if Measure.objects.select_for_update().get(pk=measure.pk).indicator:
        raise Bound
    return MeasureReading.objects.create(measure=measure, on=on, value=value, evidence=evidence, by=by, at=at)


@transaction.atomic
def withdraw_reading(*, by: User, at: datetime, reading: MeasureReading, because: str) -> ReadingWithdrawal:
    """Leave a reading that somebody entered out of account, with the reason; it stays where it was kept.

    Raises Bound for one that was kept from the cases, and AlreadyWithdrawn.
    """
    held = MeasureReading.objects.select_for_update().get(pk=reading.pk)
    if held.exclusions is not None:
        raise Bound
    if ReadingWithdrawal.objects.filter(reading=held).exists():
        raise AlreadyWithdrawn
    return ReadingWithdrawal.objects.create(reading=held, because=because, by=by, at=at)


def keep_readings(*, at: datetime, on: date, measures: Iterable[Measure] | None = None) -> int:
    """Keep what bound measures read on a day, with the cases that were counted; return how many were kept.

    One that reads the same from the same cases as when last kept is not kept again.
    """
    kept = 0
    bound = Measure.objects.exclude(indicator="") if measures is None else measures
    for measure in bound:
        figure = counted(measure.indicator, on=on, since=measure.since)
        keys = sorted(figure.cases.values_list("pk", flat=True))
        last = measure.readings.filter(exclusions__isnull=False).order_by("-on", "-pk").first()
        if figure.value is None or (last and (last.value, last.exclusions) == (figure.value, keys)):
            continue
        MeasureReading.objects.create(measure=measure, on=on, value=figure.value, exclusions=keys, at=at)
        kept += 1
    return kept
