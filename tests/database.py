"""The database as a test compares it."""

from django.db import connection


def whole_database():
    """{table: its rows}, every table there is."""
    with connection.cursor() as cursor:
        dump = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            dump[table] = sorted(map(repr, cursor.fetchall()))
        return dump
