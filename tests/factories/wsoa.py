"""A small plan, brought in as any plan is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from casework.models import User
from wsoa.models import ActionPlace, Plan
from wsoa.rules.plan_file import ActionLine, MeasureLine, OutcomeLine, PlanFile, PriorityLine, RoleLine, UpdateLine
from wsoa.rules.terms import Layout
from wsoa.services import rounds
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


def with_rounds(plan: Plan, *, by: User) -> Plan:
    """Hold a round of a plan in September 2026, and open the next in October, once."""
    if not plan.rounds.exists():
        first = rounds.open_round(by=by, plan=plan, on=date(2026, 9, 14), due=date(2026, 9, 25))
        rounds.close_round(by=by, round_=first, version=first.version, on=date(2026, 9, 28))
        rounds.open_round(by=by, plan=plan, on=date(2026, 10, 26), due=date(2026, 11, 6))
    return plan
