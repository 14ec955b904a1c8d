"""What the first page tells whoever keeps plans: which roles that lead are vacant."""

from datetime import date

from django.urls import reverse

from casework.models import User
from casework.registry import WorkLine, register_work_lines
from casework.rights import has_permission
from casework.roles import Permission


def register() -> None:
    """Hand the line of vacant roles to the first page."""
    register_work_lines(vacant_lines)


def vacant_lines(by: User, on: date) -> list[WorkLine]:
    """Return the line of vacant roles that lead open actions; none for who does not keep plans, or where there is none."""
    from wsoa.selectors.vacant import vacant_leads

    if not has_permission(by, Permission.KEEP_PLANS):
        return []
    vacant = vacant_leads(on=on)
    if not vacant:
        return []
    links = tuple(
        (f"{each.role.title}: {each.actions} open action{'' if each.actions == 1 else 's'}",
         reverse("wsoa:role", args=[each.role.pk]))
        for each in vacant[:SHOWN]
    )  # fmt: skip
    every = (("All vacant roles", f"{reverse('wsoa:roles')}?show=vacant"),) if len(vacant) > SHOWN else ()
    return [WorkLine("Vacant roles that lead actions of plans", len(vacant), links + every)]


SHOWN = 5
"""So many roles are named; the others are a link."""
