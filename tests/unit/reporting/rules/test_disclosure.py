import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.rules import disclosure
from reporting.rules.disclosure import (
    Combined,
    NotProtected,
    Protected,
    Sum,
    Table,
    TablesDisagree,
    combined,
    gather,
    possible_values,
    protect,
)
from reporting.rules.hidden_cells import Budget, DoesNotAdd, Equation, Group
from tests.tables.reader import rows

Cells = dict[str, int]


def read_cells(text: str) -> Cells:
    return {key: int(value) for key, value in (pair.split("=") for pair in text.split())}


def read_sums(text: str) -> list[Sum]:
    return [Sum(total, tuple(parts.split("+"))) for total, parts in (pair.split("=") for pair in text.split())]


@pytest.mark.parametrize("row", rows("disclosure"), ids=lambda row: row["situation"])
def test_cells_hidden_in_each_situation_are_as_the_table_says(row: dict[str, str]) -> None:
    cells, sums = read_cells(row["cells"]), read_sums(row["sums"])

    found = protect(cells, sums, never_hide=frozenset(row["never_hide"].split()))

    assert " ".join(sorted(found.hidden)) == row["hidden"]
    assert set(found.why) == set(found.bounds) == found.hidden


def test_hidden_cells_say_why_and_what_can_still_be_told() -> None:
    found = protect(read_cells("a=2 b=6 c=9 t=17"), read_sums("t=a+b+c"))

    assert found.why == {"a": "fewer than 5", "b": "would help to work out a"}
    assert found.bounds == {"a": (1, 7), "b": (1, 7)}


def test_lone_small_cell_is_told_to_be_one_to_four() -> None:
    assert protect({"a": 3}, ()).bounds == {"a": (1, 4)}


def test_total_that_nothing_printed_bounds_has_no_most() -> None:
    cells, sums = read_cells("a=3 b=30 t=33 o=20 w=53"), read_sums("t=a+b w=t+o")

    assert possible_values(frozenset("abtw"), cells, sums, threshold=4)["w"] == (22, None)


def test_total_that_small_knowledge_bounds_has_a_most() -> None:
    found = protect(read_cells("a=3 b=0 t=3 o=20 w=23"), read_sums("t=a+b w=t+o"), never_hide=frozenset("o"))

    assert found.bounds == {"a": (1, 4), "t": (1, 4), "w": (21, 24)}


def test_contradiction_that_tightens_slowly_is_never_taken_for_a_solution() -> None:
    one_apart = (Equation(((0, 1), (1, -1)), 1), Equation(((1, 1), (0, -1)), 1))
    group = Group(("x", "y"), one_apart, (500, 500), None, 100_000)

    assert not group.has_two_values(0, Budget(100))
    assert group.values(0, Budget(100)) == (500, 500)


def test_pair_that_small_knowledge_would_bound_is_bounded_by_it() -> None:
    cells, sums = read_cells("a=2 b=60 t=62"), read_sums("t=a+b")

    with_it = possible_values(frozenset("ab"), cells, sums, threshold=4)
    without = possible_values(frozenset("ab"), cells, sums)

    assert with_it == without == {"a": (1, 61), "b": (1, 61)}


def test_group_pinned_only_by_small_knowledge_hides_more() -> None:
    cells = read_cells("a=1 b=6 c=8 t=15")

    assert protect(cells, read_sums("t=a+b+c"), threshold=1).hidden == {"a", "b"}


def test_single_count_under_a_threshold_of_one_cannot_be_protected() -> None:
    with pytest.raises(NotProtected, match="no further cell may be hidden"):
        protect({"a": 1}, (), threshold=1)


@pytest.mark.parametrize(
    ("cells", "never_hide", "words"),
    [
        ("a=2 b=6 t=8", "a", "must be shown"),
        ("a=2 b=6 t=8", "b t", "gives it back"),
        ("a=1 b=1 t=2", "t", "must be shown"),
        ("a=1 b=1 c=1 d=1 e=1 t=5", "t", "no further cell"),
    ],
)
def test_report_that_cannot_be_protected_is_refused(cells: str, never_hide: str, words: str) -> None:
    read = read_cells(cells)

    with pytest.raises(NotProtected, match=words):
        protect(read, [Sum("t", tuple(sorted(set(read) - {"t"})))], never_hide=frozenset(never_hide.split()))


def test_total_that_does_not_add_is_refused() -> None:
    with pytest.raises(DoesNotAdd, match="'t' is 9, but its parts add up to 8"):
        protect(read_cells("a=2 b=6 t=9"), read_sums("t=a+b"))


def test_count_below_nought_is_refused() -> None:
    with pytest.raises(DoesNotAdd, match="below nought"):
        protect({"a": -1}, ())


@pytest.mark.parametrize("parts", [(), ("a", "a"), ("t",)])
def test_sum_with_no_part_or_one_twice_is_refused(parts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="names no part, or a cell twice"):
        Sum("t", parts)


def test_search_that_is_given_up_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "STEPS_IN_ALL", 0)

    with pytest.raises(NotProtected):
        protect(read_cells("a=2 b=4 c=9 t=15"), read_sums("t=a+b+c"))


def test_search_that_is_cut_short_hides_more_and_never_less(monkeypatch: pytest.MonkeyPatch) -> None:
    cells, sums = table_of([[2, 6, 9], [7, 3, 8], [5, 9, 12]])
    full = protect(cells, sums).hidden

    for steps in range(1, 40):
        monkeypatch.setattr(disclosure, "STEPS_FOR_A_PROOF", steps)
        try:
            assert protect(cells, sums).hidden >= full
        except NotProtected:
            continue


def test_bounds_of_a_search_cut_short_are_never_too_wide() -> None:
    cells, sums = read_cells("a=2 b=6 c=9 t=17"), read_sums("t=a+b+c")

    assert possible_values(frozenset("ab"), cells, sums, steps=0) == {"a": (2, 2), "b": (6, 6)}


def test_rate_is_shown_only_when_both_of_its_counts_are() -> None:
    found = Protected(frozenset({"a"}), {}, {})

    assert found.may_show_rate("b", "t")
    assert not found.may_show_rate("a", "t")
    assert not found.may_show_rate("b", "a")


def test_hidden_parts_may_be_shown_together_only_under_a_shown_total() -> None:
    cells, (each,) = read_cells("a=2 b=6 c=9 t=17"), read_sums("t=a+b+c")

    assert combined(each, cells, protect(cells, [each])) == Combined(("a", "b"), 8)
    assert combined(each, cells, Protected(frozenset("abt"), {}, {})) is None
    assert combined(each, cells, Protected(frozenset("a"), {}, {})) is None


def test_tables_of_a_report_are_gathered_by_key() -> None:
    total = Sum("t", ("a", "b"))
    first = Table("by sex", {"t": 8, "a": 2, "b": 6}, (total,))
    second = Table("by year", {"t": 8, "c": 8}, (Sum("t", ("c",)), total))

    assert gather([first, second]) == ({"t": 8, "a": 2, "b": 6, "c": 8}, (total, Sum("t", ("c",))))


def test_tables_that_disagree_are_refused() -> None:
    with pytest.raises(TablesDisagree, match="'t' is 9 in 'by year' and 8 in another table"):
        gather([Table("by sex", {"t": 8}), Table("by year", {"t": 9})])


def table_of(grid: list[list[int]]) -> tuple[Cells, list[Sum]]:
    """Return a table with its row, column and grand totals."""
    cells: Cells = {f"{r}{c}": value for r, row in enumerate(grid) for c, value in enumerate(row)}
    width = len(grid[0])
    sums = [Sum(f"r{r}", tuple(f"{r}{c}" for c in range(width))) for r in range(len(grid))]
    sums += [Sum(f"c{c}", tuple(f"{r}{c}" for r in range(len(grid)))) for c in range(width)]
    cells |= {each.total: sum(cells[part] for part in each.parts) for each in sums}
    cells["t"] = sum(map(sum, grid))
    return cells, [*sums, Sum("t", tuple(f"r{r}" for r in range(len(grid))))]


def solutions(cells: Cells, sums: list[Sum], hidden: frozenset[str], most: int) -> list[Cells]:
    """Return, by trying every value, all that the hidden cells could be."""
    totals = {each.total for each in sums}
    inner = [key for key in cells if key not in totals and key in hidden]
    found = []
    for values in product(range(1, most + 1), repeat=len(inner)):
        tried = cells | dict(zip(inner, values, strict=True))
        for each in sums:
            tried[each.total] = sum(tried[part] for part in each.parts)
        if all(tried[key] == cells[key] for key in cells if key not in hidden):
            found.append(tried)
    return found


def connected(sums: list[Sum], hidden: frozenset[str]) -> list[set[str]]:
    """Return the hidden cells in groups that share sums."""
    groups = [{key} for key in hidden]
    for each in sums:
        touched = [group for group in groups if group & set(each.members)]
        groups = [group for group in groups if group not in touched]
        groups += [set().union(*touched)] if touched else []
    return groups


grids = st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2)


@settings(max_examples=80, deadline=None)
@given(grids)
def test_no_hidden_cell_of_a_small_table_can_be_worked_out(grid: list[list[int]]) -> None:
    cells, sums = table_of(grid)
    try:
        found = protect(cells, sums)
    except NotProtected:
        return

    groups = connected(sums, found.hidden)
    every = [
        solution
        for solution in solutions(cells, sums, found.hidden, 10)
        if all(min(solution[key] for key in group) < 5 for group in groups)
    ]

    for key in found.hidden:
        values = {solution[key] for solution in every}
        least, most = found.bounds[key]
        assert len(values) > 1
        assert least <= min(values)
        assert most is None or most >= max(values)
    assert all(cells[key] > 0 for key in found.hidden)
    assert found.hidden >= {key for key, value in cells.items() if 0 < value < 5}


@settings(max_examples=100, deadline=None)
@given(grids, st.randoms(use_true_random=False))
def test_order_of_cells_and_sums_makes_no_difference(grid: list[list[int]], random: object) -> None:
    cells, sums = table_of(grid)
    turned = dict(reversed(cells.items()))

    assert outcome(cells, sums) == outcome(turned, sums[::-1])


def outcome(cells: Cells, sums: list[Sum]) -> object:
    try:
        return protect(cells, sums)
    except NotProtected as refused:
        return str(refused)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=2))
def test_bounds_without_small_knowledge_are_those_of_trying_every_value(grid: list[list[int]]) -> None:
    cells, sums = table_of(grid)
    hidden = frozenset(key for key in ("00", "01", "10", "11") if cells[key])

    every = solutions(cells, sums, hidden, 8)

    assert possible_values(hidden, cells, sums) == {
        key: (min(s[key] for s in every), max(s[key] for s in every)) for key in sorted(hidden)
    }


def test_report_of_150_cells_is_protected_within_two_seconds() -> None:
    counts = [0, 1, 2, 3, 5, 8, 13, 20, 2, 0, 1, 6]
    grid = [[counts[(3 * r + 5 * c + r * c) % 12] for c in range(10)] for r in range(12)]
    cells, sums = table_of(grid)
    began = time.perf_counter()

    found = protect(cells, sums)

    assert len(cells) > 140
    assert time.perf_counter() - began < 2
    assert found.hidden
