"""Every field says what becomes of it when its person is forgotten (S, P9)."""

import pytest
from django.apps import apps
from django.db import models

from tests import factories

OURS = [model for model in apps.get_app_config("events").get_models() if not model._meta.proxy]
each_model = pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)


def declared(model):
    privacy = model.Privacy
    return [*getattr(privacy, "erased", {}), *getattr(privacy, "kept", ())]


def is_in_a_uniqueness(field):
    """Such a value cannot be the same for all: None says that a new one is made."""
    constraints = [each for each in field.model._meta.constraints if isinstance(each, models.UniqueConstraint)]
    return field.unique or any(field.name in each.fields for each in constraints)


@each_model
def test_each_field_is_erased_or_kept_and_named_once(model):
    fields = [field.name for field in model._meta.get_fields() if field.concrete]
    assert sorted(declared(model)) == sorted(fields)


@each_model
def test_erased_values_fit_their_fields(model):
    for name, value in getattr(model.Privacy, "erased", {}).items():
        field = model._meta.get_field(name)
        if value is None:
            assert field.null or is_in_a_uniqueness(field), f"{name} cannot be empty"
        elif value in field.empty_values:
            assert field.blank or not field.editable, f"{name} cannot be blank"
        else:
            field.run_validators(value)
            assert field.to_python(value) == value


def test_every_row_of_the_cast_can_be_erased(cast):
    """The constraints, too, agree with the erased values."""
    for guest in (cast.greta, cast.zoe):
        factories.make_message(guest)
    for model in OURS:
        erased = getattr(model.Privacy, "erased", {})
        same_for_all = {name: value for name, value in erased.items() if not anew(model, name, value)}
        if same_for_all:
            model.objects.update(**same_for_all)


def anew(model, name, value):
    field = model._meta.get_field(name)
    return value is None and not field.null
