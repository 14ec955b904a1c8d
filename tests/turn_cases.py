"""Reads the decision tables of turns: schools, placements and candidates as short words in a cell."""

import re
from datetime import date
from fractions import Fraction

from panels.rules.turns.answers import Balances, Candidate
from panels.rules.turns.ledger import Ledger, PlacedChild, TurnPlacement, TurnSchool

OPENED = date(2025, 9, 1)
DAY = r"\d{4}-\d\d-\d\d"
SCHOOL = re.compile(rf"(?P<urn>\d+)(=(?P<roll>\d+))?(\*(?P<weight>[\d/]+))?(>(?P<joined>{DAY}))?(<(?P<left>{DAY}))?")
PLACEMENT = re.compile(
    rf"(?P<urn>\d+)@(?P<on>{DAY})(?P<child>[*+][^!]*?)?(!(?P<ended>{DAY})/(?P<week>\d+))?(x(?P<times>\d+))?"
)


def child(text: str) -> PlacedChild:
    """Return a child: '*3/2' weighs one and a half, '+excluded+plan' is of two kinds."""
    if text.startswith("*"):
        return PlacedChild(need=Fraction(text[1:]))
    return PlacedChild(kinds=tuple(text.split("+")[1:]))


def school(text: str) -> TurnSchool:
    """Return a school: '103=100*1/2>2025-11-03<2025-12-19' has its roll, need weighting, first and last day."""
    found = SCHOOL.fullmatch(text)
    assert found, text
    return TurnSchool(
        int(found["urn"]),
        f"School {found['urn']}",
        date.fromisoformat(found["joined"]) if found["joined"] else OPENED,
        date.fromisoformat(found["left"]) if found["left"] else None,
        int(found["roll"] or 0),
        Fraction(found["weight"] or 1),
    )


def placements(cell: str) -> tuple[TurnPlacement, ...]:
    """Return placements: '101@2025-09-15*2!2025-12-08/12' ended in its week 12; 'x3' at the end is three of them."""
    made: list[TurnPlacement] = []
    for text in cell.split():
        found = PLACEMENT.fullmatch(text)
        assert found, text
        for _ in range(int(found["times"] or 1)):
            made.append(
                TurnPlacement(
                    f"FA-{len(made):03}",
                    int(found["urn"]),
                    date.fromisoformat(found["on"]),
                    child(found["child"] or ""),
                    date.fromisoformat(found["ended"]) if found["ended"] else None,
                    int(found["week"]) if found["week"] else None,
                )
            )
    return tuple(made)


def ledger(row: dict[str, str]) -> Ledger:
    """Return the ledger of a row, opened on 1 September 2025."""
    return Ledger(tuple(school(one) for one in row["schools"].split()), placements(row["placements"]), OPENED)


def candidates(cell: str) -> list[Candidate]:
    """Return candidates: '101-' is passed over by a lawful refusal, '101!' refused unlawfully."""
    return [
        Candidate(int(one.rstrip("-!")), "refused lawfully" if one.endswith("-") else "", one.endswith("!"))
        for one in cell.split()
    ]


def balances_as_written(found: Balances) -> str:
    """Return balances as a table writes them, least first."""
    return " ".join(f"{line.urn}={line.shown}" for line in found.lines)


def tariff(cell: str) -> tuple[Fraction, tuple[tuple[str, Fraction], ...]]:
    """Return the points of every place, and those of each kind: '1 excluded=1/2'."""
    each, *kinds = cell.split()
    return Fraction(each), tuple((kind, Fraction(points)) for kind, points in (one.split("=") for one in kinds))
