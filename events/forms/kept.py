"""What somebody typed into a page that could not be saved yet: carried along until it is sent again."""

import json

from django.utils.datastructures import MultiValueDict

_NOT_ASKED_OF_PEOPLE = "csrfmiddlewaretoken"
_NEVER = "password"  # a field with this in its name is not carried along, nor is what stands beside it


def keep(posted, files):
    """The fields as text, or "" where nothing was typed, or where a file or a password must be chosen again."""
    names = [name for name in posted if name != _NOT_ASKED_OF_PEOPLE]
    if files or not names or any(_NEVER in name for name in names):
        return ""
    return json.dumps({name: posted.getlist(name) for name in names}, ensure_ascii=False)


def kept_fields(text):
    """[(name, value), …] of what `keep` made; of anything else, nothing."""
    try:
        fields = MultiValueDict(json.loads(text))
        return [(str(name), str(value)) for name, values in fields.lists() for value in values]
    except (ValueError, TypeError, RecursionError):
        return []
