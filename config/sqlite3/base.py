"""SQLite as it is today: Django 5.2 still writes in portions of 999 values, which makes bulk writing many queries."""

import sqlite3

from django.db.backends.sqlite3 import base, features
from django.utils.functional import cached_property

MOST_VALUES = 32_766  # SQLite's own limit since 3.32, https://www.sqlite.org/limits.html


class DatabaseFeatures(features.DatabaseFeatures):
    @cached_property
    def max_query_params(self):
        """How many values one statement may carry in the library in use."""
        self.connection.ensure_connection()
        return min(self.connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER), MOST_VALUES)


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
