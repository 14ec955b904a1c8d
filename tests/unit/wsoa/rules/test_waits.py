"""Actions that wait for others."""

import pytest

from wsoa.rules.terms import State
from wsoa.rules.waits import circle, holds_up


@pytest.mark.parametrize(
    ("waits", "action", "waits_for", "found"),
    [
        ({}, 1, 2, ()),
        ({}, 1, 1, (1, 1)),
        ({2: {1}}, 1, 2, (1, 2, 1)),
        ({2: {3}, 3: {1}}, 1, 2, (1, 2, 3, 1)),
        ({2: {3, 4}, 3: {5}, 5: {1}, 4: {1}}, 1, 2, (1, 2, 4, 1)),
        ({2: {3}, 3: {2}}, 1, 2, ()),
        ({1: {2}, 3: {2}}, 1, 3, ()),
    ],
)
def test_shortest_circle_that_would_close_is_named(
    waits: dict[int, set[int]], action: int, waits_for: int, found: tuple[int, ...]
) -> None:
    assert circle(waits, action=action, waits_for=waits_for) == found


@pytest.mark.parametrize(
    ("state", "slipped", "held"),
    [
        (State.OVERDUE, False, True),
        (State.BEHIND, False, False),
        (State.ON_TRACK, True, True),
        (State.COMPLETE, True, False),
        (State.NOT_DUE, False, False),
    ],
)
def test_action_that_is_late_or_has_slipped_holds_up_the_one_that_waits(
    state: State, slipped: bool, held: bool
) -> None:
    assert holds_up(state, slipped=slipped) is held
