"""The children's dated circumstances, and what was so of a child on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.demonstration.chance import Chance, pick
from reporting.demonstration.children import Child

KINDS = ("sen", "sen_need", "early_help", "social_care", "social_worker", "free_school_meals")
UNKNOWN = "unknown"

SEN = {"N": 48, "K": 36, "E": 13, UNKNOWN: 3}
NEEDS = {"SEMH": 55, "SLCN": 14, "MLD": 12, "SPLD": 7, "ASD": 10, "OTH": 2}
EARLY_HELP = {"none": 36, "previous": 22, "current": 13, "being triaged": 4, UNKNOWN: 25}
SOCIAL_CARE = {
    "none": 50, "closed": 22, "child in need": 8, "protection plan": 3, "looked after": 3, "under assessment": 3,
    "early help only": 6, UNKNOWN: 5,
}  # fmt: skip
FREE_MEALS = {"yes": 44, "no": 51, UNKNOWN: 5}
WITH_A_SOCIAL_WORKER = ("protection plan", "child in need", "looked after", "under assessment")
SOURCES = {
    "sen": "School census",
    "sen_need": "School census",
    "early_help": "Early help system",
    "social_care": "Children's social care",
    "social_worker": "Children's social care",
    "free_school_meals": "School census",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What was so of a child in one respect, from one day to another, and since when the council has known."""

    kind: str
    value: str
    first: date
    last: date | None
    source: str
    known_on: date


def facts_of(child: Child, notices_on: Sequence[date], chance: Chance) -> list[Fact]:
    """Return a child's circumstances; nothing is held of a kind that is not known.

    Spells of a kind do not overlap. Nothing became known between its first day and a notice in its time, so that what
    a notice froze is what the council knew then. What is fixed beforehand holds throughout.
    """
    begins = date(child.segments[0].year, 9, 1) - timedelta(days=chance.randrange(20, 400))
    ends = max([*notices_on, begins + timedelta(days=200)])
    fixed = child.fixed
    spells = _sen(fixed, begins, ends, chance) + _social_care(fixed, begins, ends, chance)
    spells += [
        (kind, value, begins, None)
        for kind, value in (
            ("early_help", fixed.get("early_help") or pick(chance, EARLY_HELP)),
            ("free_school_meals", fixed.get("free_school_meals") or pick(chance, FREE_MEALS)),
        )
    ]
    return [
        Fact(kind, value, first, last, _source(kind, value), _known_on(first, notices_on, chance))
        for kind, value, first, last in spells
        if value != UNKNOWN
    ]


def on_the_day(facts: Sequence[Fact], on: date) -> dict[str, Fact]:
    """Return the fact of each kind that was so on the day."""
    return {fact.kind: fact for fact in facts if fact.first <= on and (fact.last is None or fact.last >= on)}


Spell = tuple[str, str, date, date | None]


def _sen(fixed: Mapping[str, str], begins: date, ends: date, chance: Chance) -> list[Spell]:
    value = fixed.get("sen") or pick(chance, SEN)
    need = fixed.get("sen_need") or pick(chance, NEEDS)
    if value in ("K", "E") and "sen" not in fixed and chance.random() < 0.3:
        # Need is found, or a plan made, while the child is known to us.
        changed = begins + timedelta(days=chance.randrange(30, max((ends - begins).days, 31)))
        before = "N" if value == "K" else "K"
        need_from = changed if value == "K" else begins
        return [
            ("sen", before, begins, changed - timedelta(days=1)),
            ("sen", value, changed, None),
            ("sen_need", need, need_from, None),
        ]
    spells: list[Spell] = [("sen", value, begins, None)]
    if value in ("K", "E"):
        spells.append(("sen_need", need, begins, None))
    return spells


def _social_care(fixed: Mapping[str, str], begins: date, ends: date, chance: Chance) -> list[Spell]:
    value = fixed.get("social_care") or pick(chance, SOCIAL_CARE)
    if value == UNKNOWN:
        return []
    if value == "closed":
        closed = begins + timedelta(days=chance.randrange(1, 19))
        opened = begins - timedelta(days=chance.randrange(90, 500))
        return [
            *_with_worker("child in need", opened, closed - timedelta(days=1)),
            *_with_worker("closed", closed, None),
        ]
    if value in WITH_A_SOCIAL_WORKER and "social_care" not in fixed and chance.random() < 0.5:
        changed = begins + timedelta(days=chance.randrange(20, max((ends - begins).days, 21)))
        ended = changed + timedelta(days=chance.randrange(120, 500))
        return [
            *_with_worker("none", begins, changed - timedelta(days=1)),
            *_with_worker(value, changed, ended),
            *_with_worker("closed", ended + timedelta(days=1), None),
        ]
    return _with_worker(value, begins, None)


def _with_worker(value: str, first: date, last: date | None) -> list[Spell]:
    worker = "yes" if value in WITH_A_SOCIAL_WORKER else "no"
    return [("social_care", value, first, last), ("social_worker", worker, first, last)]


def _source(kind: str, value: str) -> str:
    return "SEN team" if kind == "sen" and value == "E" else SOURCES[kind]


def _known_on(first: date, notices_on: Sequence[date], chance: Chance) -> date:
    known = first + timedelta(days=chance.randrange(15))
    return first if any(first <= on < known for on in notices_on) else known
