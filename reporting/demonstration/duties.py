"""The steps taken on the exclusions of the last weeks, and the duties that they and the law leave open."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from casework.models import Duty, User
from casework.rules.calendar import NoTermDates, SchoolCalendar
from casework.selectors.calendars import calendars_of
from exclusions.models import Exclusion, Step
from exclusions.rules.terms import Kind
from exclusions.services import duties

KEPT_FOR = timedelta(days=75)
"""How far back the demonstration keeps duties, as though the council had begun to keep them then."""

SETTLED = 0.96
"""The share of late duties of past weeks that somebody saw to in time after all."""

_SETTLED = (
    ("tell_governors", "governors_told"),
    ("tell_social_worker", "social_worker_told"),
    ("tell_virtual_school_head", "virtual_school_head_told"),
    ("board_meeting", "governors_met"),
    ("decision_letter", "decision_letter"),
)

# How often each step was taken, and by how many school days late.
_EARLY = (("parent_letter", 0.85, 1), ("governors_told", 0.9, 1), ("work_set", 0.8, 2))


def keep_duties(*, today: date, by: User) -> int:
    """Take the steps of recent exclusions by chance, always the same, and reckon their duties; return the rows."""
    recent = Q(first_day__gte=today - KEPT_FOR) | Q(kind=Kind.PERMANENT, outcome_events__isnull=True)
    found = list(
        Exclusion.objects.filter(recent).select_related("school__authority", "home_authority").distinct().order_by("pk")
    )
    calendars = calendars_of(list({each.school_id: each.school for each in found}.values()))
    chance = random.Random(1901)  # noqa: S311
    taken = [step for each in found for step in _steps(each, calendars[each.school_id], today, by, chance)]
    Step.objects.bulk_create(taken, batch_size=1000)
    at = timezone.make_aware(datetime.combine(today, time(7)))
    written = duties.refresh([each.pk for each in found], by=None, at=at, why={})
    for key, step in _SETTLED:
        written += _settle(key, step, found, today=today, by=by, at=at, chance=chance)
    return written


def _settle(
    key: str, step: str, found: list[Exclusion], *, today: date, by: User, at: datetime, chance: random.Random
) -> int:
    """Take the step that meets most of the duties of a kind that are overdue, on the day each was due."""
    by_case = {each.case_id: each for each in found}
    late = Duty.objects.overdue(on=today).filter(key=key, case__in=by_case).order_by("pk")
    met = [duty for duty in late if chance.random() < SETTLED]
    Step.objects.bulk_create(_step(by_case[duty.case_id], step, duty.due, by) for duty in met)
    return duties.refresh([by_case[duty.case_id].pk for duty in met], by=None, at=at, why={})


def _steps(
    exclusion: Exclusion, calendar: SchoolCalendar, today: date, by: User, chance: random.Random
) -> Iterator[Step]:
    wanted = [(step, often, late) for step, often, late in _EARLY if step != "governors_told" or _permanent(exclusion)]
    if exclusion.social_worker == "yes":
        wanted.append(("social_worker_told", 0.75, 2))
    if exclusion.social_care == "looked after":
        wanted.append(("virtual_school_head_told", 0.8, 1))
    if _permanent(exclusion) and exclusion.home_authority_id != exclusion.school.authority_id:
        wanted.append(("home_authority_told", 0.8, 1))
    for step, often, late in wanted:
        drawn, delay = chance.random(), chance.choice((0, 0, 0, late))
        # Of the last two days little is on file yet.
        if drawn > (often if exclusion.first_day < today - timedelta(days=2) else often / 2):
            continue
        on = _later(calendar, exclusion.first_day, delay)
        if on and on <= today:
            yield _step(exclusion, step, on, by)
    upheld = exclusion.outcome_events.filter(event="upheld by governors").order_by("on").first()
    if upheld:
        on = _later(calendar, upheld.on, 1)
        if on and on <= today:
            yield _step(exclusion, "decision_letter", on, by, method="first_class")


def _permanent(exclusion: Exclusion) -> bool:
    return exclusion.kind == Kind.PERMANENT


def _later(calendar: SchoolCalendar, day: date, days: int) -> date | None:
    try:
        return calendar.school_days_after(day, days).due if days else day
    except NoTermDates:
        return None


def _step(exclusion: Exclusion, step: str, on: date, by: User, method: str = "") -> Step:
    return Step(
        exclusion=exclusion,
        step=step,
        on=on,
        method=method,
        evidence="The school’s e-mail" if step != "governors_told" else "The clerk’s e-mail",
        recorded_at=timezone.make_aware(datetime.combine(on, time(15, 30))),
        recorded_by=by,
    )
