"""By when a child who comes under the fair access protocol must be allocated a place (R54)."""

from dataclasses import dataclass
from datetime import date

from casework.rules.calendar import NoTermDates, SchoolCalendar
from casework.selectors.calendars import authority_calendar
from exclusions.rules.deadlines import Basis, Deadline
from exclusions.rules.events import FairAccessAgreed
from exclusions.rules.fair_access import fair_access_allocation
from exclusions.rules.rule_sets import rule_set_on
from exclusions.selectors.readings import chosen_readings
from panels.models import Referral
from panels.rules.terms import FAIR_ACCESS_PANELS, PanelKind


@dataclass(frozen=True, slots=True)
class Allocation:
    """The last day to allocate a place, with its working; `deadline` is None where no term dates reach so far."""

    deadline: Deadline | None
    calendar: SchoolCalendar


def allocation_of(referral: Referral) -> Allocation | None:
    """Return by when a referral's child must be allocated a place, None where no Fair Access Panel is to find one.

    Counted from the day of the referral: then the routing rule found that the child comes under the protocol, so that
    both readings of AMB-9 begin on one day. By the calendar of the authority where the child lives. Four queries.
    """
    if PanelKind(referral.panel.kind) not in FAIR_ACCESS_PANELS:
        return None
    on: date = referral.referred_on
    calendar = authority_calendar(referral.pupil.home_authority_id)
    basis = Basis(rule_set_on(on), calendar, chosen_readings().on(on))
    try:
        found = fair_access_allocation(FairAccessAgreed(referral.reference, on), basis)
    except NoTermDates:
        return Allocation(None, calendar)
    return Allocation(found, calendar) if isinstance(found, Deadline) else None
