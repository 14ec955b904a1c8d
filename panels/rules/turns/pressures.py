"""The pressures of a panel's schools as they are pasted: read, and checked against the schools that take their turn."""

import csv
import re
from collections.abc import Collection, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from casework.rules.term_dates import LineFault
from panels.rules.turns.baseline_scores import Profile
from panels.rules.turns.ledger import TurnSchool

SHARES = ("EHC plans %", "Free school meals %", "Additional language %", "Mobility %", "Deprivation %")
ATTAINMENT = "Attainment on entry"
COLUMNS = ("URN", "School", SHARES[0], SHARES[1], ATTAINMENT, *SHARES[2:])
"""The columns, in their order: the name is for whoever fills it in, and the roll is the headcount on file."""

MOST_LINES, MOST_CHARACTERS = 1000, 500
MOST_ATTAINMENT = 200
"""Above it an attainment on entry is no scaled score, but a slip."""
MOST_NAMED = 5
_URN = re.compile(r"[0-9]{1,9}")


class BadPressures(ValueError):
    """The lines cannot be used; `faults` say why."""

    def __init__(self, faults: Sequence[LineFault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)


def read_pressures(text: str, *, schools: Collection[TurnSchool]) -> tuple[Profile, ...]:
    """Return the profile of each school that lines of text give, by URN: every school once, and no other.

    A line has the cells of `COLUMNS`, apart by tabs, semicolons or commas, as a spreadsheet gives them; percentages are
    from 0 to 100, with or without their sign. Raises BadPressures with a fault for each line that is wrong, for schools
    that are left out, and for a school whose headcount is not held. Source: practice C3.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise BadPressures([LineFault(0, f"At most {MOST_LINES} lines are read")])
    by_urn = {school.urn: school for school in schools}
    found: dict[int, Profile] = {}
    faults: list[LineFault] = []
    for number, line in enumerate(lines, start=1):
        try:
            cells = _cells(line)
            if not any(cells) or cells[0].casefold() == COLUMNS[0].casefold():
                continue
            profile = _profile(cells, by_urn)
            if profile.urn in found:
                raise _Wrong(f"{by_urn[profile.urn].name} stands above already")
            found[profile.urn] = profile
        except _Wrong as wrong:
            faults.append(LineFault(number, str(wrong)))
    if not faults:
        faults = _left_out(by_urn, found)
    if faults:
        raise BadPressures(faults)
    return tuple(found[urn] for urn in sorted(found))


def as_lines(schools: Collection[TurnSchool], profiles: Collection[Profile] = ()) -> str:
    """Return the lines that `read_pressures` reads, a header above them; empty cells where a profile is not known."""
    known = {profile.urn: profile for profile in profiles}
    lines = ["\t".join(COLUMNS)]
    for school in sorted(schools, key=lambda one: (one.name, one.urn)):
        its = known.get(school.urn)
        numbers = [""] * 6 if its is None else _as_typed(its)
        lines.append("\t".join([str(school.urn), school.name, *numbers]))
    return "\n".join(lines)


class _Wrong(ValueError):
    """A line is wrong; the message says how."""


def _cells(line: str) -> list[str]:
    if len(line) > MOST_CHARACTERS:
        raise _Wrong(f"The line has more than {MOST_CHARACTERS} characters: a quotation mark may be open")
    mark = next((each for each in ("\t", ";") if each in line), ",")
    return [cell.strip() for cell in next(csv.reader([line], delimiter=mark), [])]


def _profile(cells: list[str], schools: dict[int, TurnSchool]) -> Profile:
    if len(cells) != len(COLUMNS):
        raise _Wrong(f"{len(cells)} cells, where there are {len(COLUMNS)}: {', '.join(COLUMNS)}")
    school = schools.get(int(cells[0])) if _URN.fullmatch(cells[0]) else None
    if school is None:
        raise _Wrong(f"No school of this panel has the URN ‘{cells[0][:20]}’")
    if not school.roll:
        raise _Wrong(f"No January headcount of {school.name} is held: a manager brings it in")
    plans, meals, attainment, language, mobility, deprivation = cells[2:]
    return Profile(
        school.urn, school.roll, _share(plans, SHARES[0]), _share(meals, SHARES[1]), _attainment(attainment),
        _share(language, SHARES[2]), _share(mobility, SHARES[3]), _share(deprivation, SHARES[4]),
    )  # fmt: skip


def _share(cell: str, column: str) -> Fraction:
    return _number(cell.removesuffix("%").strip(), column.removesuffix(" %"), most=100) / 100


def _attainment(cell: str) -> Fraction:
    return _number(cell, ATTAINMENT, most=MOST_ATTAINMENT)


def _number(cell: str, column: str, *, most: int) -> Fraction:
    """Return a number of at most two decimals, so that what is kept is what was read."""
    wrong = _Wrong(f"{column}: enter a number from 0 to {most} with at most two decimals, not ‘{cell[:20]}’")
    try:
        number = Decimal(cell)
    except InvalidOperation:
        raise wrong from None
    if not number.is_finite() or not 0 <= number <= most or number != round(number, 2):
        raise wrong
    return Fraction(number)


def _left_out(schools: dict[int, TurnSchool], found: dict[int, Profile]) -> list[LineFault]:
    names = sorted(school.name for urn, school in schools.items() if urn not in found)
    if not names:
        return []
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return [
        LineFault(0, f"Every school of the panel has a line. These have none: {', '.join(names[:MOST_NAMED])}{more}")
    ]


def _as_typed(profile: Profile) -> list[str]:
    shares = [profile.plans, profile.free_meals, profile.additional_language, profile.mobility, profile.deprivation]
    plans, meals, language, mobility, deprivation = (f"{float(100 * share):g}" for share in shares)
    return [plans, meals, f"{float(profile.attainment):g}", language, mobility, deprivation]
