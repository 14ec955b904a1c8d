from casework.models.calendar_feed import CalendarFeed
from casework.models.calendars import BankHoliday, CalendarChange, Closure, TermSpell
from casework.models.case import Case, ReferenceSeries, TimelineEvent
from casework.models.duty import Duty
from casework.models.form_use import Draft, FormUse
from casework.models.job import Job
from casework.models.places import CensusHeadcount, LocalAuthority, School, Trust
from casework.models.pupil import Address, Circumstance, Pupil, RollSpell
from casework.models.reading import Reading
from casework.models.user import User

__all__ = [
    "Address",
    "BankHoliday",
    "CalendarChange",
    "CalendarFeed",
    "Case",
    "CensusHeadcount",
    "Circumstance",
    "Closure",
    "Draft",
    "Duty",
    "FormUse",
    "Job",
    "LocalAuthority",
    "Pupil",
    "Reading",
    "ReferenceSeries",
    "RollSpell",
    "School",
    "TermSpell",
    "TimelineEvent",
    "Trust",
    "User",
]
