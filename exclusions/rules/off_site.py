"""By when notice of an off-site direction must be given (R48)."""

from exclusions.rules import sources
from exclusions.rules.deadlines import Basis, Deadline, Duty, Key
from exclusions.rules.events import OffSiteDirection
from exclusions.rules.letters import school_days_before
from exclusions.rules.terms import DutyHolder

CLEAR_BACK_STEPS = 2
NOTICE = Duty(Key.OFF_SITE_NOTICE, "R48", (sources.OFF_SITE_REGULATIONS,), DutyHolder.BOARD)


def off_site_notice(event: OffSiteDirection, basis: Basis) -> Deadline:
    """Return the latest day for the written notice of an off-site direction (R48).

    "Not less than two school days before" is two steps back from the first day off site, which is itself not counted. A
    stricter reading, of clear days, would be a school day earlier. It is the same for every kind of school: academies
    came under the regulations on 26 July 2026 and followed them through their articles before.

    Raises NoTermDates. Source: SI 2010/1156 reg 3.
    """
    return NOTICE.falls_due(event.id, basis, school_days_before(event.first_day, CLEAR_BACK_STEPS, basis))
