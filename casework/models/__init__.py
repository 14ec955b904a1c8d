from casework.models.calendar_feed import CalendarFeed
from casework.models.calendars import BankHoliday, CalendarChange, Closure, TermSpell
from casework.models.case import Case, ReferenceSeries, TimelineEvent
from casework.models.council import CouncilProfile
from casework.models.duty import Duty
from casework.models.form_use import Draft, FormUse
from casework.models.imports import Import, ImportChange, ImportFile
from casework.models.job import Job
from casework.models.list_item import ListItem
from casework.models.message import Message
from casework.models.note import Document, DocumentContent, Note
from casework.models.ownership import HandedCase, HandedSchool, Handover, SchoolOwner
from casework.models.places import (
    CensusHeadcount,
    HeadcountPart,
    LocalAuthority,
    School,
    SchoolContact,
    SchoolLink,
    Trust,
)
from casework.models.pupil import Address, Circumstance, Pupil, RollSpell
from casework.models.pupil_record import Contact, OtherName, OtherUpn, SocialWorker
from casework.models.reading import Reading
from casework.models.saved_filter import SavedFilter
from casework.models.user import AccountChange, Invitation, User, UserSchool

__all__ = [
    "AccountChange",
    "Address",
    "BankHoliday",
    "CalendarChange",
    "CalendarFeed",
    "Case",
    "CensusHeadcount",
    "Circumstance",
    "Closure",
    "Contact",
    "CouncilProfile",
    "Document",
    "DocumentContent",
    "Draft",
    "Duty",
    "FormUse",
    "HandedCase",
    "HandedSchool",
    "Handover",
    "HeadcountPart",
    "Import",
    "ImportChange",
    "ImportFile",
    "Invitation",
    "Job",
    "ListItem",
    "LocalAuthority",
    "Message",
    "Note",
    "OtherName",
    "OtherUpn",
    "Pupil",
    "Reading",
    "ReferenceSeries",
    "RollSpell",
    "SavedFilter",
    "School",
    "SchoolContact",
    "SchoolLink",
    "SchoolOwner",
    "SocialWorker",
    "TermSpell",
    "TimelineEvent",
    "Trust",
    "User",
    "UserSchool",
]
