"""Which rolls a child leaves by being put on another, and whether the law allows it yet (R45)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casework.models import Pupil, RollSpell, School
from casework.rules.rolls import is_as_left
from casework.selectors.calendars import calendar_of
from exclusions.models import Exclusion
from exclusions.models import Step as TakenStep
from exclusions.rules.duty_kinds import DutyKey
from exclusions.rules.steps import Step
from exclusions.selectors.duties import reckoned
from exclusions.selectors.readings import settings_on
from panels.models import PlacementStep
from panels.rules.leaving_roll import ROLL, MayLeave, RollFacts, may_leave
from panels.selectors.child_facts import standing_permanent


@dataclass(frozen=True, slots=True)
class RollLeft:
    """A roll that a child is on and would leave; `exclusion` and `found` are None where R45 does not bear on it."""

    spell: RollSpell
    exclusion: Exclusion | None = None
    found: MayLeave | None = None


@dataclass(frozen=True, slots=True)
class RollUndone:
    """What taking back a step does to the roll: whether it can be undone still, and whose rolls run on again then."""

    may: bool
    schools: tuple[str, ...]


def rolls_left(pupil: Pupil, school: School, *, on: date, today: date) -> tuple[RollLeft, ...]:
    """Return the rolls that a child leaves by being put on that of a school from a day, none where it is on that already.

    Only the roll of a school that excluded the child for good, and whose exclusion stands today, is held by R45. The
    queries grow with such exclusions, of which a child has one or two.
    """
    running = RollSpell.objects.filter(Q(last_day=None) | Q(last_day__gte=on), pupil=pupil, first_day__lt=on)
    spells = list(running.exclude(enrolment_status="S").select_related("school").order_by("first_day", "pk"))
    if any(each.school_id == school.pk for each in spells):
        return ()
    excluded = {each.school_id: each for each in standing_permanent(pupil, on=today)}
    return tuple(
        RollLeft(spell, excluded[spell.school_id], may_leave(_facts(excluded[spell.school_id])))
        if spell.school_id in excluded
        else RollLeft(spell)
        for spell in spells
    )


def roll_notices(pupil: Pupil, today: date) -> list[str]:
    """Return, for each roll that a child is on of a school that excluded it for good, when R45 lets the name leave it."""
    excluded = {each.school_id: each for each in standing_permanent(pupil, on=today)}
    running = RollSpell.objects.filter(Q(last_day=None) | Q(last_day__gte=today), pupil=pupil, first_day__lte=today)
    spells = running.filter(school__in=excluded).exclude(enrolment_status="S").select_related("school")
    found = [(spell.school.name, may_leave(_facts(excluded[spell.school_id]))) for spell in spells.order_by("pk")]
    return [
        f"{name} excluded this child permanently, and its roll ends the day before the new one begins. "
        f"{'. '.join(part for part in (may.says, may.warns) if part)}."
        for name, may in found
    ]


def roll_undone(step: PlacementStep) -> RollUndone | None:
    """Return what taking back a step does to the roll, None where the step wrote no spell. Two queries at most."""
    if step.spell is None:
        return None
    ended = list(RollSpell.objects.filter(pk__in=list(step.ended_spells)).select_related("school").order_by("pk"))
    as_left = is_as_left(
        first_day=step.spell.first_day,
        last_day=step.spell.last_day,
        until=step.spell_until,
        ended=[row.last_day for row in ended],
    )
    return RollUndone(as_left and len(ended) == len(step.ended_spells), tuple(row.school.name for row in ended))


def _facts(exclusion: Exclusion) -> RollFacts:
    found = reckoned(
        exclusion, calendar=calendar_of(exclusion.school), settings=settings_on(exclusion.first_day)
    )  # fmt: skip
    duty = next((each for each in found.duties if each.key is DutyKey.ROLL_REMOVAL_EARLIEST), None)
    steps = dict(
        TakenStep.objects.standing().filter(exclusion=exclusion).order_by("on", "pk").values_list("step", "on")
    )
    return RollFacts(
        earliest=duty.due if duty else None,
        latest=duty.other_due if duty else None,
        because=duty.because if duty else "",
        decided=Step.DECISION_LETTER in steps,
        applied_on=steps.get(Step.REVIEW_APPLICATION),
        reconsidered_on=steps.get(Step.RECONSIDERED),
        source=duty.source if duty and duty.source else ROLL,
    )
