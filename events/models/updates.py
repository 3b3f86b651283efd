"""One row changed by one plain UPDATE: what the outbox does twice a mail, without the ORM's building of a query."""

from functools import lru_cache

from django.db import connection


def update_row(model, *, where, **values):
    """Sets these fields of the row where these others are so, as QuerySet.update would. Returns 1, or 0 if none is.

    where names the primary key; values and conditions are plain, no expressions.
    """
    sql, fields = _written(model, tuple(values), tuple(where))
    given = zip(fields, (*values.values(), *where.values()), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(sql, [field.get_db_prep_save(value, connection) for field, value in given])
        return cursor.rowcount


@lru_cache(maxsize=64)
def _written(model, sets, conditions):
    """The statement for fields of these names, written once, and the fields in the order of its parameters."""
    quoted, fields = connection.ops.quote_name, [model._meta.get_field(name) for name in (*sets, *conditions)]
    parts = [f"{quoted(field.column)} = %s" for field in fields]
    changes, places = ", ".join(parts[: len(sets)]), " AND ".join(parts[len(sets) :])
    return f"UPDATE {quoted(model._meta.db_table)} SET {changes} WHERE {places}", fields  # noqa: S608  our own names only
