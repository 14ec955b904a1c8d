"""January census headcounts from a file: by school, and by year group and SEN provision where it says so."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from casework.imports import Change, Listed, Plan
from casework.models import CensusHeadcount, HeadcountPart, Import, School
from casework.rules.terms import PHASE_LABELS, SEN_LABELS, YEAR_GROUP_LABELS
from casework.services import import_tables
from casework.uploads import Fault, Limits, Row, Table, Unreadable, read_table
from casework.uploads.table import MOST_FAULTS

LIMITS = Limits(bytes=20 * 1024**2, rows=100_000, columns=30, cell=300)
URN, YEAR, YEAR_GROUP, SEN, PHASE, HEADCOUNT = "URN", "Year", "Year group", "SEN", "Phase", "Headcount"
FIRST_CENSUS, LAST_CENSUS = 2000, 2100
LARGEST_SCHOOL = 10_000

NameAndPhase = tuple[str, str]
Key = tuple[str, int]


@dataclass(slots=True)
class Census:
    """One school at one January: its total where the file gives one, its parts, and where each stands."""

    row: Row
    total: int | None = None
    parts: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def headcount(self) -> int:
        """The total that rates divide by."""
        return self.total if self.total is not None else sum(self.parts.values())


def plan(row: Import, data: bytes) -> Plan:
    """Return what a file of headcounts would change. Raises Unreadable, naming row and column of each fault.

    Columns: URN, Year (of the January), Headcount; and, where it has them, Year group, SEN and Phase. A row without year
    group and SEN is a school's total; the parts of a school must add up to it where both are given. The parts held of a
    school and January that the file names are replaced by the file's.
    """
    table = read_table(data, name=row.file_name, limits=LIMITS)
    table.need(URN, YEAR, HEADCOUNT)
    schools = {urn: (name, phase) for urn, name, phase in School.objects.values_list("urn", "name", "phase")}
    censuses = _censuses(table, schools)
    held, held_parts = _held(censuses)
    changes: list[Change] = []
    new = Listed("New headcounts", ("School", "January", "Pupils"))
    changed = Listed("Changed headcounts", ("School", "January", "Was", "Becomes"))
    for key, census in censuses.items():
        before = held.get(key)
        name, january = schools[key[0]][0], str(key[1])
        if before is None:
            new.rows.append((name, january, str(census.headcount)))
        elif before != census.headcount:
            changed.rows.append((name, january, str(before), str(census.headcount)))
        changes += _changes(key, census, before, held_parts.get(key, {}))
    parts = sum(1 for each in changes if each.table == "headcount part")
    counts = {
        "New headcounts": len(new.rows),
        "Changed headcounts": len(changed.rows),
        "Parts by year group and SEN that change": parts,
        "The same as held": len(censuses) - len(new.rows) - len(changed.rows),
    }
    return Plan(changes, [new, changed], counts, table.notes)


def apply(row: Import, plan: Plan) -> None:
    """Carry the plan out."""
    import_tables.write(row, plan.changes)


def undo(row: Import) -> None:
    """Put back what was. Raises CannotUndo."""
    import_tables.put_back(row)


def _censuses(table: Table, schools: dict[str, NameAndPhase]) -> dict[Key, Census]:
    found: dict[Key, Census] = {}
    faults: list[Fault] = []
    for row in table.rows:
        wrong = _wrong_with(row, schools)
        if not wrong:
            wrong = _added(row, found)
        faults += wrong
        if len(faults) >= MOST_FAULTS:
            break
    faults = faults or [
        census.row.fault(
            HEADCOUNT, f"The total is {census.total}, and the parts add up to {sum(census.parts.values())}."
        )
        for census in found.values()
        if census.total is not None and census.parts and census.total != sum(census.parts.values())
    ]
    if faults:
        raise Unreadable(*faults[:MOST_FAULTS])
    return found


def _wrong_with(row: Row, schools: dict[str, NameAndPhase]) -> list[Fault]:
    """Return what is wrong with the cells of a row."""
    faults = []
    urn, year, count = row[URN], row[YEAR], row[HEADCOUNT]
    if urn not in schools:
        faults.append(row.fault(URN, "No school with this URN is held: bring the register of schools first."))
    elif row.get(PHASE) and row.get(PHASE).casefold() not in {
        schools[urn][1].casefold(),
        PHASE_LABELS[schools[urn][1]].casefold(),
    }:
        faults.append(row.fault(PHASE, f"The school is held as {PHASE_LABELS[schools[urn][1]].lower()}."))
    if not (year.isascii() and year.isdecimal() and FIRST_CENSUS <= int(year) <= LAST_CENSUS):
        faults.append(row.fault(YEAR, "Write the calendar year of the January, such as 2026."))
    if row.get(YEAR_GROUP) and _year_group(row) is None:
        faults.append(row.fault(YEAR_GROUP, "This year group is not known: write N1, N2, R, 1 to 14, or X."))
    if row.get(SEN) and row.get(SEN).upper() not in SEN_LABELS:
        faults.append(row.fault(SEN, "Write N, K or E."))
    if not (count.isascii() and count.isdecimal() and int(count) <= LARGEST_SCHOOL):
        faults.append(row.fault(HEADCOUNT, f"Write a whole number from 0 to {LARGEST_SCHOOL:,}."))
    return faults


def _added(row: Row, found: dict[Key, Census]) -> list[Fault]:
    census = found.setdefault((row[URN], int(row[YEAR])), Census(row))
    group, sen = _year_group(row) or "", row.get(SEN).upper()
    count = int(row[HEADCOUNT])
    if not group and not sen:
        if census.total is not None:
            return [row.fault(URN, "The total of this school and January stands in an earlier row too.")]
        census.total, census.row = count, row
        return []
    if (group, sen) in census.parts:
        return [row.fault(URN, "This school, January, year group and SEN stand in an earlier row too.")]
    census.parts[group, sen] = count
    return []


def _year_group(row: Row) -> str | None:
    text = row.get(YEAR_GROUP).upper().removeprefix("YEAR").strip()
    text = "R" if text in {"RECEPTION", "0"} else text
    return text if text in YEAR_GROUP_LABELS else None


def _held(censuses: dict[Key, Census]) -> tuple[dict[Key, int], dict[Key, dict[tuple[str, str], int]]]:
    years = {year for _, year in censuses}
    totals = CensusHeadcount.objects.filter(year__in=years).values_list("school__urn", "year", "headcount")
    parts: dict[Key, dict[tuple[str, str], int]] = defaultdict(dict)
    for urn, year, group, sen, count in HeadcountPart.objects.filter(year__in=years).values_list(
        "school__urn", "year", "year_group", "sen", "headcount"
    ):
        parts[urn, year][group, sen] = count
    return {(urn, year): count for urn, year, count in totals}, parts


def _changes(key: Key, census: Census, before: int | None, parts: dict[tuple[str, str], int]) -> Iterator[Change]:
    urn, year = key
    named: dict[str, Any] = {"urn": urn, "year": year}
    if before != census.headcount:
        old = None if before is None else named | {"headcount": before}
        yield Change("headcount", f"{urn} {year}", old, named | {"headcount": census.headcount})
    for group, sen in sorted(parts.keys() | census.parts.keys()):
        was, becomes = parts.get((group, sen)), census.parts.get((group, sen))
        if was != becomes:
            place = named | {"year_group": group, "sen": sen}
            yield Change(
                "headcount part",
                f"{urn} {year} {group} {sen}",
                None if was is None else place | {"headcount": was},
                None if becomes is None else place | {"headcount": becomes},
            )
