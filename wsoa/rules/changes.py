"""What changed from one moment of a plan to a later one."""

from collections.abc import Mapping
from dataclasses import dataclass

from wsoa.rules.terms import State


@dataclass(frozen=True, slots=True)
class Changes:
    """The keys of a plan's actions that changed, each in one group alone, in the order in which the later moment has them."""

    done: tuple[int, ...] = ()
    late: tuple[int, ...] = ()
    otherwise: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    # Those that the later moment does not have, in the order of the earlier one.
    gone: tuple[int, ...] = ()

    @property
    def number(self) -> int:
        """How many actions changed."""
        return sum(len(each) for each in (self.done, self.late, self.otherwise, self.added, self.gone))


def changes(before: Mapping[int, State], now: Mapping[int, State]) -> Changes:
    """Return which actions came to be done, came to be overdue, changed otherwise, were added, or stand there no more.

    Both are states by an action's key. An action that was added is in that group alone, whatever its state.
    """
    moved = [key for key, state in now.items() if key in before and before[key] is not state]
    return Changes(
        done=tuple(key for key in moved if now[key] is State.COMPLETE),
        late=tuple(key for key in moved if now[key] is State.OVERDUE),
        otherwise=tuple(key for key in moved if now[key] not in (State.COMPLETE, State.OVERDUE)),
        added=tuple(key for key in now if key not in before),
        gone=tuple(key for key in before if key not in now),
    )
