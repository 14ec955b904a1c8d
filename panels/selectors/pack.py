"""Whose copy of a sitting's pack holds which items."""

from dataclasses import dataclass
from datetime import date

from casework.models import User
from panels.models import Sitting
from panels.selectors import sittings
from panels.selectors.sittings import SeenItem


@dataclass(frozen=True, slots=True)
class Copy:
    """One person's copy: their own agenda, in its order and with its numbers."""

    reader: User
    items: tuple[SeenItem, ...]


def copy_of(reader: User, sitting: Sitting, *, by: User, on: date) -> Copy:
    """Return somebody's copy as it may leave the hands of whoever prints it: what both may see on the day, numbered anew.

    Without items it may not be printed: the reader has not declared yet, or sees none.
    """
    theirs = sittings.agenda_of(reader, sitting, on=on).items
    if reader.pk != by.pk:
        shown = {one.item.pk for one in sittings.agenda_of(by, sitting, on=on).items}
        theirs = tuple(one for one in theirs if one.item.pk in shown)
    return Copy(reader, tuple(SeenItem(number, one.item) for number, one in enumerate(theirs, start=1)))


def copies(sitting: Sitting, *, by: User, on: date) -> list[Copy]:
    """Return the copy of everybody who sits on the day, by name; one without items is among them."""
    return [copy_of(each.person, sitting, by=by, on=on) for each in sittings.expected(sitting)]
