"""The rows that an import adds, changes and takes away, and putting them back: a few statements, however many rows.

Each row's fields stand in an ImportChange before and after. A row names others by what names them outside the database
(an authority's code, a URN), so that what was written can be read, and put back, by itself.

Every piece of SQL below is put together from the table of this module alone; what came from a file is a parameter.
"""
# ruff: noqa: S608

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.db import IntegrityError, connection, models

from casework.imports import CannotUndo, Change
from casework.models import (
    CensusHeadcount,
    Closure,
    HeadcountPart,
    Import,
    ImportChange,
    LocalAuthority,
    School,
    SchoolLink,
    TermSpell,
    Trust,
)

# So many new rows change how the statements after them are best carried out.
MANY = 1_000

_OF_SCHOOL = "JOIN casework_school s ON s.urn = {row}->>'urn'"


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """How a table is written from JSON: each column's SQL, what it joins, and what a row is found again by.

    `{row}` stands for the JSON of one side of a change, `t` for the table. `match` finds the row itself.
    """

    model: type[models.Model]
    columns: dict[str, str]
    match: str
    joins: str = ""
    # What a new row has beside what the file says.
    otherwise: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The table's name in the database."""
        return self.model._meta.db_table


# In the order in which rows are added: none refers to one after it.
TABLES: dict[str, ImportedTable] = {
    "authority": ImportedTable(
        LocalAuthority,
        {"code": "{row}->>'code'", "name": "{row}->>'name'", "gss_code": "{row}->>'gss_code'"},
        "t.code = {row}->>'code'",
        otherwise={"nation": "'england'"},
    ),
    "trust": ImportedTable(
        Trust,
        {"group_id": "{row}->>'group_id'", "name": "{row}->>'name'"},
        "t.group_id = {row}->>'group_id'",
    ),
    "school": ImportedTable(
        School,
        {
            "urn": "{row}->>'urn'",
            "authority_id": "a.id",
            "establishment_number": "{row}->>'establishment_number'",
            "name": "{row}->>'name'",
            "phase": "{row}->>'phase'",
            "kind": "{row}->>'kind'",
            "establishment_type": "{row}->>'establishment_type'",
            "trust_id": "tr.id",
            "opened_on": "({row}->>'opened_on')::date",
            "closed_on": "({row}->>'closed_on')::date",
            "telephone": "{row}->>'telephone'",
        },
        "t.urn = {row}->>'urn'",
        "JOIN casework_localauthority a ON a.code = {row}->>'authority'"
        " LEFT JOIN casework_trust tr ON tr.group_id = {row}->>'trust'",
        otherwise={"terms_in_year": "3", "head": "''"},
    ),
    "link": ImportedTable(
        SchoolLink,
        {
            "predecessor_id": "p.id",
            "successor_id": "s.id",
            "kind": "{row}->>'kind'",
            "on": "({row}->>'on')::date",
            "source": "{row}->>'source'",
        },
        "t.predecessor_id = p.id AND t.successor_id = s.id",
        "JOIN casework_school p ON p.urn = {row}->>'predecessor' JOIN casework_school s ON s.urn = {row}->>'successor'",
    ),
    "headcount": ImportedTable(
        CensusHeadcount,
        {"school_id": "s.id", "year": "({row}->>'year')::int", "headcount": "({row}->>'headcount')::int"},
        "t.school_id = s.id AND t.year = ({row}->>'year')::int",
        _OF_SCHOOL,
    ),
    "headcount part": ImportedTable(
        HeadcountPart,
        {
            "school_id": "s.id",
            "year": "({row}->>'year')::int",
            "year_group": "{row}->>'year_group'",
            "sen": "{row}->>'sen'",
            "headcount": "({row}->>'headcount')::int",
        },
        "t.school_id = s.id AND t.year = ({row}->>'year')::int"
        " AND t.year_group = {row}->>'year_group' AND t.sen = {row}->>'sen'",
        _OF_SCHOOL,
    ),
}

_AREA_AND_SCHOOL = (
    "JOIN casework_localauthority a ON a.code = {row}->>'authority'"
    " LEFT JOIN casework_school s ON s.urn = {row}->>'urn'"
)
TABLES["term spell"] = ImportedTable(
    TermSpell,
    {
        "authority_id": "a.id",
        "school_id": "s.id",
        "academic_year": "{row}->>'academic_year'",
        "term": "{row}->>'term'",
        "first_day": "({row}->>'first_day')::date",
        "last_day": "({row}->>'last_day')::date",
        "invented": "({row}->>'invented')::boolean",
    },
    "t.authority_id = a.id AND t.school_id IS NOT DISTINCT FROM s.id AND t.first_day = ({row}->>'first_day')::date",
    _AREA_AND_SCHOOL,
)
TABLES["closure"] = ImportedTable(
    Closure,
    {
        "authority_id": "a.id",
        "school_id": "s.id",
        "on": "({row}->>'on')::date",
        "kind": "{row}->>'kind'",
        "reason": "{row}->>'reason'",
        "declared_by": "{row}->>'declared_by'",
        "declared_at": "({row}->>'declared_at')::timestamptz",
    },
    "t.authority_id = a.id AND t.school_id IS NOT DISTINCT FROM s.id AND t.\"on\" = ({row}->>'on')::date",
    _AREA_AND_SCHOOL,
)


def write(of: Import, changes: Iterable[Change]) -> None:
    """Write the changes down and carry them out. Within the caller's transaction; nothing else may change them between."""
    _check_at_once()
    _write_down(of, changes)
    for name in TABLES:
        _insert(of, name, row="c.after", where="c.before IS NULL")
        _update(of, name, row="c.after")
    for name in reversed(TABLES):
        _delete(of, name, row="c.before", where="c.after IS NULL")


def put_back(of: Import) -> None:
    """Bring back every row as it was before the import. Within the caller's transaction.

    Raises CannotUndo where a row was changed since, or where later work belongs to one that the import added.
    """
    _check_at_once()
    for name in TABLES:
        _refuse_changed(of, name)
        _refuse_used(of, name)
    for name in TABLES:
        _insert(of, name, row="c.before", where="c.after IS NULL")
    try:
        for name in reversed(TABLES):
            _update(of, name, row="c.before")
            _delete(of, name, row="c.after", where="c.before IS NULL")
    except IntegrityError as used:
        raise CannotUndo(
            "Later rows, such as term dates, closures, headcounts or links, belong to schools that the import added."
            " Take those back first."
        ) from used


def _check_at_once() -> None:
    # Each audited row opens a subtransaction, which walks every foreign key still to be checked: checked at once, there
    # are none, and minutes become seconds.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _write_down(of: Import, changes: Iterable[Change]) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    for each in changes:
        sides = ("" if side is None else json.dumps(side) for side in (each.before, each.after))
        writer.writerow([of.pk, each.table, each.key, *sides])
    out.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f'COPY {ImportChange._meta.db_table} (of_id, "table", key, before, after) FROM STDIN WITH (FORMAT csv)', out
        )
        # Freshly written, so that the statements below are planned for as many rows as there are.
        cursor.execute(f"ANALYZE {ImportChange._meta.db_table}")


def _insert(of: Import, name: str, *, row: str, where: str) -> None:
    table = TABLES[name]
    columns = ", ".join(f'"{column}"' for column in (*table.columns, *table.otherwise))
    values = ", ".join((*(sql.format(row=row) for sql in table.columns.values()), *table.otherwise.values()))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table.name} ({columns}) SELECT {values} {_changes(table, row)} AND {where}", [of.pk, name]
        )
        if cursor.rowcount >= MANY:
            # A table that was emptied by an undo stands in the statistics as empty, however many rows it has now.
            cursor.execute(f"ANALYZE {table.name}")


def _update(of: Import, name: str, *, row: str) -> None:
    table = TABLES[name]
    sets = ", ".join(f'"{column}" = {sql.format(row=row)}' for column, sql in table.columns.items())
    match = table.match.format(row=row)
    _execute(
        f"UPDATE {table.name} t SET {sets} {_changes(table, row)}"
        f" AND c.before IS NOT NULL AND c.after IS NOT NULL AND {match}",
        of,
        name,
    )


def _delete(of: Import, name: str, *, row: str, where: str) -> None:
    table = TABLES[name]
    match = table.match.format(row=row)
    _execute(
        f"DELETE FROM {table.name} d USING {table.name} t, {_changes(table, row).removeprefix('FROM ')}"
        f" AND {where} AND d.id = t.id AND {match}",
        of,
        name,
    )


def _refuse_changed(of: Import, name: str) -> None:
    table = TABLES[name]
    row = "c.after"
    same = " AND ".join(
        f't."{column}" IS NOT DISTINCT FROM {sql.format(row=row)}' for column, sql in table.columns.items()
    )
    match = table.match.format(row=row)
    found = _execute(
        f"SELECT min(c.key), count(*) {_changes(table, row, outer=True)} AND c.after IS NOT NULL"
        f" AND NOT EXISTS (SELECT FROM {table.name} t WHERE {match} AND {same})",
        of,
        name,
    )
    key, count = found[0]
    if count:
        raise CannotUndo(
            f"{count} {_named(table.model, count)} {'was' if count == 1 else 'were'} changed after the import,"
            f" such as {key}. Undo what came after it first."
        )


def _refuse_used(of: Import, name: str) -> None:
    """Refuse where a row that the import added is named by a row that it did not."""
    table = TABLES[name]
    ours = {each.model for each in TABLES.values()}
    match = table.match.format(row="c.after")
    added = f"SELECT t.id {_changes(table, 'c.after')} AND c.before IS NULL AND {match}".replace(
        "FROM ", f"FROM {table.name} t, ", 1
    )
    for relation in table.model._meta.get_fields(include_hidden=True):
        theirs = relation.related_model
        if not (relation.auto_created and relation.one_to_many) or isinstance(theirs, str) or theirs is None:
            continue
        if theirs in ours or issubclass(theirs, pghistory.models.Event):
            continue
        column = relation.field.column  # type: ignore[union-attr]
        count = _execute(f'SELECT count(*) FROM {theirs._meta.db_table} WHERE "{column}" IN ({added})', of, name)[0][0]
        if count:
            raise CannotUndo(
                f"{count} {_named(theirs, count)} {'belongs' if count == 1 else 'belong'} to"
                f" {_named(table.model, 2)} that the import added. They would be left without one."
            )


def _changes(table: ImportedTable, row: str, *, outer: bool = False) -> str:
    joins = table.joins.format(row=row)
    if outer:
        joins = joins.replace("LEFT JOIN", "JOIN").replace("JOIN", "LEFT JOIN")
    return f'FROM {ImportChange._meta.db_table} c {joins} WHERE c.of_id = %s AND c."table" = %s'


def _named(model: type[models.Model], count: int) -> str:
    return str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural)


def _execute(sql: str, of: Import, name: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [of.pk, name])
        return list(cursor.fetchall()) if cursor.description else []
