"""Whose notice a row of a file is: a child held already, or a new one; where that is not certain, the row says so."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from casework.models import OtherName, OtherUpn, Pupil
from casework.selectors.names_alike import likeness
from exclusions.services.carry_over_rows import Said, Wrong

ALIKE = 0.8
"""From which likeness on two names of children born on one day may be one child's."""

MOST_OF_A_DAY = 100
"""Children of one file born on one day: more than any county has, and more would take long to compare."""


@dataclass(frozen=True, slots=True)
class Held:
    """A child held already, as rows are compared with it; `names` are folded."""

    pk: int
    upn: str
    born: date
    names: tuple[str, ...]


class Children:
    """The children whom the rows may mean, looked up at once: five queries however many rows there are."""

    def __init__(self, rows: Sequence[Said]) -> None:
        """Look them up by UPN, now or before, and by the day on which they were born."""
        self.folded = _folded({f"{each.first_name} {each.last_name}" for each in rows})
        upns = {each.upn for each in rows if each.upn}
        former = dict(OtherUpn.objects.standing().filter(upn__in=upns).values_list("upn", "pupil"))
        found = (
            Pupil.objects.filter(date_of_birth__in={each.born for each in rows})
            | Pupil.objects.filter(upn__in=upns)
            | Pupil.objects.filter(pk__in=set(former.values()))
        )
        held = {
            pk: [upn or "", born, [name]]
            for pk, upn, born, name in found.values_list("pk", "upn", "date_of_birth", "search_name")
        }
        others = OtherName.objects.standing().filter(pupil__in=list(held))
        for pk, name in others.values_list("pupil", "search_name"):
            held[pk][2].append(name)
        children = {pk: Held(pk, upn, born, tuple(names)) for pk, (upn, born, names) in held.items()}
        self.by_upn = {child.upn: child for child in children.values() if child.upn}
        self.by_upn |= {upn: children[pk] for upn, pk in former.items() if upn not in self.by_upn}
        self.by_day: dict[date, list[Held]] = defaultdict(list)
        for child in children.values():
            self.by_day[child.born].append(child)

    def find(self, said: Said) -> int | None:
        """Return the primary key of the child held, or None for a new one.

        Raises Wrong, with the evidence, where that is not certain, and where a new child cannot be added.
        """
        held = self.by_upn.get(said.upn) if said.upn else None
        if held is not None:
            return self._same(said, held)
        if said.child != "new":
            likely = self._likely(said)
            if likely is not None:
                return likely
        if not (said.first_name and said.last_name and said.sex):
            raise Wrong(
                "Last name", "This child is not held: write first name, last name and sex, so that it can be added."
            )
        return None

    def _same(self, said: Said, held: Held) -> int:
        if held.born != said.born:
            raise Wrong("Date of birth", "The child held with this UPN was born on another day: check both.")
        if said.last_name and said.child != "same" and self._likeness(said, held) < ALIKE:
            raise Wrong(
                "UPN",
                "The child held with this UPN was born that day and has another name: check the UPN, or write SAME in a "
                "column Child.",
            )
        return held.pk

    def _likely(self, said: Said) -> int | None:
        if not said.last_name:
            return None
        near = [(self._likeness(said, held), held) for held in self.by_day[said.born]]
        alike = [(score, held) for score, held in near if score >= ALIKE]
        exact = [held for score, held in alike if score == 1.0]
        if not alike:
            return None
        if len(exact) > 1 or (not exact and len(alike) > 1):
            raise Wrong("UPN", f"{len(alike)} children born that day have such a name: write the UPN.")
        child = exact[0] if exact else alike[0][1]
        if said.child == "same" or (exact and not (said.upn and child.upn)):
            return child.pk
        why = "that name and another UPN" if exact else "a name much like it"
        raise Wrong("Last name", f"A child born that day is held with {why}: write SAME or NEW in a column Child.")

    def _likeness(self, said: Said, held: Held) -> float:
        typed = self.folded[_name(said)]
        return max(1.0 if typed == name else min(likeness(typed.split(), name.split()), 0.99) for name in held.names)


class InFile:
    """Which rows of a file speak of one child, so that none comes in twice, with and without its UPN or misspelt.

    A child is known by its primary key where it is held, else by its UPN or its name and birthday.
    """

    def __init__(self, folded: Mapping[str, str]) -> None:
        """Begin with no rows; `folded` holds each name of the file as names are compared."""
        self.folded = folded
        self.joined: dict[str, int | str] = {}
        self.upns: dict[int | str, str] = {}
        self.by_day: dict[date, dict[tuple[int | str, str], int]] = defaultdict(dict)

    def take(self, said: Said, held: int | None) -> int | str:
        """Return what the child of a row is known by, and remember the row. `held` is the child that is held, if one is.

        Raises Wrong, with the row that it may repeat, where it is not certain whether an earlier one is of that child.
        """
        name = self.folded[_name(said)]
        who: int | str = held or self._who(said, name)
        if said.upn:
            self.upns.setdefault(who, said.upn)
        self.by_day[said.born].setdefault((who, name), said.row.number)
        return who

    def _who(self, said: Said, name: str) -> int | str:
        own = said.upn or f"{name} {said.born}"
        who = self.joined.get(own)
        if said.upn and who is not None:
            return who
        if said.child == "new":
            self.joined.setdefault(own, own)
            return own
        if len(self.by_day[said.born]) >= MOST_OF_A_DAY:
            raise Wrong("Date of birth", "Too many children of this file are born that day: check the dates of birth.")
        like = self._like(said, name, but=who)
        exact = {other: row for other, (row, same) in like.items() if same}
        if who is not None and not exact:
            return who  # as an earlier row of that very name was settled
        if not like:
            return self.joined.setdefault(own, own)
        row = min(exact.values() if exact else (row for row, _ in like.values()))
        if said.child != "same":
            raise Wrong(
                "Last name",
                f"Row {row} looks like the same child, born that day: write the UPN in both rows, or SAME or NEW in a "
                "column Child.",
            )
        one_of = list(exact or like)
        if who is not None or len(one_of) > 1:
            raise Wrong("UPN", "Earlier rows have more than one such child, born that day: write the UPN.")
        return self.joined.setdefault(own, one_of[0])

    def _like(self, said: Said, name: str, *, but: int | str | None) -> dict[int | str, tuple[int, bool]]:
        """Return the other children born that day whose names are like it: the row, and whether the name is the same.

        Two children with two UPNs are two, unless the row says that they are the same.
        """
        found: dict[int | str, tuple[int, bool]] = {}
        for (other, theirs), row in self.by_day[said.born].items():
            two_upns = said.upn and self.upns.get(other, said.upn) != said.upn
            if other == but or (two_upns and said.child != "same"):
                continue
            if theirs == name or likeness(name.split(), theirs.split()) >= ALIKE:
                before, same = found.get(other, (row, False))
                found[other] = (min(before, row), same or theirs == name)
        return found


def _name(said: Said) -> str:
    return f"{said.first_name} {said.last_name}"


def _folded(names: set[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, casework_folded(name) FROM unnest(%s::text[]) AS each (name)", [list(names)])
        return dict(cursor.fetchall())
