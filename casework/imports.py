"""What a file would change, as the kinds of import say it (casework/registry.py) and their services carry it out."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_LISTED = 50
"""How many rows of a list the page shows; its count says the rest."""


class CannotUndo(Exception):
    """Later work depends on what the import did. The message says what, in words to show."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row to add (nothing before), to change, or to take away (nothing after), by the names of its fields."""

    table: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(slots=True)
class Listed:
    """A list for the reader: a heading, its columns and rows of plain text. All rows are counted, the first shown."""

    heading: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the list as it is kept for the page."""
        return {
            "heading": self.heading,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows[:MOST_LISTED]],
            "count": len(self.rows),
        }


@dataclass(slots=True)
class Plan:
    """What a file would change: the changes themselves, the same told in lists, and notes on what is left out."""

    changes: list[Change]
    lists: list[Listed]
    counts: dict[str, int]
    notes: Sequence[str] = ()
    # Why it will not be undone once it is applied, in words to show; empty where it can be while nothing hangs on it.
    stays_because: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for two plans exactly when they change the same rows in the same way."""
        said = json.dumps(
            [[each.table, each.key, each.before, each.after] for each in self.changes], sort_keys=True, default=str
        )
        return hashlib.sha256(said.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Return what the page shows, which is kept with the import."""
        return {
            "lists": [each.as_json() for each in self.lists if each.rows],
            "notes": list(self.notes),
            "stays_because": self.stays_because,
            "fingerprint": self.fingerprint,
        }
