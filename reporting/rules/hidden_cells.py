"""What a reader can work out about hidden cells from everything that is printed.

The reader is taken to know every printed number, every sum that the tables imply, that a hidden
cell is a whole number of at least 1 (zeros are printed), and that a connected group of hidden cells
holds at least one small one, since otherwise nothing in it would have been hidden.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed equality: the cell `total` is the sum of the cells `parts`.

    Raises ValueError when a cell stands in it twice or when it has no part.
    """

    total: str
    parts: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.parts or len({self.total, *self.parts}) != len(self.parts) + 1:
            raise ValueError(f"The sum for '{self.total}' names no part, or a cell twice.")

    @property
    def members(self) -> tuple[str, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


QUICK_STEPS = 60
"""Steps to look for a count one away from the true one, which is nearly always there."""

THOROUGH_STEPS = 500
"""Steps to look for any other count."""


class DoesNotAdd(ValueError):
    """A total is not the sum of its parts."""


@dataclass(slots=True)
class Budget:
    """How many more steps a search may take."""

    left: int

    def spend(self) -> None:
        """Take one step. Raises BudgetSpent when none is left."""
        if self.left <= 0:
            raise BudgetSpent
        self.left -= 1


class BudgetSpent(Exception):
    """The search was given up before it had an answer."""


Bounds = list[tuple[int, int]]
"""Least and most of each cell of a group, as far as is known."""


@dataclass(frozen=True, slots=True)
class Equation:
    """Hidden cells (place in the group, and 1 or -1) that add up to a printed number."""

    terms: tuple[tuple[int, int], ...]
    equals: int

    def tighten(self, bounds: Bounds) -> list[int] | None:
        """Tighten the bounds in place; return the cells that moved, or None: no solution."""
        ends = [bounds[cell] if sign > 0 else (-bounds[cell][1], -bounds[cell][0]) for cell, sign in self.terms]
        lowest, highest = sum(low for low, _ in ends), sum(high for _, high in ends)
        moved: list[int] = []
        for (cell, sign), (low, high) in zip(self.terms, ends, strict=True):
            least = max(low, self.equals - (highest - high))
            most = min(high, self.equals - (lowest - low))
            if least > most:
                return None
            if (least, most) != (low, high):
                bounds[cell] = (least, most) if sign > 0 else (-most, -least)
                moved.append(cell)
        return moved

    def holds(self, values: tuple[int, ...]) -> bool:
        """Tell whether the values solve the equation."""
        return sum(sign * values[cell] for cell, sign in self.terms) == self.equals


@dataclass(slots=True)
class Group:
    """Hidden cells that sums connect, with what a reader knows of them.

    `least` and `most` are the lowest and highest value of each cell in any solution found so far;
    the true counts are the first solution.
    """

    names: tuple[str, ...]
    equations: tuple[Equation, ...]
    truth: tuple[int, ...]
    threshold: int | None
    ceiling: int
    touching: tuple[tuple[int, ...], ...] = field(init=False)
    least: list[int] = field(init=False)
    most: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.touching = tuple(
            tuple(
                index
                for index, equation in enumerate(self.equations)
                if any(cell == other for other, _ in equation.terms)
            )
            for cell in range(len(self.names))
        )
        self.least, self.most = list(self.truth), list(self.truth)

    def has_two_values(self, cell: int, budget: Budget) -> bool:
        """Tell whether a second value of a cell was found. False also when the budget is spent."""
        if self.least[cell] < self.most[cell]:
            return True
        value = self.truth[cell]
        one_away = ((value + 1, value + 1), (value - 1, value - 1))
        any_other = ((value + 1, self.ceiling), (1, value - 1))
        return any(
            self._finds(cell, low, high, budget, steps)
            for steps, ranges in ((QUICK_STEPS, one_away), (THOROUGH_STEPS, any_other))
            for low, high in ranges
            if 1 <= low <= high
        )

    def values(self, cell: int, budget: Budget) -> tuple[int, int | None]:
        """Return the least and the most that a cell can be, None when nothing bounds it above.

        Exact unless the budget is spent; then both are values known to be possible.
        """
        start = self._narrowed([(1, self.ceiling)] * len(self.names), range(len(self.equations)))
        lowest, highest = start[cell] if start else (1, self.ceiling)
        far = self.ceiling // 2
        is_unbounded = False
        try:
            self._reach_down(cell, lowest, budget)
            is_unbounded = highest > far and self._solve_with(cell, far + 1, highest, budget)
            if not is_unbounded:
                self._reach_up(cell, min(highest, far), budget)
        except BudgetSpent:
            pass
        return self.least[cell], None if is_unbounded else self.most[cell]

    def _finds(self, cell: int, low: int, high: int, budget: Budget, steps: int) -> bool:
        """Tell whether a few steps find a solution with the cell between low and high."""
        allowed = min(steps, budget.left)
        few = Budget(allowed)
        try:
            return self._solve_with(cell, low, high, few)
        except BudgetSpent:
            return False
        finally:
            budget.left -= allowed - few.left

    def _reach_down(self, cell: int, lowest: int, budget: Budget) -> None:
        aim = lowest
        while lowest < self.least[cell]:
            if not self._solve_with(cell, lowest, aim, budget):
                lowest = aim + 1
            aim = (lowest + self.least[cell] - 1) // 2

    def _reach_up(self, cell: int, highest: int, budget: Budget) -> None:
        aim = highest
        while highest > self.most[cell]:
            if not self._solve_with(cell, aim, highest, budget):
                highest = aim - 1
            aim = (highest + self.most[cell] + 2) // 2

    def _solve_with(self, cell: int, low: int, high: int, budget: Budget) -> bool:
        bounds: Bounds = [(1, self.ceiling)] * len(self.names)
        bounds[cell] = (low, high)
        solution = self._search(bounds, range(len(self.equations)), budget)
        if solution is None:
            return False
        self.least = [min(pair) for pair in zip(self.least, solution, strict=True)]
        self.most = [max(pair) for pair in zip(self.most, solution, strict=True)]
        return True

    def _search(self, bounds: Bounds, changed: Iterable[int], budget: Budget) -> tuple[int, ...] | None:
        """Return one solution within the bounds, depth first and close to the truth, or None."""
        budget.spend()
        narrowed = self._narrowed(bounds, changed)
        if narrowed is None:
            return None
        open_cells = [cell for cell, (low, high) in enumerate(narrowed) if low < high]
        if not open_cells:
            solution = tuple(low for low, _ in narrowed)
            return solution if all(eq.holds(solution) for eq in self.equations) else None
        cell = min(open_cells, key=self._urgency(narrowed))
        for branch in _branches(*narrowed[cell], self.truth[cell]):
            tried = narrowed.copy()
            tried[cell] = branch
            found = self._search(tried, self.touching[cell], budget)
            if found:
                return found
        return None

    def _urgency(self, bounds: Bounds) -> Callable[[int], tuple[bool, int]]:
        """Return how soon to settle a cell: first those that share an equation with a moved one."""
        beside = {
            equation
            for cell, (low, high) in enumerate(bounds)
            if not low <= self.truth[cell] <= high
            for equation in self.touching[cell]
        }
        return lambda cell: (
            beside.isdisjoint(self.touching[cell]),
            bounds[cell][1] - bounds[cell][0],
        )

    def _narrowed(self, bounds: Bounds, changed: Iterable[int]) -> Bounds | None:
        """Return bounds made as tight as each equation alone allows, or None: no solution."""
        bounds = bounds.copy()
        waiting = dict.fromkeys(changed)
        for _ in range(50 * len(self.equations)):
            if not waiting:
                break
            equation = next(iter(waiting))
            del waiting[equation]
            moved = self.equations[equation].tighten(bounds)
            if moved is None:
                return None
            for cell in moved:
                waiting |= dict.fromkeys(self.touching[cell])
        return self._with_a_small_one(bounds)

    def _with_a_small_one(self, bounds: Bounds) -> Bounds | None:
        if self.threshold is None:
            return bounds
        small = [cell for cell, (low, _) in enumerate(bounds) if low <= self.threshold]
        if not small:
            return None
        low, high = bounds[small[0]]
        if len(small) > 1 or high <= self.threshold:
            return bounds
        bounds[small[0]] = (low, self.threshold)
        return self._narrowed(bounds, self.touching[small[0]])


def _branches(low: int, high: int, truth: int) -> Iterator[tuple[int, int]]:
    """Split the range of a cell, the part nearest to its true count first."""
    if low <= truth <= high:
        yield truth, truth
        if truth < high:
            yield truth + 1, high
        if low < truth:
            yield low, truth - 1
        return
    middle = (low + high) // 2
    halves = [(low, middle), (middle + 1, high)]
    yield from halves if truth < low else reversed(halves)


def check_sums(cells: Mapping[str, int], sums: Sequence[Sum]) -> None:
    """Raise DoesNotAdd where a total is not the sum of its parts, or a count is below nought."""
    negative = [key for key, value in cells.items() if value < 0]
    if negative:
        raise DoesNotAdd(f"'{negative[0]}' is below nought")
    for each in sums:
        added = sum(cells[part] for part in each.parts)
        if added != cells[each.total]:
            raise DoesNotAdd(f"'{each.total}' is {cells[each.total]}, but its parts add up to {added}")


def groups_of(
    hidden: frozenset[str], cells: Mapping[str, int], sums: Sequence[Sum], threshold: int | None
) -> list[Group]:
    """Return the hidden cells in groups connected by sums, in the order of their keys.

    With a `threshold` the reader also knows that a group holds a cell of 1 to the threshold; this
    is left out of a group for which it is not so.
    """
    group_of = {key: {key} for key in sorted(hidden)}
    for each in sums:
        joined: set[str] = set()
        for key in each.members:
            joined |= group_of.get(key, set())
        group_of |= dict.fromkeys(joined, joined)
    distinct = {min(group): group for group in group_of.values()}
    return [_group(tuple(sorted(distinct[k])), cells, sums, threshold) for k in sorted(distinct)]


def _group(names: tuple[str, ...], cells: Mapping[str, int], sums: Sequence[Sum], threshold: int | None) -> Group:
    place = {name: index for index, name in enumerate(names)}
    truth = tuple(cells[name] for name in names)
    equations = tuple(
        Equation(
            tuple((place[k], -1 if k == each.total else 1) for k in each.members if k in place),
            sum(cells[k] * (1 if k == each.total else -1) for k in each.members if k not in place),
        )
        for each in sums
        if any(key in place for key in each.members)
    )
    knows_small = threshold is not None and min(truth) <= threshold
    return Group(names, equations, truth, threshold if knows_small else None, 2 * max(truth) + 1000)


def possible_values(
    hidden: frozenset[str],
    cells: Mapping[str, int],
    sums: Sequence[Sum],
    *,
    threshold: int | None = None,
    steps: int = 5000,
) -> dict[str, tuple[int, int | None]]:
    """Return the least and the most that a reader can tell each hidden cell to be, by key.

    The most is None when nothing printed bounds it. Exact, unless a group of cells takes more than
    `steps` steps of search; then both ends are values known to be possible, never wider. With a
    `threshold` the reader also knows that each group holds a cell of 1 to the threshold.
    """
    found: dict[str, tuple[int, int | None]] = {}
    for group in groups_of(hidden, cells, sums, threshold):
        budget = Budget(steps)
        for index, name in enumerate(group.names):
            found[name] = group.values(index, budget)
    return dict(sorted(found.items()))
