"""What stands in for the parameters of an address: a row that is there, and one that is not.

An app that adds a page with a parameter adds a line to `OBJECTS`; a page without one needs nothing here.
"""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime

from django.utils import timezone

from casework.link_secrets import hash_of
from casework.models import (
    BankHoliday,
    CalendarFeed,
    Closure,
    Contact,
    CouncilProfile,
    Document,
    Handover,
    Import,
    Invitation,
    Message,
    Note,
    Pupil,
    SavedFilter,
    School,
    SchoolContact,
    User,
)
from casework.rules.periods import AcademicYear, Term
from casework.rules.term_dates import Inset, TermDates, YearDates
from casework.selectors.term_dates import year_dates
from casework.services import documents, imports, invitations, people, term_dates
from casework.services.people import Details
from casework.services.term_dates import Scope
from exclusions.models import Exclusion, OutcomeEvent, Step
from tests.factories.wsoa import led_by_mail, place, plan_there, reading_of, waiting
from tests.gias_files import a_school, download
from tests.policy.panel_pages import PANEL_PAGES
from tests.policy.world import Parameter
from wsoa.models import Evidence, Measure, MeasureReading, Role, RoleHolder, Round, RoundAsk
from wsoa.services import asks, evidence

# By the name of the page, then by the name of the parameter. "*" is every page.
OBJECTS: dict[str, dict[str, Parameter]] = {
    "*": {
        "reference": Parameter(lambda world: world.exclusion.case.reference, "26-9999"),
        "urn": Parameter(lambda world: world.school.urn, "199999"),
    },
    "casework:pupil": {"public_id": Parameter(lambda world: world.pupil.public_id, uuid.UUID(int=7))},
    "casework:add-to-roll": {"public_id": Parameter(lambda world: world.pupil.public_id, uuid.UUID(int=7))},
    "casework:change-details": {"public_id": Parameter(lambda world: world.pupil.public_id, uuid.UUID(int=7))},
    "casework:add-entry": {
        "public_id": Parameter(lambda world: world.pupil.public_id, uuid.UUID(int=7)),
        "kind": Parameter(lambda world: "contacts", "friends"),
    },
    **{
        f"casework:{name}": {
            "public_id": Parameter(lambda world: world.pupil.public_id, uuid.UUID(int=7)),
            "kind": Parameter(lambda world: "contacts", "friends"),
            "number": Parameter(lambda world: contact_of(world.pupil).pk, 2_000_000_000),
        }
        for name in ("change-entry", "withdraw-entry")
    },
    **{
        f"reporting:{name}": {"public_id": Parameter(lambda world: world.report.public_id, uuid.UUID(int=7))}
        for name in ("report", "build-report", "sign-report", "new-version")
    },
    "reporting:report-section": {
        "public_id": Parameter(lambda world: world.report.public_id, uuid.UUID(int=7)),
        "key": Parameter(lambda world: world.report.sections.order_by("pk")[0].key),
    },
    "reporting:report-file": {
        "public_id": Parameter(lambda world: world.report.public_id, uuid.UUID(int=7)),
        "access": Parameter(lambda world: "public"),
        "form": Parameter(lambda world: "pdf"),
    },
    "casework:list": {"key": Parameter(lambda world: "outcomes", "no-such-list")},
    "casework:list-item": {
        "key": Parameter(lambda world: "outcomes", "no-such-list"),
        "code": Parameter(lambda world: "averted", "no-such-item"),
    },
    "casework:council-colours": {"version": Parameter(lambda world: 1)},
    "casework:council-logo": {"version": Parameter(lambda world: logo_of_council())},
    "casework:give-back": {"number": Parameter(lambda world: handover_of(world.exclusion).pk, 2_000_000_000)},
    "exclusions:remove-saved-filter": {
        "number": Parameter(lambda world: saved_filter_of(world.exclusion).pk, 2_000_000_000)
    },
    "casework:calendar-feed": {"token": Parameter(lambda world: feed_of(world.exclusion), "B" * 43)},
    "casework:bring-import": {"kind": Parameter(lambda world: "gias", "giants")},
    **{
        f"casework:{name}": {"public_id": Parameter(lambda world: import_of().public_id, uuid.UUID(int=7))}
        for name in ("import", "apply-import", "undo-import", "check-import", "drop-import")
    },
    "casework:term-dates-of": {"year": Parameter(lambda world: AcademicYear(2026))},
    "casework:set-term-dates": {"year": Parameter(lambda world: AcademicYear(2026))},
    "casework:undo-term-dates": {
        "year": Parameter(lambda world: AcademicYear(2026)),
        "public_id": Parameter(lambda world: term_change_of(world.school).public_id, uuid.UUID(int=7)),
    },
    "casework:take-back-bank-holiday": {"on": Parameter(lambda world: bank_holiday().on, date(2031, 2, 3))},
    **{
        f"casework:{name}": {
            "number": Parameter(lambda world: User.objects.get(email__startswith="ruth").pk, 2_000_000_000)
        }
        for name in ("person", "change-person")
    },
    "casework:act-on-person": {
        "number": Parameter(lambda world: User.objects.get(email__startswith="ruth").pk, 2_000_000_000),
        "act": Parameter(lambda world: "end-sessions", "befriend"),
    },
    **{
        f"wsoa:{name}": {
            "code": Parameter(lambda world: plan_there().code, "no-such-plan"),
            "number": Parameter(lambda world: place(plan_there()).action_id, 2_000_000_000),
            "public_id": Parameter(lambda world: evidence_there().public_id, uuid.UUID(int=7)),
        }
        for name in ("evidence-file", "withdraw-evidence")
    },
    "wsoa:answer": {"token": Parameter(lambda world: ask_secret(), "B" * 43)},
    "casework:invitation": {"token": Parameter(lambda world: invitation_secret(), "B" * 43)},
    "casework:change-contact": {"number": Parameter(lambda world: school_contact_of(world.school).pk, 2_000_000_000)},
    "casework:end-contact": {"number": Parameter(lambda world: school_contact_of(world.school).pk, 2_000_000_000)},
    "casework:job": {"public_id": Parameter(lambda world: world.job.public_id, uuid.UUID(int=7))},
    "casework:job-progress": {"public_id": Parameter(lambda world: world.job.public_id, uuid.UUID(int=7))},
    "exclusions:reading": {"ambiguity": Parameter(lambda world: "AMB-1", "AMB-13")},
    "exclusions:rule-set-check": {"code": Parameter(lambda world: "2026-07", "2024-08")},
    "exclusions:reason-code": {"code": Parameter(lambda world: "BW", "ZZ")},
    "exclusions:duty": {"key": Parameter(lambda world: "tell-authority", "tell-nobody")},
    "exclusions:record-step": {"step": Parameter(lambda world: "governors-told", "governors-asked")},
    "exclusions:withdraw-step": {"number": Parameter(lambda world: step_of(world.exclusion).pk, 2_000_000_000)},
    "casework:send-message-again": {"number": Parameter(lambda world: message_of(world.exclusion).pk, 2_000_000_000)},
    "exclusions:correct-note": {"number": Parameter(lambda world: note_of(world.exclusion).pk, 2_000_000_000)},
    **{
        f"exclusions:{name}": {
            "public_id": Parameter(lambda world: document_of(world.exclusion).public_id, uuid.UUID(int=7))
        }
        for name in ("document-file", "withdraw-document")
    },
    "exclusions:withdraw-outcome": {"number": Parameter(lambda world: outcome_of(world.exclusion).pk, 2_000_000_000)},
    "casework:take-back-closure": {"on": Parameter(lambda world: closure_of(world.school).on, date(2027, 7, 1))},
    "exclusions:throw-away-draft": {"public_id": Parameter(lambda world: uuid.UUID(int=7))},
    "casework:keep-draft": {"form": Parameter(lambda world: "log-a-notice")},
    "exclusions:export-exclusions": {"form": Parameter(lambda world: "csv")},
    **PANEL_PAGES,
    **{
        f"wsoa:{name}": {"code": Parameter(lambda world: plan_there().code, "no-such-plan")}
        for name in (
            "plan",
            "actions",
            "measures",
            "rounds",
            "open-round",
            "slips",
            "add-action",
            "paper",
            "on-a-page",
            "on-a-page-pdf",
        )
    },
    "wsoa:paper-file": {
        "code": Parameter(lambda world: plan_there().code, "no-such-plan"),
        "layout": Parameter(lambda world: "improvement-plan", "no-such-layout"),
        "form": Parameter(lambda world: "xlsx", "no-such-form"),
    },
    **{
        f"wsoa:{name}": {
            "code": Parameter(lambda world: plan_there().code, "no-such-plan"),
            "number": Parameter(lambda world: place(plan_there()).action_id, 2_000_000_000),
        }
        for name in (
            "action",
            "update-action",
            "move-date",
            "set-state",
            "change-action",
            "retire-action",
            "take-back-action",
            "stand-in",
            "take-out",
            "add-evidence",
            "add-wait",
        )
    },
    "wsoa:remove-wait": {
        "code": Parameter(lambda world: plan_there().code, "no-such-plan"),
        "number": Parameter(lambda world: place(plan_there()).action_id, 2_000_000_000),
        "other": Parameter(
            lambda world: waiting(plan_there(), by=User.objects.get(email__startswith="ruth")).pk, 2_000_000_000
        ),
    },
    **{
        f"wsoa:{name}": {
            "code": Parameter(lambda world: plan_there().code, "no-such-plan"),
            "number": Parameter(lambda world: measure_of_plans().pk, 2_000_000_000),
        }
        for name in ("measure", "change-measure", "read-measure")
    },
    "wsoa:withdraw-reading": {
        "code": Parameter(lambda world: plan_there().code, "no-such-plan"),
        "number": Parameter(lambda world: measure_of_plans().pk, 2_000_000_000),
        "reading": Parameter(lambda world: reading_there().pk, 2_000_000_000),
    },
    **{
        f"wsoa:{name}": {
            "code": Parameter(lambda world: plan_there().code, "no-such-plan"),
            "number": Parameter(lambda world: plan_there().rounds.latest("number").number, 9_999),
        }
        for name in ("round", "close-round", "reopen-round", "lock-round", "chase")
    },
    **{
        f"wsoa:{name}": {"number": Parameter(lambda world: role_of_plans().pk, 2_000_000_000)}
        for name in ("role", "give-role", "review-role")
    },
    **{
        f"wsoa:{name}": {
            "number": Parameter(lambda world: role_of_plans().pk, 2_000_000_000),
            "holder": Parameter(lambda world: holder_there().pk, 2_000_000_000),
        }
        for name in ("correct-holder", "take-back-holder")
    },
}


def role_of_plans() -> Role:
    """Return a role that a plan names."""
    plan_there()
    found: Role = Role.objects.earliest("pk")
    return found


def measure_of_plans() -> Measure:
    """Return a measure whose readings are entered."""
    found: Measure = plan_there().priorities.earliest("position").measures.earliest("position")
    return found


def holder_there() -> RoleHolder:
    """Return who holds the role that a plan names."""
    role = role_of_plans()
    led_by_mail(role.code, by=User.objects.get(email__startswith="ruth"))
    found: RoleHolder = role.holders.get()
    return found


def reading_there() -> MeasureReading:
    """Return a reading that somebody entered."""
    return reading_of(measure_of_plans(), by=User.objects.get(email__startswith="ruth"))


def import_of(kind: str = "gias") -> Import:
    """Return a file that was brought, and checked where it can be read."""
    held: Import | None = Import.objects.filter(kind=kind).first()
    if held:
        return held
    at = datetime(2026, 11, 4, 10, tzinfo=UTC)
    content = download([a_school("150001", "Larkrise School"), a_school("150002", "Candleford School", phase="2")])
    held = imports.bring(
        by=None, at=at, kind=kind, file_name="edubasealldata.csv", content=content, options={}, ring=False
    )
    imports.check(at=at, row=held)
    return held


def term_change_of(school: School) -> Import:
    """Return a change of the authority's term dates that can be undone."""
    held: Import | None = Import.objects.filter(kind="term dates").first()
    if held:
        return held
    year = AcademicYear(2026)
    dates = YearDates(
        (TermDates(Term.AUTUMN, date(2026, 9, 2), date(2026, 10, 23)),) + year_dates(school.authority, year).spells[1:]
    )
    administrator = User.objects.get(email="administrator@marchshire.example")
    term_dates.set_year(
        by=administrator,
        at=datetime(2026, 11, 4, 10, tzinfo=UTC),
        authority=school.authority,
        year=year,
        dates=replace(dates, insets=(Inset(date(2026, 9, 2), "INSET"),)),
        scope=Scope("The authority’s own"),
    )
    found: Import = Import.objects.get(kind="term dates")
    return found


def invitation_secret() -> str:
    """Return the secret of an invitation that is open, whatever the clock says."""
    held = Invitation.objects.filter(user__email="newly.invited@marchshire.example").first()
    if held is None:
        administrator = User.objects.get(email="administrator@marchshire.example")
        people.invite(
            by=administrator,
            at=timezone.now(),
            email="newly.invited@marchshire.example",
            details=Details(name="Newly Invited", post="EAS officer", role="eas_officer"),
            site="http://testserver/",
        )
        held = Invitation.objects.get(user__email="newly.invited@marchshire.example")
    return invitations.secret_of(held)


def evidence_there() -> Evidence:
    """Return evidence of an action, added once."""
    held = Evidence.objects.first()
    return held or evidence.add(
        by=User.objects.get(email="ruth@marchshire.example"), at=datetime(2026, 11, 4, 10, tzinfo=UTC),
        action=place(plan_there()).action, title="Notes of the visit", data=b"Two providers were visited.",
    )  # fmt: skip


def ask_secret() -> str:
    """Return the secret of a link that a round asks by, which takes an answer whatever the clock says."""
    ask = RoundAsk.objects.exclude(token_hash=None).latest("pk")
    Round.objects.filter(pk=ask.round_id).update(due=date(2099, 1, 1))
    return asks.secret_of(ask)


def bank_holiday() -> BankHoliday:
    """Return a bank holiday that a person added."""
    holiday, _ = BankHoliday.objects.get_or_create(
        on=date(2027, 6, 14), defaults={"name": "Jubilee", "source": "Added by Administrator"}
    )
    return holiday


def school_contact_of(school: School) -> SchoolContact:
    """Return the head of a school."""
    contact, _ = SchoolContact.objects.get_or_create(
        school=school,
        role="head",
        defaults={"name": "Wilma Thorncastle", "telephone": "01632 960 222", "first_day": date(2024, 9, 1)},
    )
    return contact


def feed_of(exclusion: Exclusion) -> str:
    """Return the secret of the calendar feed of whoever logged an exclusion."""
    secret = "A" * 43
    CalendarFeed.objects.get_or_create(
        user=exclusion.logged_by,
        token_hash=hash_of(secret),
        defaults={"made_at": datetime(2026, 11, 4, 10, tzinfo=UTC)},
    )
    return secret


def step_of(exclusion: Exclusion) -> Step:
    """Return the step that stands on an exclusion's file."""
    step, _ = Step.objects.get_or_create(
        exclusion=exclusion,
        step="governors_told",
        on=exclusion.first_day,
        defaults={"recorded_at": datetime(2026, 11, 4, 10, tzinfo=UTC)},
    )
    return step


def contact_of(pupil: Pupil) -> Contact:
    """Return somebody to speak to about a child."""
    contact, _ = Contact.objects.get_or_create(
        pupil=pupil,
        name="Ottoline Quillfeather",
        defaults={"relationship": "Mother", "first_day": date(2020, 1, 1), "telephone": "01632 960001"},
    )
    return contact


def message_of(exclusion: Exclusion) -> Message:
    """Return a message that failed."""
    message, _ = Message.objects.get_or_create(
        natural_key=f"test {exclusion.pk}",
        defaults={
            "kind": "test",
            "recipient": "office@school.example",
            "subject": f"Notice {exclusion.case.reference} received",
            "body": "We have it.",
            "asked_at": datetime(2026, 11, 4, 10, tzinfo=UTC),
            "state": "failed",
            "settled_at": datetime(2026, 11, 4, 10, tzinfo=UTC),
            "failure": "SMTPDataError",
        },
    )
    return message


def note_of(exclusion: Exclusion) -> Note:
    """Return a note of an exclusion's case."""
    note, _ = Note.objects.get_or_create(
        case=exclusion.case,
        kind="call",
        happened_on=exclusion.first_day,
        text="The head rang.",
        defaults={
            "written_at": datetime(2026, 11, 4, 10, tzinfo=UTC),
            "written_by": exclusion.logged_by or User.objects.earliest("pk"),
        },
    )
    return note


def document_of(exclusion: Exclusion) -> Document:
    """Return a document of an exclusion's case."""
    held: Document | None = exclusion.case.documents.standing().first()
    return held or documents.add(
        by=exclusion.logged_by or User.objects.earliest("pk"),
        at=datetime(2026, 11, 4, 10, tzinfo=UTC),
        case=exclusion.case,
        title="Letter from the head",
        data=b"Dear Ms Imran\n\nPlease find our letter.\n",
    )


def outcome_of(exclusion: Exclusion) -> OutcomeEvent:
    """Return the outcome that stands on an exclusion's file."""
    event, _ = OutcomeEvent.objects.get_or_create(
        exclusion=exclusion,
        event="upheld by governors",
        on=exclusion.first_day,
        defaults={"recorded_at": datetime(2026, 11, 4, 10, tzinfo=UTC)},
    )
    return event


def logo_of_council() -> int:
    """Return the version of the council's profile, with a logo."""
    profile, _ = CouncilProfile.objects.get_or_create(
        pk=1,
        defaults={
            "name": "Marchshire Council",
            "colour": "#14466b",
            "logo": b"\x89PNG\r\n\x1a\n",
            "logo_type": "png",
            "changed_at": datetime(2026, 11, 3, 10, tzinfo=UTC),
        },
    )
    return profile.version


def handover_of(exclusion: Exclusion) -> Handover:
    """Return a handover by whoever logged an exclusion."""
    handover, _ = Handover.objects.get_or_create(
        given_by=exclusion.logged_by,
        given_to=exclusion.logged_by,
        at=datetime(2026, 11, 3, 10, tzinfo=UTC),
    )
    return handover


def saved_filter_of(exclusion: Exclusion) -> SavedFilter:
    """Return a filter saved by whoever logged an exclusion."""
    saved, _ = SavedFilter.objects.get_or_create(
        user=exclusion.logged_by,
        page="exclusions",
        name="Permanent",
        defaults={"query": "kind=permanent", "saved_at": datetime(2026, 11, 3, 10, tzinfo=UTC)},
    )
    return saved


def closure_of(school: School) -> Closure:
    """Return the closure that a school has declared."""
    closure, _ = Closure.objects.get_or_create(
        authority=school.authority,
        school=school,
        on=date(2026, 11, 20),
        defaults={
            "kind": "unplanned closure",
            "reason": "Boiler failure",
            "declared_by": "Head",
            "declared_at": datetime(2026, 11, 4, 10, tzinfo=UTC),
        },
    )
    return closure


def parameter(page: str, name: str) -> Parameter:
    """Return what stands in for a parameter of a page. Raises KeyError where nobody has said."""
    found = OBJECTS.get(page, {}).get(name) or OBJECTS["*"].get(name)
    if found is None:
        raise KeyError(f"Say in tests/policy/objects.py what stands in for {name!r} of {page}.")
    return found
