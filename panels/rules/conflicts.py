"""What ties a member of a panel to an item, found from links and dates, each tie by its own finder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exclusions.rules.calendar_days import years_before
from exclusions.rules.sources import Source
from panels.rules.links import ItemLinks, Link, MemberLinks, School, name_parts, same_place
from panels.rules.tie_terms import Relation, TieKind, Towards

NO_CONNECTION = Source(
    "Panels' terms", date(2020, 9, 1), "no connection with the excluding school or one that may receive the child"
)
"""The council's own rule: heads with no tie to either school decide."""


class Force(StrEnum):
    """Whether a tie bars its member, or asks the clerk a question and bars until it is answered."""

    BARS = "bars"
    PROMPTS = "prompts"


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie of a member to an item, for the clerk's eyes only.

    `hangs_on` is what it hangs on: a URN, a trust, a family name, a postcode or an item's reference. With `kind` and
    `towards` it names the tie, so that an answer outlives the next check.
    """

    kind: TieKind
    towards: Towards
    hangs_on: str
    force: Force
    says: str
    source: tuple[Source, ...] = (NO_CONNECTION,)


@dataclass(frozen=True, slots=True)
class Asked:
    """A member laid beside an item on a day; former posts count if they ended on `former_since` or later."""

    member: MemberLinks
    item: ItemLinks
    on: date
    former_since: date | None


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the ties of one kind to one part of an item: gives what each hangs on, and how it is put in words."""

    kind: TieKind
    towards: Towards
    find: Callable[[Asked, Towards], Iterator[tuple[str, str]]]

    @property
    def force(self) -> Force:
        """Ties to the excluding school or a candidate bar, and so does whatever a member declares; the rest prompt."""
        bars = self.kind is TieKind.DECLARED or self.towards in (Towards.EXCLUDING, Towards.CANDIDATE)
        return Force.BARS if bars else Force.PROMPTS


def ties(
    member: MemberLinks, item: ItemLinks, *, on: date, former_years: int | None = None, finders: "tuple[Finder, ...]"
) -> tuple[Tie, ...]:
    """Return every tie of a member to an item on a day, in the order of the finders, each once.

    `on` is the day of the sitting; a link counts on its first day and on its last. `former_years` are the calendar
    years back from it in which a former post must have ended to count, the anniversary included; None counts all.
    `finders` are `FINDERS`, unless a test leaves one out. Somebody at another school of the excluding school's trust,
    or of a candidate's, is tied through the trust; somebody whose child is at such a school is not.

    Raises nothing. Source: `NO_CONNECTION`; the prompts are the council's own.
    """
    asked = Asked(member, item, on, None if former_years is None else years_before(on, former_years))
    found = (
        Tie(finder.kind, finder.towards, hangs_on, finder.force, says)
        for finder in finders
        for hangs_on, says in finder.find(asked, finder.towards)
    )
    return tuple(dict.fromkeys(found))


def _schools(item: ItemLinks, towards: Towards) -> tuple[School, ...]:
    places = {Towards.EXCLUDING: item.excluding, Towards.CANDIDATE: item.candidates, Towards.PREVIOUS: item.previous}
    return places[towards]


def _linked(relation: Relation, words: str) -> Callable[[Asked, Towards], Iterator[tuple[str, str]]]:
    def find(asked: Asked, towards: Towards) -> Iterator[tuple[str, str]]:
        for school in _schools(asked.item, towards):
            if any(link.relation is relation and link.urn == school.urn for link in _holding(asked)):
                yield school.urn, f"{words} {_SCHOOL_WORDS[towards]}"

    return find


def _trust(asked: Asked, towards: Towards) -> Iterator[tuple[str, str]]:
    ties_by_trust = (Relation.WORKS_AT, Relation.GOVERNS, Relation.SERVES_TRUST)
    trusts = {link.trust for link in _holding(asked) if link.relation in ties_by_trust}
    for school in _schools(asked.item, towards):
        if school.trust and school.trust in trusts:
            yield school.trust, f"Same trust as {_SCHOOL_WORDS[towards]}"


def _formerly(asked: Asked, towards: Towards) -> Iterator[tuple[str, str]]:
    ended = [link for link in asked.member.links if link.held_since(asked.former_since, asked.on)]
    for school in _schools(asked.item, towards):
        for link in ended:
            at_school = link.relation in (Relation.WORKS_AT, Relation.GOVERNS) and link.urn == school.urn
            in_trust = link.relation is Relation.SERVES_TRUST and link.trust is not None and link.trust == school.trust
            if (at_school or in_trust) and link.last:
                yield school.urn, f"Formerly at {_SCHOOL_WORDS[towards]}, to {link.last.year}"


def _declared_school(asked: Asked, towards: Towards) -> Iterator[tuple[str, str]]:
    for school in _schools(asked.item, towards):
        for link in _declared(asked):
            if link.urn == school.urn or (link.trust and link.trust == school.trust):
                yield school.urn, f"Declared a tie to {_SCHOOL_WORDS[towards]}"


def _declared_family(asked: Asked, towards: Towards) -> Iterator[tuple[str, str]]:
    for name in sorted(asked.item.family_names):
        if any(name_parts(link.family_name) & name_parts(name) for link in _declared(asked)):
            yield name, "Declared a tie to the family"


def _declared_item(asked: Asked, towards: Towards) -> Iterator[tuple[str, str]]:
    if any(link.item == asked.item.reference for link in _declared(asked)):
        yield asked.item.reference, "Declared a tie to the item, in the room"


def _family_name(asked: Asked, towards: Towards) -> Iterator[tuple[str, str]]:
    mine = frozenset[str]().union(*(name_parts(name) for name in asked.member.family_names))
    for name in sorted(asked.item.family_names):
        if name_parts(name) & mine:
            yield name, "Family name matches that of a person on the child's file"


def _address(asked: Asked, towards: Towards) -> Iterator[tuple[str, str]]:
    for address in sorted(asked.item.addresses, key=lambda one: (one.postcode, one.street)):
        if any(same_place(address, mine) for mine in asked.member.addresses):
            yield address.postcode, "Address near that of a person on the child's file"


def _holding(asked: Asked) -> list[Link]:
    return [link for link in asked.member.links if link.holds(asked.on)]


def _declared(asked: Asked) -> list[Link]:
    return [link for link in _holding(asked) if link.relation is Relation.DECLARED]


_SCHOOL_WORDS = {
    Towards.EXCLUDING: "the excluding school",
    Towards.CANDIDATE: "a school that may receive the child",
    Towards.PREVIOUS: "a previous school of the child",
}
_OF_SCHOOLS = (
    (TieKind.WORKS_AT, _linked(Relation.WORKS_AT, "Works at")),
    (TieKind.GOVERNS, _linked(Relation.GOVERNS, "Governs")),
    (TieKind.CHILD_AT, _linked(Relation.CHILD_AT, "Has a child at")),
    (TieKind.TRUST, _trust),
    (TieKind.FORMERLY, _formerly),
    (TieKind.DECLARED, _declared_school),
)
FINDERS: tuple[Finder, ...] = (
    *(Finder(kind, towards, find) for kind, find in _OF_SCHOOLS for towards in _SCHOOL_WORDS),
    Finder(TieKind.DECLARED, Towards.FAMILY, _declared_family),
    Finder(TieKind.DECLARED, Towards.ITEM, _declared_item),
    Finder(TieKind.FAMILY_NAME, Towards.FAMILY, _family_name),
    Finder(TieKind.ADDRESS, Towards.FAMILY, _address),
)
"""Every finder there is. A tie that no finder looks for is never found, so each has its rows in the table."""
