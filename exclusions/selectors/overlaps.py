"""Other notices of the same child that a notice may repeat or overlap, with the evidence; and what else is unusual."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from casework.rules.periods import AcademicYear
from exclusions.models import Exclusion, OutcomeEvent, SuspendedDay
from exclusions.rules import totals
from exclusions.rules.terms import KIND_LABELS, OUTCOME_OF_EVENT, Kind, Outcome

PARTS = ("on", "morning", "afternoon", "lunchtime")
DAYS_NAMED = 3
ENDS = frozenset(event for event, outcome in OUTCOME_OF_EVENT.items() if outcome != Outcome.COMPLETED)
"""The events after which a permanent exclusion keeps the child out no longer."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another notice of the child, the days that both take away, and whether it looks like the same notice.

    A permanent exclusion takes no day: one that stands when the notice begins or ends has none.
    """

    exclusion: Exclusion
    days: tuple[date, ...]
    likely_duplicate: bool

    @property
    def sentence(self) -> str:
        """What is alike, in one sentence without its full stop."""
        other = self.exclusion
        notice = f"{other.case.reference}, {KIND_LABELS[other.kind].lower()} from {_words(other.first_day)}"
        if self.likely_duplicate:
            return f"This looks like notice {notice}, of the same school and day"
        if not self.days:
            return f"Notice {notice}, {other.school.name}, stands already"
        named = ", ".join(_words(day) for day in self.days[:DAYS_NAMED])
        more = f" and {len(self.days) - DAYS_NAMED} more" if len(self.days) > DAYS_NAMED else ""
        return f"Notice {notice}, {other.school.name}, has the child out already on {named}{more}"


def overlaps_of(
    exclusion: Exclusion, days: Sequence[totals.SuspendedDay], *, but: int | None = None
) -> tuple[Overlap, ...]:
    """Return the standing notices of the child that begin on the same day at the same school or share a day out.

    So does a permanent exclusion that began by the last day of `exclusion` and has not ended by its first; any, where
    `exclusion` is permanent itself. `days` are those of `exclusion`, which need not be saved; a permanent exclusion
    takes its first day. `but` is the primary key of a notice to leave aside: the one that is corrected. Three queries.
    """
    own = {day.on for day in days} or {exclusion.first_day}
    shared: dict[int, list[date]] = defaultdict(list)
    theirs = SuspendedDay.objects.standing().filter(exclusion__case__pupil=exclusion.case.pupil, on__in=own)
    for pk, on in theirs.order_by("on").values_list("exclusion_id", "on"):
        shared[pk].append(on)
    same = Q(school=exclusion.school, first_day=exclusion.first_day, case__pupil=exclusion.case.pupil)
    permanent = _permanent_of(exclusion, max(own))
    found = Exclusion.objects.standing().filter(same | Q(pk__in=[*shared, *permanent])).exclude(pk=but or 0)
    return tuple(
        Overlap(
            each,
            tuple(shared[each.pk]),
            (each.school_id, each.first_day) == (exclusion.school.pk, exclusion.first_day),
        )
        for each in found.select_related("case", "school").order_by("first_day", "pk")
    )


def _permanent_of(exclusion: Exclusion, last: date) -> list[int]:
    """Return the child's permanent exclusions that stand as overlaps_of says, by primary key."""
    ended = OutcomeEvent.objects.standing().filter(exclusion=OuterRef("pk"), event__in=ENDS)
    found = Exclusion.objects.standing().permanent().filter(case__pupil=exclusion.case.pupil)
    if exclusion.kind == Kind.PERMANENT:
        found = found.exclude(Exists(ended))
    else:
        found = found.filter(first_day__lte=last).exclude(Exists(ended.filter(on__lte=exclusion.first_day)))
    return list(found.values_list("pk", flat=True))


def past_the_year(exclusion: Exclusion, days: Sequence[totals.SuspendedDay], *, but: int | None = None) -> bool:
    """Tell whether the days, with all others of the child in the school year, pass the limit of 45 (R3).

    Every day on file counts, also of notices logged before for later days. One query.
    """
    year = AcademicYear.of(exclusion.first_day)
    others = SuspendedDay.objects.standing().filter(
        exclusion__case__pupil=exclusion.case.pupil, on__range=(year.first, year.last)
    )
    rows = others.exclude(exclusion=but or 0).values_list(*PARTS)
    every = [totals.SuspendedDay(*row) for row in rows] + [day for day in days if year.contains(day.on)]
    return bool(days) and _half_days(every) > totals.YEAR_LIMIT


def unusual(exclusion: Exclusion, days: Sequence[totals.SuspendedDay], *, but: int | None = None) -> tuple[str, ...]:
    """Return what is unusual or unlawful about a notice and may yet have happened, a sentence each. Four queries."""
    said = []
    if past_the_year(exclusion, days, but=but):
        said.append("This takes the school year past 45 days, which is unlawful")
    return (*said, *(each.sentence for each in overlaps_of(exclusion, days, but=but)))


def _half_days(days: Sequence[totals.SuspendedDay]) -> int:
    """Return the half days of all, no day counting more than two (D7)."""
    by_day: dict[date, int] = {}
    for day in days:
        by_day[day.on] = min(by_day.get(day.on, 0) + day.half_days, 2)
    return sum(by_day.values())


def _words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
