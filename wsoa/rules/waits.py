"""Which action waits for which: in no circle, and what of it makes somebody late."""

from collections.abc import Collection, Mapping

from wsoa.rules.terms import State


def circle(waits: Mapping[int, Collection[int]], *, action: int, waits_for: int) -> tuple[int, ...]:
    """Return the circle that would close if an action waited for another: from it, each waiting for the next, back to it.

    `waits` are the keys that each key waits for. The shortest circle is returned; none, and it is empty.
    """
    ways: list[tuple[int, ...]] = [(action, waits_for)]
    seen = {waits_for}
    while ways:
        way = ways.pop(0)
        if way[-1] == action:
            return way
        for each in sorted(waits.get(way[-1], ())):
            if each not in seen:
                seen.add(each)
                ways.append((*way, each))
    return ()


def holds_up(state: State, *, slipped: bool) -> bool:
    """Tell whether an action holds up those that wait for it: it is not done, and is overdue or its date has moved."""
    return state is not State.COMPLETE and (state is State.OVERDUE or slipped)
