"""What a notice would start, worked out before anything is saved."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from casework.models import Pupil, User
from casework.rules.calendar import NoTermDates
from casework.rules.periods import AcademicYear
from casework.selectors.calendars import calendar_of
from casework.selectors.circumstances import AsAt, known_about
from exclusions.models import Exclusion, SuspendedDay
from exclusions.rules import totals
from exclusions.rules.terms import Kind, Session
from exclusions.selectors import overlaps
from exclusions.selectors.readings import settings_on
from exclusions.selectors.standing import Standing, apply_rules
from exclusions.services.notices import Notice, days_out, log, unsaved

MEETINGS = {
    totals.FIFTEEN_DAYS // 2: "15 school days",
    totals.FIVE_DAYS // 2: "50 school days if the parents make representations",
}
"""Past how many school days of a term the governors must meet, and by when (R28)."""


class Unusual(Exception):
    """The notice asks for a reason that it does not give."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from a notice: where it would stand, when the child is back, what else is on file this year."""

    exclusion: Exclusion
    as_at: AsAt
    standing: Standing
    return_on: date | None
    on_file: tuple[Exclusion, ...]


def of(notice: Notice) -> Consequences:
    """Return what the notice would start. Raises NotOnRoll; a missing calendar is said in the standing."""
    as_at = known_about(notice.pupil, on=notice.first_day)
    exclusion = unsaved(notice, as_at)
    calendar = calendar_of(notice.school)
    year = AcademicYear.of(notice.first_day)
    rows = (
        SuspendedDay.objects.standing()
        .filter(exclusion__case__pupil=notice.pupil, exclusion__first_day__lte=notice.first_day, on__gte=year.first)
        .values_list("exclusion__school_id", "on", "morning", "afternoon", "lunchtime")
    )
    earlier = [
        (school, totals.SuspendedDay(on, morning, afternoon, lunchtime))
        for school, on, morning, afternoon, lunchtime in rows.order_by("on")
    ]
    own: tuple[totals.SuspendedDay, ...] = ()
    back = None
    try:
        if notice.kind != Kind.PERMANENT and notice.last_day:
            first, last = Session(notice.first_session), Session(notice.last_session)
            own = totals.days_of(notice.first_day, first, notice.last_day, last, calendar)
            back = totals.return_on(own, calendar) if own else None
    except NoTermDates:
        pass
    standing = apply_rules(
        exclusion,
        calendar=calendar,
        own=own,
        earlier_anywhere=[day for _, day in earlier],
        earlier_here=[day for school, day in earlier if school == notice.school.pk],
        settings=settings_on(notice.first_day),
    )
    on_file = (
        Exclusion.objects.standing()
        .filter(case__pupil=notice.pupil, first_day__range=(year.first, year.last))
        .select_related("case", "school")
        .order_by("-first_day")[:5]
    )
    return Consequences(exclusion, as_at, standing, back, tuple(on_file))


def unusual(found: Consequences) -> tuple[str, ...]:
    """Return what is unusual or unlawful about a notice and may yet have happened, a sentence each."""
    return overlaps.unusual(found.exclusion, found.standing.days)


def log_as_shown(*, by: User, at: datetime, notice: Notice) -> Exclusion:
    """Log a notice, having looked once more for what its form would ask about while nobody else can log one of the child.

    Raises Unusual where there is something to ask and the notice says no reason, and what `notices.log` raises.
    """
    with transaction.atomic():
        Pupil.objects.select_for_update(no_key=True).get(pk=notice.pupil.pk)
        if not notice.recorded_because and unusual(of(notice)):
            raise Unusual
        return log(by=by, at=at, notice=notice)


def unusual_once_corrected(notice: Notice, exclusion: Exclusion) -> tuple[str, ...]:
    """Return what is unusual about an exclusion once it is corrected to a notice, a sentence each.

    Raises NoTermDates where the school's calendar does not cover the days.
    """
    corrected = Exclusion(
        case=exclusion.case,
        school=notice.school,
        kind=notice.kind,
        first_day=notice.first_day,
        last_day=notice.last_day,
    )
    return overlaps.unusual(corrected, days_out(notice), but=exclusion.pk)


def unusual_once_restored(exclusion: Exclusion) -> tuple[str, ...]:
    """Return what is unusual about a voided notice once it stands again, a sentence each. Its days are those kept."""
    kept = exclusion.suspended_days.order_by("on").values_list(*overlaps.PARTS)
    return overlaps.unusual(exclusion, [totals.SuspendedDay(*day) for day in kept], but=exclusion.pk)


def limits_ahead(found: Consequences) -> tuple[str, ...]:
    """Return what to know of the limits before the notice is sent: those it passes or comes near, a sentence each.

    The year's 45 days are said by `unusual`. Source: R3, R28.
    """
    standing, said = found.standing, []
    if found.exclusion.exam_missed:
        said.append("A public exam or national test is lost: the governors must meet, before it if they can")
    if standing.totals is None or not standing.days:
        return tuple(said)
    in_term = [total.term_days for total in standing.totals.by_term] or [standing.totals.term_days]
    for limit, duty in MEETINGS.items():
        if max(in_term) > limit:
            said.append(f"The term is past {limit} school days: the governors must meet within {duty}")
            break
    if totals.Warn.BAND_NEAR in standing.totals.warnings:
        near = min(limit for limit in MEETINGS for days in in_term if limit - 1 < days <= limit)
        said.append(f"One more school day, or less, would take the term past {near}")
    if totals.Warn.YEAR_NEAR in standing.totals.warnings:
        passed = max(limit // 2 for limit in totals.YEAR_NEAR if standing.totals.year_days > limit // 2)
        said.append(f"This takes the school year past {passed} school days, and {totals.YEAR_LIMIT // 2} is the most")
    return tuple(said)
