"""The state of every table at a moment, so that two moments can be compared."""

from django.apps import apps
from django.db import connection


def tables() -> list[str]:
    """Return the table of every model, automatic ones too."""
    models = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    return sorted(models & set(connection.introspection.table_names()))


def snapshot() -> dict[str, tuple[int, int]]:
    """Return, for each table, its number of rows and a sum over what they hold: an update shows as well."""
    parts = [
        f"SELECT '{table}', count(*), coalesce(sum(hashtext(t::text)::bigint), 0) FROM \"{table}\" t"  # noqa: S608
        for table in tables()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {table: (count, int(total)) for table, count, total in cursor.fetchall()}


def changed(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> set[str]:
    """Return the tables that differ."""
    return {table for table, state in after.items() if before.get(table) != state}
