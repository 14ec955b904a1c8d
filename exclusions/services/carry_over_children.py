"""Whose notice a row of a file is: a child held already, or a new one; where that is not certain, the row says so."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from casework.models import OtherName, OtherUpn, Pupil
from casework.selectors.names_alike import likeness
from exclusions.services.carry_over_rows import Said, Wrong

ALIKE = 0.8
"""From which likeness on two names of children born on one day may be one child's."""


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

    def key_of(self, said: Said) -> str:
        """Return what a child that is not held is known by among the rows of the file."""
        return said.upn or f"{self.folded[_name(said)]} {said.born}"

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


def _name(said: Said) -> str:
    return f"{said.first_name} {said.last_name}"


def _folded(names: set[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, casework_folded(name) FROM unnest(%s::text[]) AS each (name)", [list(names)])
        return dict(cursor.fetchall())
