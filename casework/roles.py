"""Who may do what, as code that can be read aloud. People get a role, never a permission."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Permission(StrEnum):
    """One thing that a person may do."""

    SEE_PUPILS = "see pupils"
    SEE_PROTECTED_ADDRESSES = "see protected addresses"
    ADD_PUPILS = "add pupils"
    RECORD_ABOUT_PUPILS = "record what is known of a child"
    GIVE_CASES = "give cases to colleagues"
    SEE_EXCLUSIONS = "see exclusions"
    LOG_NOTICES = "log notices"
    RECORD_OUTCOMES = "record what came of an exclusion"
    RECORD_STEPS = "record what was done on an exclusion"
    DECLARE_CLOSURES = "declare days on which a school is closed"
    ARRANGE_PROVISION = "arrange day-six education"
    EXPORT_EXCLUSIONS = "export lists of exclusions"
    WRITE_NOTES = "write notes and attach documents to cases"
    SEE_MESSAGES = "see what was sent, and send again"
    SEE_SCHOOLS = "see schools and their calendars"
    KEEP_CONTACTS = "keep the contacts of schools"
    SET_TERM_DATES = "set term dates and bank holidays"
    BRING_FILES = "bring files, each kind by its own right"
    CARRY_OVER = "carry notices over from files"
    IMPORT_SCHOOLS = "bring schools and headcounts from files"
    MANAGE_PEOPLE = "invite people and set what they may do"
    SEE_REPORTS = "see committee reports"
    WRITE_REPORTS = "build committee reports and write their narrative"
    SIGN_REPORTS = "sign committee reports"
    SET_REASON_CODES = "set from when a reason code is used"
    SET_LISTS = "keep lists, and the council's name and colour"
    SET_READINGS = "choose between readings of the law"
    SET_PANELS = "open panels, set their terms and appoint their members"
    SEE_PANELS = "see panels and their terms"
    PREPARE_PANELS = "do the clerk's work for panels"
    DECIDE_ON_ADVICE = "decide where a panel advises"
    SIT_ON_PANELS = "sit on panels, and see those of one's own"
    SEE_PLANS = "see plans and where their actions stand"
    KEEP_PLANS = "say where the actions of plans stand, and who holds their roles"


@dataclass(frozen=True, slots=True)
class Role:
    """A post in the service: its name, what it is for, what it may do."""

    display_name: str
    description: str
    permissions: frozenset[Permission]


_CASEWORK = frozenset(
    {
        Permission.SEE_PUPILS,
        Permission.SEE_EXCLUSIONS,
        Permission.SEE_SCHOOLS,
        Permission.SEE_PANELS,
        Permission.SEE_PLANS,
    }
)

EAS_OFFICER = Role(
    "EAS officer",
    "Logs notices, keeps every clock, arranges day-six education and prepares panel papers.",
    _CASEWORK
    | {
        Permission.SEE_PROTECTED_ADDRESSES,
        Permission.ADD_PUPILS,
        Permission.RECORD_ABOUT_PUPILS,
        Permission.GIVE_CASES,
        Permission.LOG_NOTICES,
        Permission.BRING_FILES,
        Permission.CARRY_OVER,
        Permission.RECORD_OUTCOMES,
        Permission.RECORD_STEPS,
        Permission.WRITE_NOTES,
        Permission.SEE_MESSAGES,
        Permission.DECLARE_CLOSURES,
        Permission.KEEP_CONTACTS,
        Permission.ARRANGE_PROVISION,
        Permission.EXPORT_EXCLUSIONS,
        Permission.PREPARE_PANELS,
        Permission.DECIDE_ON_ADVICE,
    },
)
INCLUSION_OFFICER = Role(
    "Inclusion officer",
    "Advises schools before and after a notice, and records what was averted.",
    _CASEWORK
    | {
        Permission.RECORD_ABOUT_PUPILS,
        Permission.RECORD_OUTCOMES,
        Permission.RECORD_STEPS,
        Permission.WRITE_NOTES,
    },
)
PANEL_CHAIR = Role(
    "Panel chair",
    "Runs the sittings of a panel. Sees only the items of their panel.",
    frozenset({Permission.SIT_ON_PANELS}),
)
PANEL_MEMBER = Role(
    "Panel member",
    "Reads the pack of a sitting. Sees only their own items.",
    frozenset({Permission.SIT_ON_PANELS}),
)
MANAGER = Role(
    "Manager",
    "Watches performance, signs the termly committee report and answers for the plan.",
    _CASEWORK
    | {
        Permission.GIVE_CASES,
        Permission.EXPORT_EXCLUSIONS,
        Permission.SEE_REPORTS,
        Permission.WRITE_REPORTS,
        Permission.SIGN_REPORTS,
        Permission.KEEP_PLANS,
        Permission.BRING_FILES,
        Permission.DECIDE_ON_ADVICE,
    },
)
PLAN_LEAD = Role(
    "Plan lead",
    "Keeps the actions of a plan up to date.",
    frozenset({Permission.SEE_PLANS, Permission.KEEP_PLANS, Permission.BRING_FILES}),
)
SCHOOL_USER = Role(
    "School user",
    "Tells the council of exclusions. Sees only the school's own children.",
    frozenset(),
)
DATA_PROTECTION_LEAD = Role(
    "Data protection lead",
    "Answers who saw what, and decides disclosure and disposal.",
    frozenset(),
)
ADMINISTRATOR = Role(
    "Administrator",
    "Keeps people, schools, panels, term dates and lists. Does not see children's records.",
    frozenset(
        {
            Permission.SEE_SCHOOLS,
            Permission.DECLARE_CLOSURES,
            Permission.KEEP_CONTACTS,
            Permission.SET_TERM_DATES,
            Permission.BRING_FILES,
            Permission.IMPORT_SCHOOLS,
            Permission.MANAGE_PEOPLE,
            Permission.SEE_MESSAGES,
            Permission.SET_REASON_CODES,
            Permission.SET_LISTS,
            Permission.SET_READINGS,
            Permission.SET_PANELS,
        }
    ),
)

NO_ROLE = Role("None", "Your role is no longer used: ask an administrator for another.", frozenset())

ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "eas_officer": EAS_OFFICER,
        "inclusion_officer": INCLUSION_OFFICER,
        "panel_chair": PANEL_CHAIR,
        "panel_member": PANEL_MEMBER,
        "manager": MANAGER,
        "plan_lead": PLAN_LEAD,
        "school_user": SCHOOL_USER,
        "data_protection_lead": DATA_PROTECTION_LEAD,
        "administrator": ADMINISTRATOR,
    }
)
ROLE_CHOICES = {code: role.display_name for code, role in ROLES.items()}
