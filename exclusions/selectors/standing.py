"""Where exclusions stand: totals of days, the sixth day and its working, all derived when asked."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.rules.calendar import NoTermDates, SchoolCalendar
from casework.rules.periods import AcademicYear
from casework.selectors.calendars import calendars_of
from exclusions.models import Exclusion, SuspendedDay
from exclusions.rules import sixth_day as rules
from exclusions.rules import totals as totals_rules
from exclusions.rules.readings import DEFAULT_SETTINGS, Settings
from exclusions.rules.terms import Kind, SchoolKind
from exclusions.selectors.duty_facts import pupil_facts
from exclusions.selectors.readings import chosen_readings


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows from one exclusion's facts.

    `no_term_dates_on` is the day that the school's calendar does not cover; then nothing is worked out.
    """

    calendar: SchoolCalendar
    sixth_day: rules.SixthDay | None
    looked_after_first_day: rules.SixthDay | None
    totals: totals_rules.Totals | None
    days: tuple[totals_rules.SuspendedDay, ...]
    no_term_dates_on: date | None = None


@dataclass(frozen=True, slots=True)
class _OwnDay:
    exclusion: int
    began: date
    school: int
    day: totals_rules.SuspendedDay


def standing_of(exclusion: Exclusion) -> Standing:
    """Return where one exclusion stands."""
    return standings([exclusion])[exclusion.pk]


def standings(exclusions: Collection[Exclusion]) -> dict[int, Standing]:
    """Return where each exclusion stands, by primary key, in three queries however many there are.

    Each needs `case.pupil`, `school.authority` and `home_authority` loaded.
    """
    if not exclusions:
        return {}
    calendars = calendars_of(list({exclusion.school_id: exclusion.school for exclusion in exclusions}.values()))
    days = _days_of_pupils(exclusions)
    readings = chosen_readings()
    return {
        exclusion.pk: work_out(
            exclusion,
            calendar=calendars[exclusion.school_id],
            days=days[exclusion.case.pupil_id],
            settings=readings.on(exclusion.first_day),
        )
        for exclusion in exclusions
    }


def _days_of_pupils(exclusions: Collection[Exclusion]) -> dict[int, list[_OwnDay]]:
    pupils = {exclusion.case.pupil_id for exclusion in exclusions}
    oldest = min(AcademicYear.of(exclusion.first_day).first for exclusion in exclusions)
    found: dict[int, list[_OwnDay]] = defaultdict(list)
    standing = SuspendedDay.objects.standing()
    rows = standing.filter(exclusion__case__pupil__in=pupils, on__gte=oldest).values_list(
        "exclusion__case__pupil_id", "exclusion_id", "exclusion__first_day", "exclusion__school_id",
        "on", "morning", "afternoon", "lunchtime",
    )  # fmt: skip
    for pupil, exclusion, began, school, on, morning, afternoon, lunchtime in rows.order_by("on"):
        day = totals_rules.SuspendedDay(on, morning, afternoon, lunchtime)
        found[pupil].append(_OwnDay(exclusion, began, school, day))
    return found


def work_out(
    exclusion: Exclusion,
    *,
    calendar: SchoolCalendar,
    days: Iterable[_OwnDay] = (),
    settings: Settings = DEFAULT_SETTINGS,
) -> Standing:
    """Apply the rules to one exclusion, saved or not, among the days of suspension of the same child."""
    rows = list(days)
    own = tuple(row.day for row in rows if row.exclusion == exclusion.pk)
    earlier = [row for row in rows if row.exclusion != exclusion.pk and row.began <= exclusion.first_day]
    return apply_rules(
        exclusion,
        calendar=calendar,
        own=own,
        earlier_anywhere=[row.day for row in earlier],
        earlier_here=[row.day for row in earlier if row.school == exclusion.school_id],
        settings=settings,
    )


def apply_rules(
    exclusion: Exclusion,
    *,
    calendar: SchoolCalendar,
    own: tuple[totals_rules.SuspendedDay, ...],
    earlier_anywhere: Iterable[totals_rules.SuspendedDay],
    earlier_here: Iterable[totals_rules.SuspendedDay],
    settings: Settings = DEFAULT_SETTINGS,
) -> Standing:
    """Apply the rules of totals and of the sixth day; a calendar that ends too soon is said, never guessed over."""
    kind = Kind(exclusion.kind)
    facts: Any = {
        "pupil": pupil_facts(exclusion),
        "school": rules.SchoolFacts(exclusion.school.authority.code, SchoolKind(exclusion.school.kind)),
        "calendar": calendar,
        "settings": settings,
    }
    case = rules.Exclusion(kind, exclusion.first_day, days=own, earlier=tuple(earlier_here))
    try:
        return Standing(
            calendar=calendar,
            sixth_day=rules.sixth_day(case, **facts),
            looked_after_first_day=rules.looked_after_first_day(case, **facts),
            totals=totals_rules.totals(
                kind=kind,
                first_day=exclusion.first_day,
                days=own,
                earlier=earlier_anywhere,
                calendar=calendar,
                loses_exam=exclusion.exam_missed,
            ),
            days=own,
        )
    except NoTermDates as gap:
        return Standing(calendar, None, None, None, own, no_term_dates_on=gap.on)
