"""Roles that lead actions which are not done, and that nobody holds: they are chased until somebody does."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wsoa.models import ActionPlace, ActionRole, Plan, Role
from wsoa.rules.terms import LEAD, State
from wsoa.selectors.roles import holding
from wsoa.selectors.standing import Stood, stood


@dataclass(frozen=True, slots=True)
class VacantLead:
    """A role that nobody holds on a day, and the actions that it leads and that are not done: each counted once."""

    role: Role
    actions: Sequence[Stood]


def vacant_leads(*, on: date, plan: Plan | None = None) -> list[VacantLead]:
    """Return the vacant roles that lead open actions, of one plan or of every plan that has not closed; in two queries.

    The role that leads most comes first.
    """
    ties = ActionRole.objects.filter(part=LEAD, action__retired_on=None).exclude(role__in=holding(on=on).values("role"))
    roles: dict[int, list[Role]] = defaultdict(list)
    for tie in ties.select_related("role").order_by("role__title", "role"):
        roles[tie.action_id].append(tie.role)
    places = ActionPlace.objects.standing().filter(action__in=list(roles))
    running = places.filter(priority__plan=plan) if plan else places.exclude(priority__plan__closed_on__lte=on)
    led: dict[Role, dict[int, Stood]] = defaultdict(dict)
    for each in stood(running.order_by("priority__position", "position", "pk"), on=on):
        if each.standing.state is not State.COMPLETE:
            for role in roles[each.action.pk]:
                led[role].setdefault(each.action.pk, each)
    found = [VacantLead(role, list(actions.values())) for role, actions in led.items()]
    return sorted(found, key=lambda each: (-len(each.actions), each.role.title))
