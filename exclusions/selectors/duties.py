"""The duties of one case as they stand on a day, each with its working."""

from dataclasses import dataclass
from datetime import date

from casework.models import Duty as Kept
from casework.rules.calendar import SchoolCalendar
from casework.rules.duties import DutyDates, Stands, State, stands
from casework.selectors.calendars import calendar_of
from exclusions.models import Exclusion
from exclusions.rules import duties as rules
from exclusions.rules.notice_contents import Element
from exclusions.rules.readings import Settings
from exclusions.selectors.duty_facts import facts_of
from exclusions.selectors.readings import settings_on


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty and where it stands on the day."""

    duty: rules.Duty
    stands: Stands


@dataclass(frozen=True, slots=True)
class CaseDuties:
    """The duties of a case; `kept` is false for an exclusion from before duties were kept."""

    lines: tuple[DutyLine, ...]
    beyond_calendar: bool
    kept: bool
    slips: tuple[str, ...] = ()


def duties_on(exclusion: Exclusion, *, on: date, calendar: SchoolCalendar) -> CaseDuties:
    """Return every duty of an exclusion as it stands on the day, in the order of a case; a voided one has none.

    Six queries.
    """
    kept = Kept.objects.filter(case=exclusion.case_id).exists()
    if exclusion.voided_at:
        return CaseDuties((), beyond_calendar=False, kept=kept)
    settings = settings_on(exclusion.first_day)
    found = reckoned(exclusion, calendar=calendar, settings=settings)
    lines = tuple(DutyLine(duty, _stands(duty, on, calendar)) for duty in found.duties)
    return CaseDuties(lines, found.beyond_calendar, kept, found.slips)


def reckoned(exclusion: Exclusion, *, calendar: SchoolCalendar, settings: Settings) -> rules.Duties:
    """Return the duties of an exclusion from its facts, with their workings."""
    return rules.duties_of(facts_of([exclusion])[exclusion.pk], calendar=calendar, settings=settings)


def letter_elements(exclusion: Exclusion) -> tuple[Element, ...]:
    """Return what the letter to the parents of an excluded child must say (R12)."""
    return rules.contents_of_letter(
        facts_of([exclusion])[exclusion.pk],
        calendar=calendar_of(exclusion.school),
        settings=settings_on(exclusion.first_day),
    )


def _stands(duty: rules.Duty, on: date, calendar: SchoolCalendar) -> Stands:
    if duty.due is None or duty.other_due is None:
        return Stands(State.NOT_OPEN if duty.because.startswith("Opens with") else State.NOT_APPLICABLE)
    dates = DutyDates(duty.due, duty.other_due, duty.met_on, duty.lapses_on, duty.because)
    return stands(dates, on=on, calendar=calendar)
