"""Departing from the turn, which needs a reason."""

from datetime import date

from panels.rules.turns.answers import Departure, Suggestion


class DepartureNeedsReason(ValueError):
    """The panel chose another school than the one whose turn it was, and wrote no reason."""

    def __init__(self, chosen: int, suggested: int) -> None:
        super().__init__("Write why the panel departs from the turn.")
        self.chosen, self.suggested = chosen, suggested


def needs_reason(suggestion: Suggestion, chosen: int) -> bool:
    """Tell whether choosing a school departs from the turn; it never does where no school was suggested.

    Source: the fair access protocol agreed with the schools (R52).
    """
    return suggestion.urn is not None and suggestion.urn != chosen


def departure(suggestion: Suggestion, *, chosen: int, reason: str, on: date) -> Departure | None:
    """Return the departure that a choice is, or None where it follows the turn or there is none.

    `reason` is printed in the minutes and in the yearly statement, so it must name no child. Raises
    DepartureNeedsReason where the choice departs and the reason is blank. Source: as `needs_reason`.
    """
    if suggestion.urn is None or not needs_reason(suggestion, chosen):
        return None
    if not reason.strip():
        raise DepartureNeedsReason(chosen, suggestion.urn)
    return Departure(on, chosen, suggestion.urn, reason.strip())
