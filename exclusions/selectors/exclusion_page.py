"""What the page of one exclusion shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casework.models import Closure, TimelineEvent, User
from casework.rules.calendar import NoTermDates
from exclusions.models import Exclusion, OutcomeEvent, Provision
from exclusions.selectors.corrections import CorrectionLine, corrections_of
from exclusions.selectors.coverage import less_than_the_year
from exclusions.selectors.exclusion_list import loaded
from exclusions.selectors.standing import Standing, standing_of


@dataclass(frozen=True, slots=True)
class ExclusionPage:
    """One exclusion with everything told of it; `outcome` is the waterfall's word on the day."""

    exclusion: Exclusion
    outcome: str
    standing: Standing
    closures: dict[date, str]
    outcome_events: tuple[OutcomeEvent, ...]
    provisions: tuple[Provision, ...]
    timeline: tuple[TimelineEvent, ...]
    suspensions_this_year: int
    corrections: list[CorrectionLine]
    # The day on which the school's records begin, where its school year began before: the totals rest on less.
    records_begin: date | None


def find(*, by: User, reference: str, on: date) -> Exclusion:
    """Return the exclusion of a case that the person may see, voided or not. Raises Exclusion.DoesNotExist for others."""
    return loaded(Exclusion.objects.visible_to(by).with_outcome(as_at=on)).get(case__reference=reference)


def page(exclusion: Exclusion, *, on: date) -> ExclusionPage:
    """Return what the page shows of an exclusion that `find` returned, as it stands on the day."""
    standing = standing_of(exclusion)
    closures = Closure.objects.filter(
        Q(school=exclusion.school_id) | Q(school__isnull=True, authority=exclusion.school.authority_id),
        on__gte=exclusion.first_day,
    )
    return ExclusionPage(
        exclusion=exclusion,
        outcome=exclusion.outcome,
        standing=standing,
        closures={closure.on: closure.reason for closure in closures[:60]},
        outcome_events=tuple(
            exclusion.outcome_events.select_related("recorded_by", "withdrawn_by").order_by("on", "pk")
        ),
        provisions=tuple(exclusion.provisions.all()),
        timeline=tuple(exclusion.case.timeline.select_related("by").order_by("-at", "-pk")[:50]),
        suspensions_this_year=_suspensions_this_year(exclusion),
        corrections=corrections_of(exclusion),
        records_begin=_records_begin(exclusion, standing),
    )


def _records_begin(exclusion: Exclusion, standing: Standing) -> date | None:
    try:
        calendar = standing.calendar
        year = calendar.next_school_day(calendar.school_year_of(exclusion.first_day).first)
    except NoTermDates:
        return None
    return less_than_the_year({exclusion.school_id: year}).get(exclusion.school_id)


def _suspensions_this_year(exclusion: Exclusion) -> int:
    from casework.rules.periods import AcademicYear

    year = AcademicYear.of(exclusion.first_day)
    return (
        Exclusion.objects.standing()
        .filter(case__pupil=exclusion.case.pupil_id, first_day__range=(year.first, exclusion.first_day))
        .exclude(kind="permanent")
        .count()
    )
