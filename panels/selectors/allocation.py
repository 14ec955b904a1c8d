"""By when a child who comes under the fair access protocol must be allocated a place (R54)."""

from dataclasses import dataclass
from datetime import date

from casework.rules.calendar import SchoolCalendar
from casework.selectors.calendars import authority_calendar
from exclusions.rules.deadlines import Basis
from exclusions.rules.fair_access import ALLOCATION
from exclusions.rules.rule_sets import ADMISSIONS_CODE_2021_FROM, rule_set_on
from exclusions.rules.sources import Source
from exclusions.selectors.readings import chosen_readings
from panels.models import PlacementStep, Referral
from panels.rules.allocation import AllocationDays, allocation
from panels.rules.placement_order import BEFORE_THE_DECISION
from panels.rules.placement_terms import Step
from panels.rules.terms import FAIR_ACCESS_PANELS, PanelKind


@dataclass(frozen=True, slots=True)
class Allocation:
    """The last days to allocate a place on each reading of AMB-9; `days` is None where no term dates reach so far."""

    days: AllocationDays | None
    calendar: SchoolCalendar
    rule: str = ALLOCATION.rule
    source: tuple[Source, ...] = ALLOCATION.source


def allocation_of(referral: Referral) -> Allocation | None:
    """Return by when a referral's child must be allocated a place, None where no Fair Access Panel is to find one.

    By the readings of AMB-9 that the authority has chosen. It was agreed that the child comes under the protocol on the
    day of the referral, when the routing rule found it, unless a step says another day; the second reading begins with
    the referral, or with an application's refusal before it. By the calendar of the authority where the child lives.
    Five queries.
    """
    on: date = referral.referred_on
    if PanelKind(referral.panel.kind) not in FAIR_ACCESS_PANELS or on < ADMISSIONS_CODE_2021_FROM:
        return None
    kinds = sorted(step.value for step in BEFORE_THE_DECISION)
    rows = PlacementStep.objects.filter(referral=referral, step__in=kinds, withdrawn_at=None).order_by("pk")
    said = dict(rows.values_list("step", "on"))
    agreed_on = said.get(Step.AGREED, on)
    calendar = authority_calendar(referral.pupil.home_authority_id)
    basis = Basis(rule_set_on(agreed_on), calendar, chosen_readings().on(agreed_on))
    return Allocation(allocation(agreed_on, min(on, said.get(Step.APPLICATION_REFUSED, on)), basis), calendar)
