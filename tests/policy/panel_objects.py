"""A panel with its terms and its members, for the pages that name one."""

from casework.models import User
from panels.models import Connection, Membership, Panel
from panels.rules.terms import MemberRole
from tests.factories import panels as rows

CODE = "fap-secondary"


def panel_there() -> Panel:
    """Return the panel on which the cast sits: chair, member and officer, with a clerk; written once."""
    held: Panel | None = Panel.objects.filter(code=CODE).first()
    if held:
        return held
    cast = {name: User.objects.get(email=f"{name}@marchshire.example") for name in ("chair", "member", "imran", "asha")}
    administrator = User.objects.get(email="administrator@marchshire.example")
    panel = rows.panel(CODE, name="Fair Access Panel, secondary")
    rows.terms(panel, by=administrator)
    seats = {
        "chair": MemberRole.CHAIR,
        "member": MemberRole.HEAD,
        "imran": MemberRole.OFFICER,
        "asha": MemberRole.CLERK,
    }
    for name, role in seats.items():
        rows.member(panel, cast[name], by=administrator, role=role)
    rows.connection(cast["member"])
    return panel


def member_there() -> Membership:
    """Return the membership of the member."""
    found: Membership = panel_there().memberships.get(person__email="member@marchshire.example")
    return found


def connection_there() -> Connection:
    """Return what the member declared."""
    found: Connection = Connection.objects.filter(person=member_there().person).earliest("pk")
    return found
