"""Queries that are written once and then only run.

For a short query Django takes longer to write the SQL than the database to answer it. Where every guest waits for
the same few queries, their SQL is kept.
"""

from collections.abc import Callable
from copy import copy
from functools import cached_property, partial
from typing import Any

from django.db import connections
from django.db.models import QuerySet


class NotOneOpenValue(ValueError):
    """The example must stand among the query's values as often as was said; carries how often it does."""

    def __init__(self, count: int):
        super().__init__(count)
        self.count = count


class Prepared:
    """`Prepared(build, example)`: the queryset `build(value)`, with its SQL made from `build(example)`.

    Called with a value it returns the list of objects; one query. The example must be of the value's type and unlike
    every other value in the query, where it stands so many `times`.
    """

    def __init__(self, build: Callable[[Any], QuerySet], example: Any, *, times: int = 1):
        self.build, self.example, self.times = build, example, times
        self.written = {}

    @cached_property
    def queryset(self):
        return self.build(self.example)

    def __call__(self, value):
        rows = self.queryset.all()
        rows.query.get_compiler = partial(self._compiler, value)
        return list(rows)

    def _compiler(self, value, using):
        """A compiler that has done its work already: it knows SQL, columns and classes, and gets the value."""
        if using not in self.written:
            self.written[using] = self._write(using)
        finished, sql, params, places = self.written[using]
        values = list(params)
        for place in places:
            values[place] = value
        compiler = copy(finished)
        compiler.connection = connections[using]  # each thread has its own
        compiler.as_sql = lambda: (sql, tuple(values))
        return compiler

    def _write(self, using):
        compiler = self.queryset.all().query.get_compiler(using)
        sql, params = compiler.as_sql()
        places = [place for place, param in enumerate(params) if param == self.example]
        if len(places) != self.times:
            raise NotOneOpenValue(len(places))
        return compiler, sql, params, places
