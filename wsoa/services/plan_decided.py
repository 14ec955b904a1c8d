"""What a file decides over the rule: a status that is not the rule's, with the reason for it."""

from dataclasses import dataclass

from casework.exports import one_line_end
from wsoa.rules.states import Standing
from wsoa.rules.terms import PRINTED, Layout, State
from wsoa.rules.written_statuses import written_status
from wsoa.services.plan_rows import Line


@dataclass(frozen=True, slots=True)
class Decided:
    """A state to set over the rule's, with the reason."""

    state: State
    reason: str


class NotDecided(ValueError):
    """The row decides nothing that can be kept: which column, and what to do."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


def decided(line: Line, *, layout: Layout, now: Standing | None = None) -> Decided | None:
    """Return what a row decides that does not stand already; None for nothing. Raises NotDecided.

    A row decides when it gives a reason, or when its status is not the one that it says the rule gives. No row lifts a
    decision: a workbook that was written before it has no reason either.
    """
    status, reason = line.text("status"), line.text("decided_because")
    differs = "status_by_rule" in line.values and "status" in line.values and status != line.text("status_by_rule")
    if not reason and not differs:
        return None
    # One word stands for several states: a word that was left as it was printed keeps the state that it was printed for.
    printed = {PRINTED[layout][state]: state for state in ((now.proposed.state, now.state) if now else ())}
    if now and now.is_overridden and (status, reason) == (PRINTED[layout][now.state], one_line_end(now.reason)):
        return None
    if not reason:
        raise NotDecided("status", "It is not what the rule gives: say why in the column “Decided because”.")
    if status in printed:
        return Decided(printed[status], reason)
    if not status:
        return Decided(State.NOT_DUE, reason)
    for each in (layout, *Layout):
        states = written_status(status, each).states
        if len(states) == 1:
            return Decided(states[0], reason)
    raise NotDecided("status", "Write one of the words that the layout has for a status.")
