"""Bringing a plan in from a file: all of it or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from casework.models import User
from wsoa.models import Action, ActionPlace, ActionRole, ActionUpdate, Measure, Outcome, Plan, Priority, Role, Slip
from wsoa.rules import slips as slip_rules
from wsoa.rules.plan_file import ActionLine, PlanFile, PriorityLine, RoleLine
from wsoa.rules.terms import LEAD, PARTNER, Layout
from wsoa.rules.written_dates import written_date
from wsoa.rules.written_statuses import updates_of

# What stands beside plans in addresses.
RESERVED = frozenset({"answer", "roles"})


class CodeTaken(Exception):
    """Another plan has the code or the title, or an address has the code."""


@dataclass(frozen=True, slots=True)
class Brought:
    """How many rows of each a plan brought, slips among them."""

    priorities: int
    outcomes: int
    measures: int
    actions: int
    slips: int


@transaction.atomic
def bring_plan_in(*, by: User | None, at: datetime, file: PlanFile) -> Brought:
    """Write a plan as its paper has it, with what cannot be right in it. Raises CodeTaken, and nothing is saved then.

    A role that is there already keeps its title and its holders.
    """
    if not code_is_free(file.code) or not title_is_free(file.title):
        raise CodeTaken
    plan = Plan.objects.create(
        code=file.code, title=file.title, kind=file.kind, layout=file.layout.value, answers=file.answers,
        source=file.source, paper_on=file.paper_on,
    )  # fmt: skip
    writer = _Writer(at=at, roles=_roles(file.roles), ways=slip_rules.spellings(file.roles))
    for position, line in enumerate(file.priorities, start=1):
        writer.write(plan, position, line)
    found = slip_rules.slips(file)
    Slip.objects.bulk_create(
        Slip(plan=plan, position=position, where=slip.where, what=slip.what, by_rule=slip.by_rule)
        for position, slip in enumerate(found, start=1)
    )
    return Brought(
        priorities=len(file.priorities),
        outcomes=sum(len(line.outcomes) for line in file.priorities),
        measures=sum(len(line.measures) for line in file.priorities),
        actions=len(file.actions),
        slips=len(found),
    )


def code_is_free(code: str) -> bool:
    """Tell whether a plan may have the code: no other has it, and it stands for nothing else in addresses."""
    return code not in RESERVED and not Plan.objects.filter(code=code).exists()


def title_is_free(title: str) -> bool:
    """Tell whether no plan has the title."""
    return not Plan.objects.filter(title=title).exists()


def _roles(lines: Iterable[RoleLine]) -> Mapping[str, Role]:
    lines = list(lines)
    Role.objects.bulk_create(
        (Role(code=line.code, title=line.title, organisation=line.organisation) for line in lines),
        ignore_conflicts=True,
    )
    return {role.code: role for role in Role.objects.filter(code__in=[line.code for line in lines])}


class _Writer:
    """Writes the parts of one plan."""

    def __init__(self, *, at: datetime, roles: Mapping[str, Role], ways: Mapping[str, str]) -> None:
        self.at, self.roles, self.ways = at, roles, ways

    def write(self, plan: Plan, position: int, line: PriorityLine) -> None:
        priority = Priority.objects.create(
            plan=plan, position=position, reference=line.reference, title=line.title, theme=line.theme
        )
        outcomes = Outcome.objects.bulk_create(
            Outcome(priority=priority, position=number, reference=each.reference, title=each.title)
            for number, each in enumerate(line.outcomes, start=1)
        )
        Measure.objects.bulk_create(
            Measure(priority=priority, position=number, title=each.title, target_as_written=each.target, unit=each.unit)
            for number, each in enumerate(line.measures, start=1)
        )
        actions = Action.objects.bulk_create(_action(each) for each in line.actions)
        together = list(zip(actions, line.actions, strict=True))
        ActionPlace.objects.bulk_create(
            ActionPlace(
                action=action, priority=priority, position=number, reference=each.reference,
                outcome=_outcome_of(each, priority, outcomes),
            )
            for number, (action, each) in enumerate(together, start=1)
        )  # fmt: skip
        for part, cell in ((LEAD, "lead"), (PARTNER, "partners")):
            ActionRole.objects.bulk_create(
                ActionRole(action=action, role=self.roles[code], part=part, position=number)
                for action, each in together
                for number, code in enumerate(slip_rules.named_roles(getattr(each, cell), self.ways).codes, start=1)
            )
        ActionUpdate.objects.bulk_create(
            ActionUpdate(
                action=action, on=said.on, text=said.text, per_cent=said.per_cent, behind=said.behind, by=None,
                at=self.at,
            )
            for action, each in together
            for said in updates_of(each, Layout(plan.layout), plan.paper_on)
        )  # fmt: skip


def _action(line: ActionLine) -> Action:
    when = written_date(line.dates)
    return Action(
        title=line.title,
        dates_as_written=line.dates,
        starts_on=when.starts_on,
        due=when.due,
        ongoing=when.ongoing,
        lead_as_written=line.lead,
        partners_as_written=line.partners,
        resource=line.resource,
        how_known=line.how_known,
        status_as_written=line.status,
    )


def _outcome_of(line: ActionLine, priority: Priority, outcomes: list[Outcome]) -> Outcome | None:
    """Return the outcome that an action's reference counts under: 1.2.3 is the third of the priority's second."""
    parts = line.reference.split(".")
    if len(parts) != 3 or parts[0] != priority.reference or not parts[1].isdigit():
        return None
    place = int(parts[1])
    return outcomes[place - 1] if 1 <= place <= len(outcomes) else None
