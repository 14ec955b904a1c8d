"""The lists that an administrator keeps: what is built in, with what was added or changed."""

from dataclasses import dataclass
from datetime import date

from casework.models import ListItem
from casework.registry import editable_lists


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list as it stands. `version` is 0 for a built-in item that nobody has changed."""

    code: str
    label: str
    counts_as: str
    valid_from: date | None
    valid_to: date | None
    version: int
    built_in: bool

    def valid_on(self, on: date) -> bool:
        """Tell whether the item may be chosen on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or self.valid_to >= on)


def items(key: str) -> list[Item]:
    """Return every item of a list, built-in ones first and the others by their words, in one query."""
    kept = editable_lists[key]
    rows = {row.code: row for row in ListItem.objects.filter(list=key)}
    found = [
        _item(rows[code], built_in=True) if code in rows else Item(code, label, code, None, None, 0, True)
        for code, label in kept.built_in.items()
    ]
    added = sorted(
        (row for code, row in rows.items() if code not in kept.built_in), key=lambda row: row.label.casefold()
    )
    return found + [_item(row, built_in=False) for row in added]


def items_on(key: str, on: date) -> list[Item]:
    """Return the items of a list that may be chosen on a day, in one query."""
    return [item for item in items(key) if item.valid_on(on)]


def labels(key: str) -> dict[str, str]:
    """Return the words of every item by its code, whatever its dates, in one query."""
    return {item.code: item.label for item in items(key)}


def _item(row: ListItem, *, built_in: bool) -> Item:
    return Item(
        code=row.code,
        label=row.label,
        counts_as=row.code if built_in else row.counts_as,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        version=row.version,
        built_in=built_in,
    )
