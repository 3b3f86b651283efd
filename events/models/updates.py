"""One row changed by one plain UPDATE: what the outbox does twice a mail, without the ORM's building of a query."""

from django.db import connection


def update_row(model, *, where, **values):
    """Sets these fields of the row where these others are so, as QuerySet.update would. Returns 1, or 0 if none is.

    where names the primary key; values and conditions are plain, no expressions.
    """
    sets, set_params = _assignments(model, values)
    conditions, where_params = _assignments(model, where)
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"UPDATE {table} SET {', '.join(sets)} WHERE {' AND '.join(conditions)}"  # noqa: S608  our own names only
    with connection.cursor() as cursor:
        cursor.execute(sql, [*set_params, *where_params])
        return cursor.rowcount


def _assignments(model, values):
    """(["column" = %s …], [parameters as the database takes them])"""
    fields = [(model._meta.get_field(name), value) for name, value in values.items()]
    return (
        [f"{connection.ops.quote_name(field.column)} = %s" for field, _value in fields],
        [field.get_db_prep_save(value, connection) for field, value in fields],
    )
