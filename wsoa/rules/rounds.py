"""When a plan's rounds come round, and what a round's asks may be answered with."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum


class Board(StrEnum):
    """To whom a round reports, and so how often one is held."""

    PARTNERSHIP = "partnership"
    STRATEGIC = "strategic"
    REFRESH = "refresh"


BOARD_LABELS = {
    "partnership": "Partnership board, every six weeks",
    "strategic": "Strategic board, every quarter",
    "refresh": "Yearly refresh of the plan",
}


class Stage(StrEnum):
    """Where a round is on its way."""

    OPEN = "open"
    CLOSED = "closed"
    LOCKED = "locked"


STAGE_LABELS = {
    Stage.OPEN: "Open for answers",
    Stage.CLOSED: "Closed, to be approved",
    Stage.LOCKED: "Approved and locked",
}

SIX_WEEKS = timedelta(weeks=6)
MONTHS = {Board.STRATEGIC: 3, Board.REFRESH: 12}


def next_due(board: Board, *, last_opened: date) -> date:
    """Return the day on which the next round for a board is to open: six weeks, three or twelve months after the last.

    A day that the month does not have becomes its last.
    """
    if board is Board.PARTNERSHIP:
        return last_opened + SIX_WEEKS
    return months_after(last_opened, MONTHS[board])


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month; one that the month does not have becomes its last."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
