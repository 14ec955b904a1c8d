"""Tying the actions of a plan to the roles that their cells name."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from wsoa.models import ActionRole, Plan, Role
from wsoa.rules.slips import named_roles, ways_of
from wsoa.rules.terms import LEAD, PARTNER

# The part that a role plays, and the cell that names it.
CELLS = ((LEAD, "lead"), (PARTNER, "partners"))


class Ways:
    """The roles that there are, by every way in which this plan writes them, or a file says that it does."""

    def __init__(self, plan: Plan, said: Mapping[str, str] = MappingProxyType({})) -> None:
        """Take the ways of the plan's own cells; `said` are a file's, by code."""
        self.roles = {role.code: role for role in Role.objects.all()}
        self.ways = {way.casefold(): role.code for role in self.roles.values() for way in (role.code, role.title)}
        ties = ActionRole.objects.filter(action__places__priority__plan=plan).select_related("action", "role")
        cells: dict[tuple[str, str], list[str]] = {}
        for tie in ties.order_by("action", "part", "position"):
            written = tie.action.lead_as_written if tie.part == LEAD else tie.action.partners_as_written
            cells.setdefault((str(tie.action_id) + tie.part, written), []).append(tie.role.code)
        for (_, written), codes in cells.items():
            self.ways |= {way.casefold(): code for code, way in ways_of(written, codes)}

        self.ways |= {way.casefold(): code for way, code in said.items() if code in self.roles}

    def tie(self, action: int, cells: Mapping[str, str | None]) -> None:
        """Tie an action to the roles that its cells name; a part whose cell is None keeps its ties."""
        for part, cell in cells.items():
            if cell is None:
                continue
            codes = named_roles(cell, self.ways).codes
            self.put(action, part, codes)

    def put(self, action: int, part: str, codes: Iterable[str]) -> None:
        """Tie an action to roles by their codes, in place of those that it has in that part."""
        ActionRole.objects.filter(action=action, part=part).delete()
        ActionRole.objects.bulk_create(
            ActionRole(action_id=action, role=self.roles[code], part=part, position=number)
            for number, code in enumerate(codes, start=1)
        )


def tied(action: int) -> dict[str, list[str]]:
    """Return the codes of the roles that an action is tied to, by part."""
    found: dict[str, list[str]] = {part: [] for part, _ in CELLS}
    for part, code in ActionRole.objects.filter(action=action).order_by("position").values_list("part", "role__code"):
        found[part].append(code)
    return found
