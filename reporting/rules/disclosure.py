"""Disclosure control for public reports: which counts of children to hide.

Counts of 1 to 4 are hidden. Wherever a printed total would give a hidden count back, a second count
is hidden beside it, never a nought, the smallest that serves; and so on until nothing hidden can be
worked out. Nothing is rounded. Source: section 9.6 (local choice; no statute sets the method).

Cells are named by one key across every table of a report: the same key is the same number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from reporting.rules.hidden_cells import Budget, Group, Sum, check_sums, groups_of, possible_values

__all__ = [
    "Combined",
    "NotProtected",
    "Protected",
    "Sum",
    "Table",
    "TablesDisagree",
    "combined",
    "gather",
    "possible_values",
    "protect",
]

STEPS_FOR_A_PROOF = 1500
"""Steps of search for one group of cells, after which more is hidden instead."""

STEPS_IN_ALL = 12_000
"""Steps of search for a whole report, after which it is refused."""


class NotProtected(Exception):
    """The cell `key` could be worked out, and no further cell may be hidden to prevent it."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"'{key}' is not protected: {reason}")
        self.key = key


class TablesDisagree(ValueError):
    """Two tables of a report give different numbers for one cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a report: its counts by cell key, and the sums that a reader sees in it."""

    key: str
    cells: Mapping[str, int]
    sums: tuple[Sum, ...] = ()


@dataclass(frozen=True, slots=True)
class Protected:
    """The cells of a report to hide, why each, and what a reader can still tell of each.

    `bounds` gives the least and the most that a hidden cell can be; None means that nothing printed
    bounds it.
    """

    hidden: frozenset[str]
    why: Mapping[str, str]
    bounds: Mapping[str, tuple[int, int | None]]

    def may_show_rate(self, numerator: str, base: str) -> bool:
        """Tell whether a rate or percentage may be printed: neither of its counts is hidden."""
        return not self.hidden & {numerator, base}


@dataclass(frozen=True, slots=True)
class Combined:
    """Hidden parts of one sum and their count together, which the sum gives away in any case."""

    parts: tuple[str, ...]
    count: int


def gather(tables: Iterable[Table]) -> tuple[dict[str, int], tuple[Sum, ...]]:
    """Return the cells and the sums of all the tables of a report as one.

    Raises TablesDisagree when a key has two numbers.
    """
    cells: dict[str, int] = {}
    sums: dict[Sum, None] = {}
    for table in tables:
        for key, value in table.cells.items():
            if cells.setdefault(key, value) != value:
                raise TablesDisagree(f"'{key}' is {value} in '{table.key}' and {cells[key]} in another table")
        sums |= dict.fromkeys(table.sums)
    return cells, tuple(sums)


def protect(
    cells: Mapping[str, int],
    sums: Sequence[Sum],
    threshold: int = 4,
    never_hide: frozenset[str] = frozenset(),
) -> Protected:
    """Return which cells to hide so that no hidden cell has fewer than two possible values.

    Counts of 1 to `threshold` are hidden, then others as far as needed, none of `never_hide`. In a
    sum the smallest part is hidden first, the total last. The same cells and sums, in any order,
    give the same answer.

    Raises NotProtected when that cannot be proved, so that nothing unproven is printed, and
    DoesNotAdd when a total is not the sum of its parts.
    """
    check_sums(cells, sums)
    ordered = sorted(set(sums), key=lambda each: each.members)
    why = {key: f"fewer than {threshold + 1}" for key in sorted(cells) if 0 < cells[key] <= threshold}
    for key in why:
        if key in never_hide:
            raise NotProtected(key, f"it is 1 to {threshold} and must be shown")
    search = _Search(cells, ordered, threshold, never_hide, why, Budget(STEPS_IN_ALL))
    search.run()
    hidden = frozenset(why)
    return Protected(
        hidden=hidden,
        why=MappingProxyType(dict(sorted(why.items()))),
        bounds=MappingProxyType(possible_values(hidden, cells, ordered, threshold=threshold, steps=STEPS_FOR_A_PROOF)),
    )


def combined(each: Sum, cells: Mapping[str, int], protected: Protected) -> Combined | None:
    """Return the hidden parts of a sum with their count together, where it may be printed.

    None when the total is hidden or when fewer than two parts are.
    """
    parts = tuple(part for part in each.parts if part in protected.hidden)
    if each.total in protected.hidden or len(parts) < 2:
        return None
    return Combined(parts, sum(cells[part] for part in parts))


@dataclass(slots=True)
class _Search:
    """Hides one cell after another in `why` until every hidden cell is proved safe."""

    cells: Mapping[str, int]
    sums: Sequence[Sum]
    threshold: int
    never_hide: frozenset[str]
    why: dict[str, str]
    budget: Budget
    proved: set[tuple[str, ...]] = field(default_factory=set)
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def run(self) -> None:
        while True:
            while self._hide_beside_lone_cells():
                pass
            exposed = self._first_exposed()
            if exposed is None:
                return
            self._hide_near(exposed)

    def _hide_beside_lone_cells(self) -> bool:
        """Hide a second cell in each sum that has one hidden cell; tell whether any was hidden."""
        changed = False
        for each in self.sums:
            lone = [key for key in each.members if key in self.why]
            if len(lone) == 1:
                self._hide_one_of(each, lone[0])
                changed = True
        return changed

    def _first_exposed(self) -> str | None:
        for group in groups_of(frozenset(self.why), self.cells, self.sums, self.threshold):
            if group.names not in self.proved:
                exposed = self._exposed_in(group)
                if exposed is not None:
                    return exposed
                self.proved.add(group.names)
        return None

    def _exposed_in(self, group: Group) -> str | None:
        """Return a cell of the group without a proof that it has two values, or None.

        Values found possible before are still so: the cells hidden since may keep their true count.
        """
        steps = min(STEPS_FOR_A_PROOF, self.budget.left)
        budget = Budget(steps)
        for index, name in enumerate(group.names):
            least, most = self.seen.get(name, (self.cells[name], self.cells[name]))
            group.least[index], group.most[index] = least, most
        cells = range(len(group.names))
        exposed = next((c for c in cells if not group.has_two_values(c, budget)), None)
        self.seen |= zip(group.names, zip(group.least, group.most, strict=True), strict=True)
        self.budget.left -= steps - budget.left
        return None if exposed is None else group.names[exposed]

    def _hide_near(self, exposed: str) -> None:
        """Hide one more cell in a sum of the exposed cell, else in a sum of its group."""
        near = [each for each in self.sums if exposed in each.members]
        group = next(
            group.names
            for group in groups_of(frozenset(self.why), self.cells, self.sums, None)
            if exposed in group.names
        )
        further = [each for each in self.sums if set(each.members) & set(group)]
        for sums in (near, further):
            choices = [choice for each in sums for choice in self._choices(each)]
            if choices:
                self._hide(min(choices)[-1], exposed)
                return
        raise NotProtected(exposed, "no further cell may be hidden")

    def _hide_one_of(self, each: Sum, exposed: str) -> None:
        choices = self._choices(each)
        if not choices:
            raise NotProtected(exposed, f"the sum for '{each.total}' gives it back")
        self._hide(min(choices)[-1], exposed)

    def _choices(self, each: Sum) -> list[tuple[bool, int, str]]:
        """Return the cells that may still be hidden: parts before the total, small first."""
        return [
            (key == each.total, self.cells[key], key)
            for key in each.members
            if key not in self.why and key not in self.never_hide and self.cells[key] > 0
        ]

    def _hide(self, key: str, exposed: str) -> None:
        self.why[key] = f"would help to work out {exposed}"
