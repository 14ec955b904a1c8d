"""Placements for tests: a referral that a panel decided by naming a school."""

from datetime import date, time
from typing import Any

from casework.models import School, User
from panels.models import AgendaItem, ItemRecord, PlacementFollowUp, PlacementStep, Referral, Sitting
from panels.selectors.item_links import as_kept, item_links
from tests.conftest import NOW
from tests.factories import minutes as minutes_rows

SAT_ON = date(2026, 10, 14)
STARTS_ON = date(2026, 11, 2)


def placed(
    referral: Referral,
    school: School,
    *,
    by: User,
    on: date = SAT_ON,
    starts_on: date | None = STARTS_ON,
    outcome: str = "school_named",
    referred_on: date = date(2026, 10, 5),
) -> ItemRecord:
    """Have a panel name a school for a child at a sitting that is past, and let that stand on the referral."""
    sitting, _ = Sitting.objects.get_or_create(
        panel=referral.panel,
        on=on,
        defaults={"starts_at": time(10, 0), "place": "County Hall", "called_at": NOW, "called_by": by},
    )
    item = AgendaItem.objects.create(
        sitting=sitting, referral=referral, position=sitting.items.count() + 1,
        links=as_kept(item_links([referral])[referral.pk]), listed_at=NOW, listed_by=by,
    )  # fmt: skip
    record = minutes_rows.recorded(item, by=by, outcome=outcome, school=school, starts_on=starts_on, cost_seen="")
    Referral.objects.filter(pk=referral.pk).update(decided_on=on, outcome=outcome, referred_on=referred_on)
    referral.refresh_from_db()
    return record


def step(referral: Referral, school: School, kind: str, on: date, *, by: User, **changes: Any) -> PlacementStep:
    """Write a step of a placement."""
    facts: dict[str, Any] = {"words": "Full in year 9" if kind == "refused" else ""} | changes
    made: PlacementStep = PlacementStep.objects.create(
        referral=referral, school=school, step=kind, on=on, recorded_at=NOW, recorded_by=by, **facts
    )
    return made


def follow_up(
    referral: Referral, school: School, weeks: int, outcome: str, on: date, *, by: User, ended_on: date | None = None
) -> PlacementFollowUp:  # fmt: skip
    """Write what a follow-up found."""
    made: PlacementFollowUp = PlacementFollowUp.objects.create(
        referral=referral, school=school, weeks=weeks, outcome=outcome, on=on, ended_on=ended_on,
        recorded_at=NOW, recorded_by=by,
    )  # fmt: skip
    return made
