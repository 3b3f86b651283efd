"""What tests begin with, made once: the cast of every test, and the world of a module."""

import pickle
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from tests import factories
from tests.database import rows_in

_remembered = []  # of this process: the cast, and the statements that put its rows back


def cast():
    """What factories.make_cast() makes, in the database as it leaves it. The rows of the first time are put back, which
    takes a tenth of the time.
    """
    if timezone.now() != factories.NOW or rows_in(model._meta.db_table for model in _models()):
        return factories.make_cast()
    if not _remembered:
        made = factories.make_cast()
        _remembered[:] = pickle.dumps(made), [_insert(model, rows) for model, rows in _stored().items()]
        return made
    made, inserts = _remembered
    with transaction.atomic(), connection.cursor() as cursor:
        for insert in inserts:
            cursor.execute(insert)
    return pickle.loads(made)


@contextmanager
def world(blocker, make):
    """What `make()` makes while the clock stands, for as long as a module's fixture wants; then it is rolled back.

    Each test with `db` starts from there. A module that has a world has no transactional tests.
    """
    with blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(timezone, "now", lambda: factories.NOW)
            made = make()
        yield made
        transaction.set_rollback(True)


def _models():
    """All of which the cast might make rows."""
    return [*apps.get_app_config("events").get_models(), get_user_model()]


def _stored():
    """{model: each of its rows as SQL has it, "('Greta', NULL, …)"}, of those that have any."""
    found = {model: _rows(model) for model in _models()}
    return {model: rows for model, rows in found.items() if rows}


def _rows(model):
    literal = "quote({})" if connection.vendor == "sqlite" else "quote_nullable({}::text)"
    columns = ", ".join(literal.format(column) for column in _columns(model))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {_name(model._meta.db_table)}")
        return [f"({', '.join(row)})" for row in cursor.fetchall()]


def _insert(model, rows):
    into = f"{_name(model._meta.db_table)} ({', '.join(_columns(model))})"
    return f"INSERT INTO {into} VALUES {', '.join(rows)}"


def _columns(model):
    return [_name(field.column) for field in model._meta.local_concrete_fields]


def _name(name):
    return connection.ops.quote_name(name)
