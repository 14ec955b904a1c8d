"""Arranging education for an excluded child."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from casework.models import Case, TimelineEvent, User
from exclusions.models import Exclusion, Provider, Provision
from exclusions.services import duties
from exclusions.services.outcomes import ChangedMeanwhile


class StartsBeforeTheExclusion(Exception):
    """Education after an exclusion cannot begin before its first day."""


def arrange(
    *,
    by: User,
    at: datetime,
    exclusion: Exclusion,
    version: int,
    provider: Provider,
    starts_on: date,
    ends_on: date | None,
    hours_a_week: Decimal,
    agreed_cost: Decimal,
) -> Provision:
    """Record education arranged with a provider; the cost is in pounds, for the whole of it.

    Raises StartsBeforeTheExclusion, and ChangedMeanwhile when `version` is no longer the row's; nothing is saved then.
    """
    if starts_on < exclusion.first_day:
        raise StartsBeforeTheExclusion
    with transaction.atomic():
        if not Exclusion.objects.filter(pk=exclusion.pk, version=version).update(version=version + 1):
            raise ChangedMeanwhile
        provision = Provision.objects.create(
            exclusion=exclusion,
            provider=provider,
            starts_on=starts_on,
            ends_on=ends_on,
            hours_a_week=hours_a_week,
            agreed_cost=agreed_cost,
            arranged_at=at,
            arranged_by=by,
        )
        TimelineEvent.objects.create(
            case=Case(pk=exclusion.case_id),
            event="provision_arranged",
            at=at,
            by=by,
            data={"provider": provider.name, "starts_on": starts_on.isoformat()},
        )
        duties.refresh([exclusion.pk], by=by, at=at, why={"cause": "provision_arranged"})
    return provision
