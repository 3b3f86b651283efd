"""Pages are named in one list and read when somebody opens them."""

from importlib import import_module

import pytest

from events.admin.urls import PAGES


@pytest.mark.parametrize("view", sorted({view for _route, view, _name in PAGES}))
def test_a_page_that_is_named_is_there(view):
    module, function = view.split(".")
    assert callable(getattr(import_module(f"events.admin.{module}"), function))


def test_a_page_has_one_address_and_one_name():
    routes, names = [route for route, _view, _name in PAGES], [name for _route, _view, name in PAGES]
    assert (len(set(routes)), len(set(names))) == (len(routes), len(names))
