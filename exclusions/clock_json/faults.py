"""What is wrong with a request, where, and how to say it in one line."""

from dataclasses import dataclass, field
from itertools import islice

from exclusions.rules.deadlines import Fault

LONGEST = 60
"""Characters of somebody's own text that a message repeats."""


@dataclass(frozen=True, slots=True)
class FaultAt:
    """One fault: the path to what is wrong (`events[1].first_day`), a code and a sentence."""

    path: str
    code: Fault
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class Refused(ValueError):
    """The request cannot be answered; `faults` say why."""

    def __init__(self, faults: tuple[FaultAt, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(slots=True)
class Faults:
    """The faults found so far: one for each path, the first."""

    found: dict[str, FaultAt] = field(default_factory=dict)

    def add(self, path: str, code: Fault, message: str) -> None:
        """Note a fault, unless one is known at the same place."""
        self.found.setdefault(path, FaultAt(path, code, message))

    def refuse(self) -> None:
        """Raise Refused if any fault was found."""
        if self.found:
            raise Refused(tuple(self.found.values()))


def shown(value: object) -> str:
    """Return somebody's own value as a message repeats it: on one line, short, and printable whatever it holds."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value) if not isinstance(value, str) else repr("".join(islice(value, LONGEST + 1)))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def step(path: str, key: str) -> str:
    """Return the path to a key of the object at `path`."""
    name = key if key.isprintable() and len(key) <= LONGEST else shown(key)
    return f"{path}.{name}" if path else name
