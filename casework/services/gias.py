"""The register of schools: what a download of it would change here, by school and field."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.conf import settings

from casework.imports import Change, Listed, Plan
from casework.models import Import, LocalAuthority, School, SchoolLink, Trust
from casework.models.places import LINK_KINDS
from casework.rules import gias
from casework.rules.dates import MONTHS
from casework.rules.gias import SchoolFacts, Wrong
from casework.services import import_tables
from casework.uploads import Fault, Limits, Row, Table, Unreadable, read_table
from casework.uploads.table import MOST_FAULTS

LIMITS = Limits(bytes=150 * 1024**2, rows=120_000, columns=250, cell=4_000)
LINKS_LIMITS = Limits(bytes=20 * 1024**2, rows=200_000, columns=20, cell=300)
OWN, EVERY = "own", "every"
FIELD_NAMES = {
    "authority": "Authority",
    "establishment_number": "Establishment number",
    "name": "Name",
    "phase": "Phase",
    "kind": "Kind",
    "establishment_type": "Type",
    "trust": "Trust",
    "opened_on": "Opened",
    "closed_on": "Closed",
    "telephone": "Telephone",
}
DAYS = frozenset({"opened_on", "closed_on"})
SAME_NUMBER = "GIAS: the same number, closed as the other opened"
LINKS_FILE = "GIAS links"
# How many days may lie between the end of a school and the beginning of the academy that has its number.
LONGEST_PAUSE = 31


def plan(row: Import, data: bytes) -> Plan:
    """Return what a download of the register would change. Raises Unreadable, naming row and column of each fault.

    `row.options["authorities"]` says whose schools are taken: "own", "every", or a list of authority codes. Schools
    held that the file does not name are left as they are.
    """
    table = read_table(data, name=row.file_name, limits=LIMITS, keep=gias.KEPT)
    table.need(*gias.NEEDED)
    facts, left_out, names = _facts(table, _authorities(row))
    held = _held_schools()
    changes = [*_authority_changes(names), *_trust_changes(table, facts, names)]
    schools = list(_school_changes(facts, held))
    after = {urn: school for urn, school in held.items()} | {each.urn: each.fields() for each in facts}
    links = list(_inferred_links(facts, after))
    lists, counts = _told(facts, held, schools, links, _authorities(row))
    notes = [*table.notes]
    if left_out:
        notes.append(f"{left_out:,} rows are of colleges, proposed schools and others that are not taken.")
    return Plan([*changes, *schools, *links], lists, counts, notes)


def apply(row: Import, plan: Plan) -> None:
    """Carry the plan out."""
    import_tables.write(row, plan.changes)


def undo(row: Import) -> None:
    """Put back what was. Raises CannotUndo."""
    import_tables.put_back(row)


def plan_links(row: Import, data: bytes) -> Plan:
    """Return what the register's file of links between schools would add. Raises Unreadable.

    A link is taken where both schools are held; the rest are counted.
    """
    table = read_table(data, name=row.file_name, limits=LINKS_LIMITS)
    table.need("URN", "LinkURN", "LinkType")
    held = dict(School.objects.values_list("urn", "name"))
    known = set(SchoolLink.objects.values_list("predecessor__urn", "successor__urn"))
    changes: dict[str, Change] = {}
    new = Listed("New links", ("School", "Followed by", "How"))
    faults: list[Fault] = []
    elsewhere = 0
    for each in table.rows:
        try:
            pair = _linked(each)
        except Wrong as wrong:
            faults.append(each.fault(wrong.column, str(wrong)))
            continue
        if pair is None:
            continue
        if pair["predecessor"] not in held or pair["successor"] not in held:
            elsewhere += 1
        elif (pair["predecessor"], pair["successor"]) not in known:
            key = f"{pair['predecessor']} {pair['successor']}"
            if key not in changes:
                changes[key] = Change("link", key, None, pair)
                new.rows.append((held[pair["predecessor"]], held[pair["successor"]], LINK_KINDS[pair["kind"]]))
    if faults:
        raise Unreadable(*faults[:MOST_FAULTS])
    notes = [f"{elsewhere:,} links are between schools that are not held."] if elsewhere else []
    return Plan(list(changes.values()), [new], {"New links": len(new.rows)}, notes)


def _linked(row: Row) -> dict[str, Any] | None:
    """Return a link as it is kept, or None where a row tells of no succession. Raises Wrong."""
    kind = row["LinkType"].casefold()
    first, second = gias.urn_of(row, "URN"), gias.urn_of(row, "LinkURN")
    if first == second:
        raise Wrong("LinkURN", "A school cannot follow itself.")
    on = gias.day_of(row, "LinkEstablishedDate")
    if kind.startswith("predecessor"):
        first, second = second, first
    elif not kind.startswith("successor"):
        return None
    how = "amalgamated" if "amalgam" in kind or "merge" in kind else "split" if "split" in kind else "other"
    return {
        "predecessor": first,
        "successor": second,
        "kind": how,
        "on": on.isoformat() if on else None,
        "source": LINKS_FILE,
    }


def _authorities(row: Import) -> frozenset[str] | None:
    """Return the codes of the authorities whose schools are taken, or None for every one's."""
    chosen = row.options.get("authorities", OWN)
    if chosen == EVERY:
        return None
    return frozenset([settings.COUNCIL_AUTHORITY_CODE] if chosen == OWN else chosen)


def _facts(
    table: Table, authorities: frozenset[str] | None
) -> tuple[list[SchoolFacts], int, dict[str, dict[str, str]]]:
    """Return the schools taken, how many rows were left out, and the names and codes of their authorities and trusts."""
    found: list[SchoolFacts] = []
    seen: dict[str, int] = {}
    names: dict[str, dict[str, str]] = {"authority": {}, "gss": {}, "trust": {}}
    faults: list[Fault] = []
    left_out = 0
    for row in table.rows:
        code = row[gias.AUTHORITY]
        if authorities is not None and code not in authorities:
            continue
        if code in {"", "000"} or not gias.is_taken(row) or gias.closed_without_day(row):
            left_out += 1
            continue
        try:
            school = gias.school_facts(row)
            if school.urn in seen:
                raise Wrong(gias.URN, f"Row {seen[school.urn]} has the same URN.")
        except Wrong as wrong:
            faults.append(row.fault(wrong.column, str(wrong)))
            if len(faults) == MOST_FAULTS:
                break
            continue
        seen[school.urn] = row.number
        found.append(school)
        names["authority"].setdefault(code, row[gias.AUTHORITY_NAME])
        names["gss"].setdefault(code, row.get(gias.AUTHORITY_GSS))
        if school.trust:
            names["trust"].setdefault(school.trust, row[gias.TRUST_NAME])
    if faults:
        raise Unreadable(*faults)
    if not found:
        raise Unreadable(Fault("No row is of a school that is taken. Look at which authorities were chosen."))
    return found, left_out, names


def _authority_changes(names: Mapping[str, Mapping[str, str]]) -> Iterator[Change]:
    held = set(LocalAuthority.objects.values_list("code", flat=True))
    for code, name in names["authority"].items():
        if code not in held:
            gss = names["gss"].get(code, "")
            fields = {"code": code, "name": name[:100] or f"Authority {code}", "gss_code": gss if len(gss) == 9 else ""}
            yield Change("authority", code, None, fields)


def _trust_changes(
    table: Table, facts: Iterable[SchoolFacts], names: Mapping[str, Mapping[str, str]]
) -> Iterator[Change]:
    held = dict(Trust.objects.values_list("group_id", "name"))
    for group, name in names["trust"].items():
        fields = {"group_id": group, "name": name[:150] or f"Trust {group}"}
        if group not in held:
            yield Change("trust", group, None, fields)
        elif held[group] != fields["name"]:
            yield Change("trust", group, fields | {"name": held[group]}, fields)


def _held_schools() -> dict[str, dict[str, Any]]:
    """Return every school held, by URN, as the fields that the register speaks of."""
    named = {
        "authority": "authority__code",
        "trust": "trust__group_id",
        **{name: name for name in ("urn", "establishment_number", "name", "phase", "kind")},
        **{name: name for name in ("establishment_type", "opened_on", "closed_on", "telephone")},
    }
    rows = School.objects.values_list(*named.values())
    return {
        row[2]: {
            name: each.isoformat() if isinstance(each, date) else each for name, each in zip(named, row, strict=True)
        }
        for row in rows
    }


def _school_changes(facts: Iterable[SchoolFacts], held: Mapping[str, dict[str, Any]]) -> Iterator[Change]:
    for school in facts:
        before, after = held.get(school.urn), school.fields()
        # What the register leaves empty, such as an opening day of long ago, does not take away what is held.
        if before and school.opened_on == gias.BEFORE_THE_REGISTER.isoformat():
            after["opened_on"] = before["opened_on"]
        if before and not school.telephone:
            after["telephone"] = before["telephone"]
        if before != after:
            yield Change("school", school.urn, before, after)


def _inferred_links(facts: Iterable[SchoolFacts], after: Mapping[str, Mapping[str, Any]]) -> Iterator[Change]:
    """Yield a link for each academy that opened with the number of a school that had just closed."""
    known = set(SchoolLink.objects.values_list("predecessor__urn", "successor__urn"))
    closed: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for each in after.values():
        if each["closed_on"] and each["establishment_number"]:
            closed.setdefault((each["authority"], each["establishment_number"]), []).append(each)
    for school in facts:
        opened = date.fromisoformat(school.opened_on)
        if school.kind != "academy" or not school.establishment_number:
            continue
        for before in closed.get((school.authority, school.establishment_number), []):
            pause = (opened - date.fromisoformat(before["closed_on"])).days
            pair = before["urn"], school.urn
            if 0 <= pause <= LONGEST_PAUSE and pair[0] != pair[1] and pair not in known:
                fields = {
                    "predecessor": pair[0],
                    "successor": pair[1],
                    "kind": "converted",
                    "on": school.opened_on,
                    "source": SAME_NUMBER,
                }
                yield Change("link", f"{pair[0]} {pair[1]}", None, fields)


def _told(
    facts: list[SchoolFacts],
    held: Mapping[str, dict[str, Any]],
    schools: list[Change],
    links: list[Change],
    authorities: frozenset[str] | None,
) -> tuple[list[Listed], dict[str, int]]:
    """Return the changes as lists and counts for the reader."""
    new = Listed("New schools", ("School", "URN", "Phase", "Opened"))
    closed = Listed("Schools that closed", ("School", "URN", "Closed"))
    changed = Listed("Changed, field by field", ("School", "Field", "Was", "Becomes"))
    converted = Listed("Schools that became academies", ("School", "URN", "Academy", "URN"))
    missing = Listed("Held, and not in the file: left as they are", ("School", "URN"))
    names = {urn: school["name"] for urn, school in held.items()} | {each.urn: each.name for each in facts}
    for each in schools:
        before, after = each.before, each.after or {}
        if before is None:
            new.rows.append((after["name"], each.key, after["phase"], _in_words(after["opened_on"])))
            continue
        if after["closed_on"] and not before["closed_on"]:
            closed.rows.append((after["name"], each.key, _in_words(after["closed_on"])))
        for field, name in FIELD_NAMES.items():
            if before[field] != after[field]:
                was, becomes = (
                    _in_words(side[field]) if field in DAYS else side[field] or "nothing" for side in (before, after)
                )
                changed.rows.append((after["name"], name, was, becomes))
    for link in links:
        pair = link.after or {}
        first, second = pair["predecessor"], pair["successor"]
        converted.rows.append((names[first], first, names[second], second))
    here = {each.urn for each in facts}
    missing.rows = [
        (school["name"], urn)
        for urn, school in held.items()
        if urn not in here and not school["closed_on"] and (authorities is None or school["authority"] in authorities)
    ]
    counts = {
        "New schools": len(new.rows),
        "Changed schools": sum(1 for each in schools if each.before),
        "Closed": len(closed.rows),
        "Became academies": len(converted.rows),
        "The same as held": len(facts) - len(schools),
    }
    return [new, closed, converted, changed, missing], counts


def _in_words(iso: str | None) -> str:
    """Return a day as people write it: 1 September 1990."""
    day = date.fromisoformat(iso) if iso else None
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}" if day else "nothing"
