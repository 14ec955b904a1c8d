"""What the duties of exclusions hang on, read for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from casework.rules.periods import AcademicYear
from casework.rules.school_age import compulsory_school_age_ends_on, is_of_compulsory_school_age
from casework.rules.terms import NcYear, SocialCare
from exclusions.models import Exclusion, OutcomeEvent, Provision, Step, SuspendedDay
from exclusions.rules.duties import CaseFacts, Earlier, Taken
from exclusions.rules.events import Method
from exclusions.rules.sixth_day import PupilFacts, SchoolFacts
from exclusions.rules.steps import Step as StepKind
from exclusions.rules.terms import Kind, SchoolKind
from exclusions.rules.terms import OutcomeEvent as OutcomeKind
from exclusions.rules.totals import SuspendedDay as Day

SOCIAL_WORKER = {"yes": True, "no": False}


def facts_of(exclusions: Collection[Exclusion]) -> dict[int, CaseFacts]:
    """Return the facts of each exclusion by primary key, in four queries however many there are.

    Each needs `case.pupil`, `school.authority` and `home_authority` loaded.
    """
    if not exclusions:
        return {}
    ids = [exclusion.pk for exclusion in exclusions]
    days = _suspensions(exclusions)
    steps: dict[int, list[Taken]] = defaultdict(list)
    for row in Step.objects.standing().filter(exclusion__in=ids).order_by("on", "pk"):
        steps[row.exclusion_id].append(
            Taken(
                id=f"step {row.pk}",
                step=StepKind(row.step),
                on=row.on,
                method=Method(row.method or "hand"),
                representations=row.representations,
                exam_on=row.exam_on,
                evidence=evidence_of(row),
            )
        )
    outcomes: dict[int, list[tuple[OutcomeKind, date]]] = defaultdict(list)
    events = OutcomeEvent.objects.standing().filter(exclusion__in=ids).order_by("on", "pk")
    for pk, event, on in events.values_list("exclusion_id", "event", "on"):
        outcomes[pk].append((OutcomeKind(event), on))
    education: dict[int, list[tuple[date, str]]] = defaultdict(list)
    arranged = Provision.objects.filter(exclusion__in=ids).order_by("starts_on", "pk")
    for pk, starts_on, provider in arranged.values_list("exclusion_id", "starts_on", "provider__name"):
        education[pk].append((starts_on, provider))
    return {
        exclusion.pk: _facts(
            exclusion,
            days=days[exclusion.case.pupil_id],
            steps=tuple(steps[exclusion.pk]),
            outcomes=tuple(outcomes[exclusion.pk]),
            education=tuple(education[exclusion.pk]),
        )
        for exclusion in exclusions
    }


def evidence_of(step: Step) -> str:
    """Return how a step is known; of a letter to parents also how many of its points it says."""
    said, missing = (len(step.points.get(name, ())) for name in ("said", "missing"))
    counted = f"{said} of {said + missing} points" if said + missing else ""
    return ", ".join(part for part in (step.evidence, counted) if part)[:200]


def _suspensions(exclusions: Iterable[Exclusion]) -> dict[int, dict[int, dict[str, Any]]]:
    """Return the suspensions of the children concerned, by child and exclusion, from the oldest school year on."""
    pupils = {exclusion.case.pupil_id for exclusion in exclusions}
    oldest = min(AcademicYear.of(exclusion.first_day).first for exclusion in exclusions)
    standing = SuspendedDay.objects.standing()
    rows = standing.filter(exclusion__case__pupil__in=pupils, on__gte=oldest).order_by("on").values_list(
        "exclusion__case__pupil_id", "exclusion_id", "exclusion__first_day", "exclusion__school_id",
        "on", "morning", "afternoon", "lunchtime",
    )  # fmt: skip
    found: dict[int, dict[int, dict[str, Any]]] = defaultdict(dict)
    for pupil, exclusion, first_day, school, on, morning, afternoon, lunchtime in rows:
        held = found[pupil].setdefault(exclusion, {"first_day": first_day, "school": school, "days": []})
        held["days"].append(Day(on, morning, afternoon, lunchtime))
    return found


def _facts(exclusion: Exclusion, *, days: dict[int, dict[str, Any]], **told: Any) -> CaseFacts:
    own = days.get(exclusion.pk, {"days": []})["days"]
    year = AcademicYear.of(exclusion.first_day)
    earlier = tuple(
        Earlier(
            id=f"suspension {pk}",
            first_day=held["first_day"],
            days=tuple(held["days"]),
            school=None if held["school"] == exclusion.school_id else str(held["school"]),
        )
        for pk, held in days.items()
        if pk != exclusion.pk and year.first <= held["first_day"] <= exclusion.first_day
    )
    return CaseFacts(
        kind=Kind(exclusion.kind),
        first_day=exclusion.first_day,
        pupil=pupil_facts(exclusion),
        school=SchoolFacts(exclusion.school.authority.code, SchoolKind(exclusion.school.kind)),
        days=tuple(own),
        earlier=earlier,
        decided_on=exclusion.decided_on,
        loses_exam=exclusion.exam_missed,
        social_worker=SOCIAL_WORKER.get(exclusion.social_worker),
        council_told_on=exclusion.council_told_on,
        parents_told_on=exclusion.parents_told_on,
        **told,
    )


def pupil_facts(exclusion: Exclusion) -> PupilFacts:
    """Return what the sixth day hangs on about the child, as frozen at the first day."""
    born = exclusion.case.pupil.date_of_birth
    return PupilFacts(
        home_authority=exclusion.home_authority.code,
        nc_year=NcYear(exclusion.year_group),
        looked_after=exclusion.social_care == SocialCare.LOOKED_AFTER,
        compulsory_school_age=is_of_compulsory_school_age(born, on=exclusion.first_day),
        compulsory_school_age_ends_on=compulsory_school_age_ends_on(born),
    )
