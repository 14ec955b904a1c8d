"""One cell of the heat map: a priority in a round."""

from collections.abc import Sequence
from dataclasses import dataclass

from wsoa.rules.terms import State


class NothingToShow(ValueError):
    """A priority without an action has no state."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The state of a priority in one round, and the count under it in words."""

    state: State
    count: str


def cell(states: Sequence[State]) -> Cell:
    """Return the cell of a priority from the states of its actions in a round.

    Complete when all are. Else overdue when any is. Else not due while none is due. Else no update when no lead of an
    action that runs has answered. Else behind when any is. Else on track. Raises NothingToShow for no actions.
    """
    if not states:
        raise NothingToShow
    number = len(states)
    done = states.count(State.COMPLETE)
    late, behind = states.count(State.OVERDUE), states.count(State.BEHIND)
    running = [state for state in states if state not in (State.COMPLETE, State.NOT_DUE)]
    if done == number:
        return Cell(State.COMPLETE, f"{done} of {number} done")
    if late:
        return Cell(State.OVERDUE, f"{late} of {number} late")
    if not running and not done:
        return Cell(State.NOT_DUE, "not yet due")
    if running and all(state is State.NO_UPDATE for state in running):
        return Cell(State.NO_UPDATE, "not heard")
    if behind:
        return Cell(State.BEHIND, f"{behind} of {number}")
    return Cell(State.ON_TRACK, f"{done} of {number} done")
