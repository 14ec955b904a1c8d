"""The agenda as one person may see it: without the items that they are out of, and without a gap where those stood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from panels.rules.standing_ties import ItemConflicts


class NotChecked(LookupError):
    """An item has not been checked for ties, so nobody may see it."""

    def __init__(self, item: str) -> None:
        super().__init__(f"item {item} has not been checked for ties")
        self.item = item


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item as one person sees it: its number in their own agenda, from 1, and its reference."""

    number: int
    reference: str


def agenda_for(member: str, items: Sequence[str], conflicts: Mapping[str, ItemConflicts]) -> tuple[AgendaItem, ...]:
    """Return the agenda as a member sees it, in its order, numbered anew so that no number and no count tells of a gap.

    `items` are references in the order of the sitting, `conflicts` what is known of each by its reference. Raises
    NotChecked for an item that was never checked: it is shown to nobody rather than to everybody. Source: as
    `conflicts.NO_CONNECTION`.
    """
    for item in items:
        if item not in conflicts:
            raise NotChecked(item)
    seen = [item for item in items if member not in conflicts[item].out]
    return tuple(AgendaItem(number, item) for number, item in enumerate(seen, start=1))
