"""Rows of panels for tests, written as the services write them."""

from datetime import UTC, date, datetime
from typing import Any

from casework.models import User
from panels.models import Connection, Membership, Panel, TermsOfReference
from panels.rules.quorum import Need
from panels.rules.terms import DecisionModel, FairnessModel, MemberRole, PanelKind
from panels.rules.versions import ROUTES_OF
from panels.services import connections
from panels.services import membership as memberships
from panels.services import terms as services
from panels.services.connections import Facts
from panels.services.terms import Terms

OPENED_ON = date(2021, 9, 1)
AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def panel(code: str = "fap-secondary", **changes: Any) -> Panel:
    """Write a panel: the Fair Access Panel for secondary schools unless told otherwise."""
    facts = {"name": f"Panel {code}", "kind": PanelKind.FAIR_ACCESS_SECONDARY.value, "opened_on": OPENED_ON} | changes
    return Panel.objects.create(code=code, **facts)


def laid_down(**changes: Any) -> Terms:
    """Return terms: three heads, by majority, in rotation."""
    facts: dict[str, Any] = {
        "decision_model": DecisionModel.MAJORITY,
        "quorum": (Need(3, MemberRole.HEAD), Need(5)),
        "routes": ROUTES_OF[PanelKind.FAIR_ACCESS_SECONDARY],
        "casting_vote": True,
        "fairness": FairnessModel.ROTATION,
    }
    return Terms(**(facts | changes))


def terms(of: Panel, *, by: User, from_: date = OPENED_ON, **changes: Any) -> TermsOfReference:
    """Add a version of a panel's terms, in force from the day it opened unless told otherwise."""
    count = of.terms.count()
    return services.add(
        by=by, at=AT, on=from_, panel=of, version=count, in_force_from=from_, terms=laid_down(**changes)
    )  # fmt: skip


def member(of: Panel, person: User, *, by: User, **changes: Any) -> Membership:
    """Appoint somebody: as a head, since the day the panel opened, unless told otherwise."""
    facts: dict[str, Any] = {
        "role": MemberRole.HEAD, "vice_chair_order": None, "first_day": OPENED_ON, "last_day": None,
    } | changes  # fmt: skip
    return memberships.appoint(by=by, at=AT, panel=of, person=person, **facts)


def connection(person: User, *, by: User | None = None, **changes: Any) -> Connection:
    """Write a connection, declared by the person: a family name unless told otherwise."""
    facts: dict[str, Any] = {"kind": "family_name", "family_name": "Thistlewood"}
    facts = changes if "kind" in changes else facts | changes
    return connections.say(by=by or person, at=AT, person=person, facts=Facts(**facts))


def crowd(of: Panel, number: int) -> list[Membership]:
    """Write many members of a panel at once, each with a connection."""
    start = User.objects.count()
    users = User.objects.bulk_create(
        User(email=f"head.{start + each}@marchshire.example", name=f"Head {start + each}", role="panel_member")
        for each in range(number)
    )
    appointer = User.objects.get(email="administrator@marchshire.example")
    Connection.objects.bulk_create(
        Connection(person=user, kind="family_name", family_name="Thistlewood", said_at=AT, said_by=user)
        for user in users
    )
    return Membership.objects.bulk_create(
        Membership(
            panel=of, person=user, role="head", first_day=OPENED_ON, appointed_at=AT, appointed_by=appointer
        )
        for user in users
    )  # fmt: skip
