"""Filters as fields of one form above the list, so that they are large enough to press and easy to combine."""

from django.contrib import admin


class Choice(admin.SimpleListFilter):
    """A drop-down. Subclasses give title, parameter_name, lookups() and queryset()."""

    template = "admin/filters/choice.html"

    def has_output(self):
        return True

    def choices(self, changelist):
        chosen = self.value()
        for value, title in self.lookup_choices:
            yield {"value": value, "display": title, "selected": chosen == str(value)}


class Text(admin.SimpleListFilter):
    """A field to write in. Subclasses give title, parameter_name and queryset()."""

    template = "admin/filters/text.html"

    def lookups(self, request, model_admin):
        return [("", "")]

    def has_output(self):
        return True

    def choices(self, changelist):
        yield {"value": self.value() or ""}


def by_choices(field, name, label, pairs):
    """A drop-down class over the choices of a field (path); unknown values find nothing."""

    class ByChoices(Choice):
        title = label
        parameter_name = name

        def lookups(self, request, model_admin):
            return pairs() if callable(pairs) else pairs

        def queryset(self, request, queryset):
            if self.value() is None:
                return queryset
            known = {str(value) for value, _title in self.lookup_choices}
            return queryset.filter(**{field: self.value()}) if self.value() in known else queryset.none()

    return ByChoices


def without_blanks(request):
    """Forgets the filters left empty, and the language to show, which filters nothing; and the NULs that PostgreSQL
    takes in no text.
    """
    chosen = request.GET.copy()
    for name, values in list(chosen.lists()):
        chosen.setlist(name, [value.replace("\0", "") for value in values])
        if name == "lang" or not any(chosen.getlist(name)):
            del chosen[name]
    request.GET = chosen
