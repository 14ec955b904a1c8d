"""What a paper's status column says, kept as written, with the state that it means where that is certain."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from wsoa.rules.plan_file import ActionLine, UpdateLine
from wsoa.rules.terms import Layout, State

# Of a colour only what it must mean: green is not said to be complete, and amber and red may each have two reasons.
_MEANS: Mapping[Layout, Mapping[str, State]] = MappingProxyType(
    {
        Layout.WRITTEN_STATEMENT: MappingProxyType(
            {"green": State.ON_TRACK, "amber": State.BEHIND, "red": State.OVERDUE}
        ),
        Layout.IMPROVEMENT_PLAN: MappingProxyType(
            {
                "complete": State.COMPLETE, "completed": State.COMPLETE, "in progress and on schedule": State.ON_TRACK,
                "in progress but behind schedule": State.BEHIND, "overdue": State.OVERDUE,
            }
        ),
        Layout.RECOMMENDATIONS: MappingProxyType({"completed": State.COMPLETE, "in progress": State.ON_TRACK}),
    }
)  # fmt: skip

NO_WORD = "No status word: nothing is guessed"
SEVERAL = "Several words, one for each part"
UNKNOWN = "A word that this layout does not have"


@dataclass(frozen=True, slots=True)
class WrittenStatus:
    """A status as written, the state of each word of it in order, and the text's own slips; no states where none is certain."""

    text: str
    states: tuple[State, ...] = ()
    faults: tuple[str, ...] = ()


def written_status(text: str, layout: Layout) -> WrittenStatus:
    """Return what a status says: capitals, a full stop and spaces at its end are forgiven, an unknown word is a fault."""
    words = [_plain(part) for part in re.split(r"[/;\n]", text)]
    words = [word for word in words if word not in {"", "none", "(none)"}]
    if not words:
        return WrittenStatus(text, faults=(NO_WORD,))
    means = _MEANS[layout]
    if any(word not in means for word in words):
        return WrittenStatus(text, faults=(UNKNOWN,))
    return WrittenStatus(text, tuple(means[word] for word in words), (SEVERAL,) if len(words) > 1 else ())


def updates_of(line: ActionLine, layout: Layout, paper_on: date | None) -> tuple[UpdateLine, ...]:
    """Return what a paper says of an action's progress: its updates, and that it was done on the paper's day where its status says so.

    Only what is certain is taken: a word that means complete, of a paper whose day is known, unless an update counts otherwise.
    """
    said = line.updates
    done = written_status(line.status, layout).states == (State.COMPLETE,)
    if not done or paper_on is None or any(each.per_cent is not None for each in said):
        return said
    if said and said[-1].on == paper_on:
        return (*said[:-1], replace(said[-1], per_cent=100))
    return (*said, UpdateLine(paper_on, "", 100))


def _plain(part: str) -> str:
    return " ".join(part.split()).rstrip(". ").casefold()
