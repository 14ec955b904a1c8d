"""What links a member to schools, trusts and families, and an item to them: plain values, folded for comparing."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from panels.rules.tie_terms import Relation

_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la", "le"}
    | {"san", "st", "ten", "van", "von"}
)


@dataclass(frozen=True, slots=True)
class Address:
    """A postcode, and the street if it is known: 'Long Street', or '4 Long Street', whose number is put aside."""

    postcode: str
    street: str = ""


@dataclass(frozen=True, slots=True)
class School:
    """A school that an item has to do with, and its trust on the day of the sitting."""

    urn: str
    trust: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a member, from its first day to its last, both included.

    `first` is None when it is not known or was always so, `last` while it goes on. `trust` is that of the school, or
    the trust served. A declaration (`Relation.DECLARED`) names a school, a trust, a family or, in the room, an item.
    """

    relation: Relation
    urn: str | None = None
    trust: str | None = None
    first: date | None = None
    last: date | None = None
    family_name: str = ""
    item: str | None = None

    def holds(self, on: date) -> bool:
        """Tell whether the link holds on a day. Source: its own first and last day."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)

    def held_since(self, after: date | None, on: date) -> bool:
        """Tell whether the link ended before `on`, and on `after` or later (None: whenever). Source: its own days."""
        return self.last is not None and self.last < on and (after is None or self.last >= after)


@dataclass(frozen=True, slots=True)
class MemberLinks:
    """All that is known of a member for this."""

    member: str
    links: tuple[Link, ...] = ()
    family_names: frozenset[str] = field(default_factory=frozenset)
    addresses: frozenset[Address] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class ItemLinks:
    """All that an item has to do with. Names and addresses are the child's, and those of the contacts on file."""

    reference: str
    excluding: tuple[School, ...] = ()
    candidates: tuple[School, ...] = ()
    previous: tuple[School, ...] = ()
    family_names: frozenset[str] = field(default_factory=frozenset)
    addresses: frozenset[Address] = field(default_factory=frozenset)


def name_parts(family_name: str) -> frozenset[str]:
    """Return the parts of a family name by which it is compared.

    Case, accents and apostrophes make no difference. A double name has two parts, and either may match. Particles such
    as 'van' and 'de' are left out, unless the name is nothing else. Source: the name prompt, which errs on asking.
    """
    plain = unicodedata.normalize("NFKD", family_name.casefold())
    letters = "".join(one for one in plain if not unicodedata.combining(one) and one not in "'’`")
    parts = frozenset(re.findall(r"\w+", letters))
    return parts - _PARTICLES or parts


def same_place(one: Address, other: Address) -> bool:
    """Tell whether two addresses are so near that the clerk must ask: one postcode, or one street in one district.

    The district is the postcode before its last three characters. Source: the address prompt, which errs on asking.
    """
    mine, theirs = _postcode(one), _postcode(other)
    if not mine or not theirs:
        return False
    streets = _street(one), _street(other)
    return mine == theirs or (mine[:-3] == theirs[:-3] and streets[0] == streets[1] != "")


def _postcode(address: Address) -> str:
    return "".join(address.postcode.upper().split())


def _street(address: Address) -> str:
    return " ".join(re.sub(r"^\W*(flat )?\d+\w?\b\W*", "", address.street.casefold()).split())
