"""What changed between two moments of a plan."""

import pytest

from wsoa.rules.changes import Changes, changes
from wsoa.rules.terms import State

DONE, LATE, BEHIND, ON_TRACK = State.COMPLETE, State.OVERDUE, State.BEHIND, State.ON_TRACK


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ({}, {}, Changes()),
        ({1: DONE}, {1: DONE}, Changes()),
        ({1: BEHIND}, {1: DONE}, Changes(done=(1,))),
        ({1: ON_TRACK}, {1: LATE}, Changes(late=(1,))),
        ({1: LATE}, {1: ON_TRACK}, Changes(otherwise=(1,))),
        ({1: DONE}, {1: ON_TRACK}, Changes(otherwise=(1,))),
        ({}, {1: DONE}, Changes(added=(1,))),
        ({1: DONE}, {}, Changes(gone=(1,))),
        ({1: BEHIND, 2: BEHIND}, {2: DONE, 1: DONE, 3: LATE}, Changes(done=(2, 1), added=(3,))),
    ],
)
def test_each_action_that_changed_is_in_one_group(
    before: dict[int, State], now: dict[int, State], found: Changes
) -> None:
    assert changes(before, now) == found
    assert found.number == len({*found.done, *found.late, *found.otherwise, *found.added, *found.gone})
