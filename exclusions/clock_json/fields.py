"""Reads the parts of a request one value at a time. What cannot be read is noted, and something harmless stands in."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from casework.rules.terms import NcYear
from exclusions.clock_json.faults import Faults, shown, step
from exclusions.rules.deadlines import Fault

Value = TypeVar("Value")
Word = TypeVar("Word", bound=StrEnum)
Read = Callable[[Any, str, Faults], Value]

NO_DAY = date.min
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fields:
    """An object of the request, and the path to it. `is_object` is off where something else stood in its place."""

    value: Mapping[str, Any]
    path: str
    faults: Faults
    is_object: bool = True

    def only(self, keys: Iterable[str], noun: str) -> None:
        """Note every key that is not one of those."""
        for key in self.value:
            if key not in keys:
                self.faults.add(step(self.path, key), Fault.UNKNOWN_KEY, f"is not a key of {noun}")

    def required(self, key: str, read: Read[Value]) -> Value | None:
        """Return the value of a key that must be there, None if it is not."""
        if key not in self.value:
            if self.is_object:
                self.faults.add(step(self.path, key), Fault.MISSING_KEY, "is missing")
            return None
        return read(self.value[key], step(self.path, key), self.faults)

    def optional(self, key: str, read: Read[Value], default: Value) -> Value:
        """Return the value of a key that may be left out."""
        return read(self.value[key], step(self.path, key), self.faults) if key in self.value else default


def fields(value: Any, path: str, faults: Faults) -> Fields:
    """Read an object."""
    if isinstance(value, dict):
        return Fields(value, path, faults)
    faults.add(path or "request", Fault.BAD_VALUE, f"{shown(value)} is not an object")
    return Fields({}, path, faults, is_object=False)


def day(value: Any, path: str, faults: Faults) -> date:
    """Read a date in ISO form."""
    if isinstance(value, str) and _ISO.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            faults.add(path, Fault.BAD_VALUE, f"{shown(value)} is not a day of the calendar")
            return NO_DAY
    faults.add(path, Fault.BAD_VALUE, f"{shown(value)} is not a date: write it like 2025-10-14")
    return NO_DAY


def day_or_null(value: Any, path: str, faults: Faults) -> date | None:
    """Read a date in ISO form, or null."""
    return None if value is None else day(value, path, faults)


def truth(value: Any, path: str, faults: Faults) -> bool:
    """Read true or false."""
    if isinstance(value, bool):
        return value
    faults.add(path, Fault.BAD_VALUE, f"{shown(value)} is not true or false")
    return False


def words(value: Any, path: str, faults: Faults) -> str:
    """Read text that is not empty and can be written out again."""
    if not isinstance(value, str):
        faults.add(path, Fault.BAD_VALUE, f"{shown(value)} is not text")
    elif not value.strip():
        faults.add(path, Fault.BAD_VALUE, "is empty")
    elif any("\ud800" <= letter <= "\udfff" for letter in value):
        faults.add(path, Fault.BAD_VALUE, f"{shown(value)} holds half a character")
    else:
        return value
    return ""


def words_or_null(value: Any, path: str, faults: Faults) -> str | None:
    """Read text, or null."""
    return None if value is None else words(value, path, faults)


def whole_number(value: Any, path: str, faults: Faults) -> int:
    """Read a whole number of at least one."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    faults.add(path, Fault.BAD_VALUE, f"{shown(value)} is not a whole number of at least 1")
    return 1


def half_days(value: Any, path: str, faults: Faults) -> float:
    """Read a number of school days: more than nought, in halves."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < float("inf"):
        faults.add(path, Fault.BAD_VALUE, f"{shown(value)} is not a number of school days above nought")
        return 1
    if value * 2 % 1:
        faults.add(path, Fault.NOT_HALF_DAYS, f"{shown(value)} is not a number of half days: write it like 3 or 1.5")
        return 1
    return value


def nc_year(value: Any, path: str, faults: Faults) -> NcYear | None:
    """Read a national curriculum year: 1 to 14 as a number or in quotes, R, N1, N2, X, or null."""
    if value is None:
        return None
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if text in set(NcYear):
        return NcYear(text)
    faults.add(path, Fault.BAD_VALUE, f"{shown(value)} is not a year group: 1 to 14, R, N1, N2 or X")
    return None


def one_of(kind: type[Word], *, else_: Fault = Fault.BAD_VALUE) -> Read[Word]:
    """Return what reads one of the words of a vocabulary; any other text has the fault given."""

    def read(value: Any, path: str, faults: Faults) -> Word:
        if isinstance(value, str) and value in set(kind):
            return kind(value)
        fault = else_ if isinstance(value, str) else Fault.BAD_VALUE
        faults.add(path, fault, f"{shown(value)} is not one of {', '.join(kind)}")
        return next(iter(kind))

    return read


def list_of(read_one: Read[Value]) -> Read[tuple[Value, ...]]:
    """Return what reads a list, each item in its way."""

    def read(value: Any, path: str, faults: Faults) -> tuple[Value, ...]:
        if not isinstance(value, list):
            faults.add(path, Fault.BAD_VALUE, f"{shown(value)} is not a list")
            return ()
        return tuple(read_one(item, f"{path}[{place}]", faults) for place, item in enumerate(value))

    return read


def pair_of_days(value: Any, path: str, faults: Faults) -> tuple[date, date]:
    """Read a first and a last day."""
    if not isinstance(value, list) or len(value) != 2:
        faults.add(path, Fault.BAD_VALUE, "is not a list of a first and a last day")
        return NO_DAY, NO_DAY
    return day(value[0], f"{path}[0]", faults), day(value[1], f"{path}[1]", faults)
