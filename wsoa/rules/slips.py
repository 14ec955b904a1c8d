"""What cannot be right in a plan's paper, found by rule; nothing is mended, since the paper is what was agreed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wsoa.rules.plan_file import ActionLine, PlanFile, PriorityLine, RoleLine
from wsoa.rules.terms import Layout, State
from wsoa.rules.written_dates import written_date
from wsoa.rules.written_statuses import written_status

_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\.(\d+)", re.ASCII)
_BETWEEN = re.compile(r"\s*[/;,&]\s*")
_KEPT = re.compile(r"\0(\d+)\0", re.ASCII)
NO_LEAD = "No lead is given"


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that cannot be right: the reference as written or the part of the paper, what, and whether a rule found it."""

    where: str
    what: str
    by_rule: bool = True


@dataclass(frozen=True, slots=True)
class NamedRoles:
    """The roles that a cell names, by code in the cell's order, and the words in it that are no role of the paper."""

    codes: tuple[str, ...]
    unknown: tuple[str, ...]


def slips(plan: PlanFile) -> tuple[Slip, ...]:
    """Return every slip of a plan: those that rules find, in the paper's order, then its reader's remarks."""
    paper = _Paper(plan)
    found = [*_references(plan)]
    for priority in plan.priorities:
        found += _outcomes(priority)
        for action in priority.actions:
            found += paper.slips_of(action)
    found += _ways_of_writing_roles(plan)
    found += _ways_of_writing_statuses(plan)
    said = (Slip(remark.where, remark.what, by_rule=False) for remark in plan.remarks)
    # Where cells are merged, what is wrong with one is told once.
    return tuple(dict.fromkeys((*found, *said)))


def spellings(roles: Iterable[RoleLine]) -> Mapping[str, str]:
    """Return the code of a role by every way in which it is written, in small letters."""
    return {way.casefold(): role.code for role in roles for way in (role.code, *role.also_written)}


def named_roles(cell: str, ways: Mapping[str, str]) -> NamedRoles:
    """Return the roles that a cell names, each once: the whole cell, or several between strokes, commas and the like."""
    parts = _parts(cell, ways)
    known = dict.fromkeys(ways[part.casefold()] for part in parts if part.casefold() in ways)
    return NamedRoles(tuple(known), tuple(part for part in parts if part.casefold() not in ways))


def ways_of(cell: str, codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the other ways in which a cell writes the roles that it names: code and way, where that is certain."""
    codes = list(codes)
    own = {code.casefold(): code for code in codes}
    parts = _parts(cell, own)
    others = [part for part in parts if part.casefold() not in own]
    written = {part.casefold() for part in parts}
    left = [code for code in codes if code.casefold() not in written]
    if len(left) == len(others):
        yield from zip(left, others, strict=True)


def _parts(cell: str, ways: Mapping[str, str]) -> list[str]:
    """Return what stands between a cell's strokes, commas and the like; a role that is written with one is not parted."""
    whole = cell.strip()
    if whole.casefold() in ways:
        return [whole]
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\0{len(kept) - 1}\0"

    # The longest first: "AD A&A and SEN" is not "AD A&A".
    for way in sorted((way for way in ways if _BETWEEN.search(way)), key=len, reverse=True):
        whole = re.sub(rf"(?<!\w){re.escape(way)}(?!\w)", keep, whole, flags=re.IGNORECASE)
    parts = (_KEPT.sub(lambda found: kept[int(found[1])], part) for part in _BETWEEN.split(whole))
    return [part for part in parts if part]


class _Paper:
    """What an action is held against: a column that the paper leaves empty throughout is no slip of an action."""

    def __init__(self, plan: PlanFile) -> None:
        self.layout = plan.layout
        self.ways = spellings(plan.roles)
        self.unexplained = {role.code for role in plan.roles if not role.explained}
        self.explains = any(role.explained for role in plan.roles)
        self.gives_leads = any(action.lead for action in plan.actions)
        self.gives_statuses = any(action.status for action in plan.actions)

    def slips_of(self, action: ActionLine) -> Iterator[Slip]:
        where = action.reference or action.title
        for fault in written_date(action.dates).faults if action.dates else ():
            yield Slip(where, f"Date “{action.dates}”: {_small(fault)}")
        if self.gives_leads and not action.lead:
            yield Slip(where, NO_LEAD)
        if self.explains:
            named = named_roles(action.lead, self.ways)
            for word in (*named.unknown, *(code for code in named.codes if code in self.unexplained)):
                yield Slip(where, f"Lead “{word}” is not among the roles that the paper explains")
        if self.gives_statuses:
            for fault in written_status(action.status, self.layout).faults:
                said = f"Status “{action.status}”: {_small(fault)}" if action.status else fault
                yield Slip(where, said)


def _references(plan: PlanFile) -> Iterator[Slip]:
    """Yield references that stand twice, and those that are left out between two of the same outcome."""
    if plan.layout is not Layout.WRITTEN_STATEMENT:
        # Elsewhere a reference is the recommendation's, and stands at each of its actions.
        return
    times = Counter(action.reference for action in plan.actions if _NUMBERED.fullmatch(action.reference))
    yield from (Slip(reference, f"This reference stands at {n} actions") for reference, n in times.items() if n > 1)
    groups: dict[str, set[int]] = {}
    for reference in times:
        head, last = reference.rsplit(".", 1)
        groups.setdefault(head, set()).add(int(last))
    for head, numbers in groups.items():
        for left_out in sorted(set(range(1, max(numbers))) - numbers):
            yield Slip(f"{head}.{left_out}", "This reference is left out")


def _outcomes(priority: PriorityLine) -> Iterator[Slip]:
    wrong = [each.reference for each in priority.outcomes if not each.reference.startswith(f"{priority.reference}.")]
    if wrong and priority.reference:
        numbers = ", ".join(wrong)
        yield Slip(
            f"Priority {priority.reference}", f"Its outcomes are numbered {numbers}, as another priority’s would be"
        )


def _ways_of_writing_roles(plan: PlanFile) -> Iterator[Slip]:
    ways = spellings(plan.roles)
    used = {part for action in plan.actions for cell in (action.lead, action.partners) for part in _parts(cell, ways)}
    for role in plan.roles:
        found = [way for way in (role.code, *role.also_written) if way in used or (way == role.code and role.explained)]
        if len(found) > 1:
            yield Slip(role.title, f"Written {len(found)} ways: {', '.join(found)}")


def _ways_of_writing_statuses(plan: PlanFile) -> Iterator[Slip]:
    ways: dict[tuple[State, ...], dict[str, None]] = {}
    for action in plan.actions:
        states = written_status(action.status, plan.layout).states if action.status else ()
        if len(states) == 1:
            ways.setdefault(states, {})[action.status] = None
    for found in ways.values():
        if len(found) > 1:
            yield Slip("Status", f"Written {len(found)} ways: {', '.join(f'“{way}”' for way in found)}")


def _small(words: str) -> str:
    return words[0].lower() + words[1:]
