"""Rows in bulk by COPY: several times faster than INSERT, and the audit triggers fire all the same."""

import json
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from django.db import connection, models

ROWS_AT_A_TIME = 20_000
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def next_key(model: type[models.Model]) -> int:
    """Return the first primary key that no row of the model has."""
    highest: int | None = model._meta.base_manager.aggregate(highest=models.Max("pk"))["highest"]
    return (highest or 0) + 1


def copy_in(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Write rows that already have their primary keys, and move the model's sequence past them."""
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    names = [field.attname for field in fields]
    columns = ", ".join(connection.ops.quote_name(field.column or field.name) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        for lines in _batches(rows, names):
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", lines)
        key = model._meta.pk.column if model._meta.pk else "id"
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, key, max(row.pk for row in rows)])


def _batches(rows: Sequence[models.Model], names: Sequence[str]) -> Iterator[StringIO]:
    for start in range(0, len(rows), ROWS_AT_A_TIME):
        yield StringIO("".join(_lines(rows[start : start + ROWS_AT_A_TIME], names)))


def _lines(rows: Iterable[models.Model], names: Sequence[str]) -> Iterator[str]:
    for row in rows:
        yield "\t".join([_text(getattr(row, name)) for name in names]) + "\n"


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, dict):
        value = json.dumps(value)
    return value.translate(_ESCAPED) if isinstance(value, str) else str(value)


def look_over(models_written: Iterable[type[models.Model]]) -> None:
    """Have the planner look over tables just filled: until it has, it takes them for empty and plans badly."""
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models_written)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")
