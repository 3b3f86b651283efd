"""The way from one version of the database to the next."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader


@pytest.fixture(scope="module")
def loader(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return MigrationLoader(connection)


def ours(loader):
    return sorted(name for app, name in loader.disk_migrations if app == "events")


@pytest.mark.django_db
def test_models_have_no_change_without_a_migration(capsys):
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)
    assert capsys.readouterr().out == "No changes detected\n"


def test_migrations_have_one_end(loader):
    assert [name for _app, name in loader.graph.leaf_nodes("events")] == ours(loader)[-1:]


def test_migrations_are_numbered_without_a_gap_and_named_verb_noun(loader):
    names = ours(loader)
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    for name in names:
        assert re.fullmatch(r"\d{4}_[a-z]+(_[a-z]+)+", name), name
        assert not re.search(r"_auto|_initial|_alter_|merge", name), name
