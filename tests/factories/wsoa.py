"""A small plan, brought in as any plan is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

from casework.models import User
from wsoa.models import Action, ActionPlace, Measure, MeasureReading, Plan, Role, Round, RoundAsk
from wsoa.rules.plan_file import ActionLine, MeasureLine, OutcomeLine, PlanFile, PriorityLine, RoleLine, UpdateLine
from wsoa.rules.terms import Layout
from wsoa.services import action_edits, asks, measures, roles, rounds, waits
from wsoa.services.plans import bring_plan_in

AT = datetime(2026, 9, 7, 8, tzinfo=UTC)
ROLES = (
    RoleLine("EAS M’ger", "Education Access Service Manager", "Council", also_written=("EAS mgr",)),
    RoleLine("PACC", "Parent and Carer Council", "Community"),
    RoleLine("SEN Adviser", "SEN Adviser", explained=False),
)
ACTIONS = (
    ActionLine("1.1.1", "Agree the data to report", dates="Dec 26", lead="EAS M’ger", partners="PACC; schools"),
    ActionLine(
        "1.1.2", "Review alternative provision", dates="Sept 26", lead="EAS mgr/SEN Adviser", resource="existing"
    ),
    ActionLine(
        "1.1.3", "Train governors", dates="Jan 26", lead="PACC", updates=(UpdateLine(date(2026, 7, 1), "done", 100),)
    ),
)
FILE = PlanFile(
    code="written-statement",
    title="Written Statement of Action",
    kind="written statement",
    layout=Layout.WRITTEN_STATEMENT,
    answers="Local area SEND inspection",
    paper_on=date(2026, 9, 1),
    roles=ROLES,
    priorities=(
        PriorityLine(
            "1",
            "Exclusion with SEND",
            outcomes=(OutcomeLine("1.1", "Fewer exclusions with SEND"),),
            measures=(MeasureLine("Permanent exclusions with an EHC plan", "0 from Sept 2021", "children"),),
            actions=ACTIONS,
        ),
        PriorityLine("2", "Waits for therapy", actions=(ActionLine("2.1.1", "Map the waits", dates="Ongoing"),)),
    ),
)


def plan_there(file: PlanFile = FILE, *, by: User | None = None) -> Plan:
    """Return the plan of a file, brought in once."""
    if not Plan.objects.filter(code=file.code).exists():
        bring_plan_in(by=by, at=AT, file=file)
    found: Plan = Plan.objects.get(code=file.code)
    return found


def with_actions(number: int, *, code: str = "long-plan") -> PlanFile:
    """Return a plan of one priority with so many actions."""
    lines: Iterable[ActionLine] = (
        ActionLine(f"1.1.{n}", f"Action {n}", dates="Dec 26", lead="PACC") for n in range(1, number + 1)
    )
    return replace(
        FILE, code=code, title=code, priorities=(PriorityLine("1", "The only priority", actions=tuple(lines)),)
    )


def place(plan: Plan, reference: str = "1.1.2") -> ActionPlace:
    """Return where an action stands, by its reference."""
    found: ActionPlace = ActionPlace.objects.select_related("action").get(priority__plan=plan, reference=reference)
    return found


LEAD_EMAIL = "lead@pacc.example"
SITE = "https://sixth-day.example/"


def held(plan: Plan, *, by: User, approved_by: User, on: date, closed_on: date) -> Round:
    """Hold a round of a plan from its opening to its lock, without asking anybody."""
    found = rounds.open_round(by=by, plan=plan, on=on, due=closed_on)
    found = rounds.close_round(by=by, round_=found, version=found.version, on=closed_on)
    at = datetime.combine(closed_on, time(16), tzinfo=UTC)
    rounds.lock_round(by=approved_by, at=at, round_=found, version=found.version)
    return Round.objects.get(pk=found.pk)


def led_by_mail(code: str = "PACC", *, by: User, email: str = LEAD_EMAIL) -> None:
    """Give a role to somebody without an account, from before any test's day, once."""
    role = Role.objects.get(code=code)
    if not role.holders.exists():
        roles.give_role(
            by=by, role=role, version=role.version, first_day=date(2026, 1, 1), name=f"Lead of {code}", email=email
        )


def in_two_plans(plan: Plan, reference: str = "1.1.3", *, by: User) -> ActionPlace:
    """Let an action of a plan stand in a second one, once; return where it stands there."""
    action = place(plan, reference).action
    second = plan_there(with_actions(1, code="second-plan"))
    found: ActionPlace | None = ActionPlace.objects.filter(action=action, priority__plan=second).first()
    return found or action_edits.stand_in(
        by=by, on=AT.date(), action=action, priority=second.priorities.get(), reference="9.9"
    )


def reading_of(measure: Measure, *, by: User) -> MeasureReading:
    """Return a reading that somebody entered for a measure, once."""
    kept: MeasureReading | None = measure.readings.first()
    return kept or measures.read(
        by=by, at=AT, measure=measure, on=AT.date(), value=Decimal(7), evidence="Counted by hand"
    )


def asking(plan: Plan, *, by: User, on: date, due: date) -> Round:
    """Open a round that asks the leads."""
    found = rounds.open_round(by=by, plan=plan, on=on, due=due)
    asks.ask_leads(by=by, at=datetime.combine(on, time(9), tzinfo=UTC), round_=found, site=SITE)
    return found


def with_rounds(plan: Plan, *, by: User, approved_by: User) -> Plan:
    """Hold a round of a plan in September 2026, and in October open the next, which asks a lead by link, once."""
    if not plan.rounds.exists():
        held(plan, by=by, approved_by=approved_by, on=date(2026, 9, 14), closed_on=date(2026, 9, 28))
        led_by_mail("SEN Adviser", by=by)
        asking(plan, by=by, on=date(2026, 10, 26), due=date(2026, 11, 6))
    return plan


def link_of(ask: RoundAsk) -> str:
    """Return the address that a lead's mail holds."""
    return f"/plans/answer/{asks.secret_of(ask)}/"


def waiting(plan: Plan, action: str = "1.1.2", waits_for: str = "1.1.1", *, by: User) -> Action:
    """Let an action of a plan wait for another, each by its reference, once; return the other."""
    one, other = place(plan, action).action, place(plan, waits_for).action
    if not one.waits.filter(waits_for=other).exists():
        waits.add_wait(by=by, action=one, waits_for=other)
    return other
