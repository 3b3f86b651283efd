"""A text changed in one language: whoever reads another is told the old one, so that is said to the organiser."""

from django.contrib import messages
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..forms.texts import left_behind


def say_what_reads_as_before(request, form):
    for label, changed, others in left_behind(form):
        said = _("%(field)s is new in %(changed)s only. In %(others)s it still reads as before: change that, too?")
        facts = {"field": capfirst(label), "changed": ", ".join(changed), "others": ", ".join(others)}
        messages.warning(request, said % facts)
