"""The database as a test compares it, and as it plans."""

from weakref import WeakKeyDictionary

from django.db import connection, transaction

_names = WeakKeyDictionary()  # {session: {query: what it is called there}}
KEPT = {"django_migrations", "django_content_type", "auth_permission"}  # as migrate leaves them; no test writes there


def whole_database():
    """{table: its rows}, every table there is."""
    with connection.cursor() as cursor:
        dump = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            dump[table] = sorted(map(repr, cursor.fetchall()))
        return dump


def count_again():
    """Tells PostgreSQL how many rows there are, as it finds out by itself once they are committed: it plans by that."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def is_there(name):
    """Whether PostgreSQL has a database of that name."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def leave_copy(name):
    """Copies PostgreSQL's database as it is; nobody may be in it while it is copied."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        as_it_is, copy = map(connection.ops.quote_name, (connection.settings_dict["NAME"], name))
        cursor.execute(f"CREATE DATABASE {copy} TEMPLATE {as_it_is}")


def rows_in(tables):
    """Those of the tables in which there is anything, found in one query."""
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})" for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(_planned(asked))
        return [table for (table,) in cursor.fetchall()]


def _planned(query):
    """The query, or on PostgreSQL its name, so that it is planned once a session: that takes longer than to look."""
    if connection.vendor != "postgresql":
        return query
    connection.ensure_connection()
    names = _names.setdefault(connection.connection, {})
    if query not in names:
        names[query] = f"planned_{len(names)}"
        with connection.cursor() as cursor:
            cursor.execute(f"PREPARE {names[query]} AS {query}")
    return f"EXECUTE {names[query]}"


def delete_all():
    """Empties the database as Django's flush does, and leaves alone what is empty and what migrate has written.

    Cutting off fifty tables takes PostgreSQL a hundred times as long, and writing rights and types anew longer still.
    """
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    with transaction.atomic(), connection.cursor() as cursor:  # in any order: references are looked at in the end
        for table in rows_in(sorted(tables)):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
