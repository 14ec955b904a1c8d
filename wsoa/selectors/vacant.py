"""Roles that lead actions which are not done, and that nobody holds: they are chased until somebody does."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from wsoa.models import ActionPlace, Plan, Role
from wsoa.rules.terms import LEAD
from wsoa.selectors.roles import holding
from wsoa.selectors.standing import not_done


@dataclass(frozen=True, slots=True)
class VacantLead:
    """A role that nobody holds on a day, and how many actions that are not done it leads, each counted once."""

    role: Role
    actions: int


def vacant_leads(*, on: date, plan: Plan | None = None) -> list[VacantLead]:
    """Return the vacant roles that lead open actions, of one plan or of every plan that has not closed; in one query.

    The role that leads most comes first.
    """
    places = ActionPlace.objects.standing()
    running = places.filter(priority__plan=plan) if plan else places.exclude(priority__plan__closed_on__lte=on)
    leads = Q(actions__part=LEAD, actions__action__in=not_done(running, on=on).values("action"))
    vacant = Role.objects.exclude(pk__in=holding(on=on).values("role"))
    counted = vacant.annotate(led=Count("actions__action", filter=leads, distinct=True))
    # Those that lead nothing are left out here: asked of the database, the count would be made twice.
    return [VacantLead(each, each.led) for each in counted.order_by("-led", "title", "pk") if each.led]
