"""Whether a child described anew is one who is held already: facts side by side, and a reason that can be read aloud."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ALIKE = 0.75
"""From this likeness on, two names may be two spellings of one."""

THE_SAME = 0.97


class Match(StrEnum):
    """How a fact typed stands to the fact held."""

    SAME = "Same"
    ALIKE = "Alike"
    DIFFERS = "Differs"
    UNKNOWN = "Not known"


@dataclass(frozen=True, slots=True)
class Person:
    """What tells one child from another. Names are folded; `upns` holds every UPN the child has or had."""

    first_name: str
    last_name: str
    born: date
    sex: str
    upns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How each fact of two descriptions matches, and why they may be one child; `because` is empty when they are not."""

    name: Match
    born: Match
    sex: Match
    upn: Match
    because: str


def compare(typed: Person, held: Person, *, name_likeness: float) -> Evidence:
    """Lay two descriptions side by side. `name_likeness` runs from 0 to 1 and counts the held child's other names too.

    They may be one child when they share a UPN; a birthday, with names alike or the same first or last name; or the
    name, with birthdays that differ in one place or have day and month changed about.
    """
    name = Match.SAME if name_likeness >= THE_SAME else Match.ALIKE if name_likeness >= ALIKE else Match.DIFFERS
    born = _born(typed.born, held.born)
    shared = typed.upns & held.upns
    upn = Match.SAME if shared else Match.DIFFERS if typed.upns and held.upns else Match.UNKNOWN
    half = typed.first_name == held.first_name or typed.last_name == held.last_name
    because = ""
    if shared:
        because = "They have the same UPN."
    elif born is Match.SAME and name is not Match.DIFFERS:
        because = "They were born on the same day, and their names are alike."
    elif born is Match.SAME and half:
        because = "They were born on the same day and share a name: one of them may have changed."
    elif born is Match.ALIKE and name is Match.SAME:
        because = "They have the same name, and birthdays that may be one, mistyped."
    return Evidence(
        name=name,
        born=born,
        sex=Match.SAME if typed.sex == held.sex else Match.DIFFERS,
        upn=upn,
        because=because,
    )


def birthdays_like(born: date) -> set[date]:
    """Return the birthdays that may be this one mistyped: day and month changed about, or one figure wrong."""
    found: set[date] = set()
    spelt = f"{born:%Y%m%d}"
    changed = [spelt[:4] + spelt[6:] + spelt[4:6]]
    changed += [
        spelt[:place] + figure + spelt[place + 1 :]
        for place in range(2, 8)
        for figure in "0123456789"
        if figure != spelt[place]
    ]
    for text in changed:
        try:
            found.add(date(int(text[:4]), int(text[4:6]), int(text[6:])))
        except ValueError:
            continue
    return found - {born}


def _born(typed: date, held: date) -> Match:
    if typed == held:
        return Match.SAME
    return Match.ALIKE if held in birthdays_like(typed) else Match.DIFFERS
