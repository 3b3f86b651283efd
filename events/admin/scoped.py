"""The habits all our ModelAdmins share: own theme, own inputs, and default deny by event."""

from django import forms
from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.admin.utils import unquote
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..forms.fields import DayField, MomentField, NumberField
from ..forms.seen import seen_form
from ..forms.texts import TextsFormField
from ..models import TextsField
from .access import ORGANISER, access_of, roles_for
from .filters import without_blanks
from .pages import in_zone_of

DATE = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
MOMENT = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
NOTHING_CHOSEN = "–"


class DeepPaginator(Paginator):
    """Far into a long list the rows are found by their ids alone first, and only those shown are joined."""

    DEEP = 500

    def page(self, number):
        page = super().page(number)
        start = page.start_index() - 1
        if start >= self.DEEP:
            ids = list(self.object_list.values_list("pk", flat=True)[start : start + self.per_page])
            page.object_list = self.object_list.filter(pk__in=ids)
        return page


class OfficeAdmin(admin.ModelAdmin):
    """A ModelAdmin in our theme. Organisers may look; whatever else they may, a subclass says so."""

    formfield_overrides = {
        models.URLField: {"widget": forms.URLInput, "assume_scheme": "https"},
        models.EmailField: {"widget": forms.EmailInput(attrs={"autocomplete": "off"})},  # another person's (WCAG 1.3.5)
        models.DateField: {"form_class": DayField, "widget": DATE},
        models.DateTimeField: {"form_class": MomentField, "widget": MOMENT},
    }
    list_per_page = 50
    paginator = DeepPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    section_title = ""
    add_title = _("Add")
    empty_value_display = mark_safe('<span class="nothing">–</span>')
    may_add = may_change = may_delete = False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, TextsField):
            return TextsFormField(
                long=db_field.long,
                label=db_field.verbose_name,
                help_text=db_field.help_text,
                required=not db_field.blank,
            )
        if isinstance(db_field, models.PositiveSmallIntegerField) and db_field.has_default():
            kwargs |= {"form_class": NumberField, "usual": db_field.default, "widget": forms.NumberInput}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        # The pop-ups beside a drop-down need scripts and lead away from the form.
        return self._plain(field)

    @staticmethod
    def _plain(field):
        if field and hasattr(field.widget, "can_add_related"):
            field.widget = field.widget.widget
        if isinstance(field, forms.ModelChoiceField) and field.empty_label:
            field.empty_label = NOTHING_CHOSEN
        elif isinstance(field, forms.TypedChoiceField):
            field.choices = [(value, name if value else NOTHING_CHOSEN) for value, name in field.choices]
        return field

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj:
            kwargs.setdefault("form", seen_form(self.form))
        return super().get_form(request, obj, change=change, **kwargs)

    @property
    def media(self):
        """Only what the boxes before the rows need."""
        return forms.Media(js=["admin/js/actions.js"] if self.actions else [])

    def is_allowed(self, request, obj=None):
        """Whether this person works with such things at all, or with this one."""
        return access_of(request).is_organiser

    def has_module_permission(self, request):
        return self.is_allowed(request)

    def has_view_permission(self, request, obj=None):
        return self.is_allowed(request, obj)

    def has_add_permission(self, request):
        return self.may_add and self.is_allowed(request)

    def has_change_permission(self, request, obj=None):
        return self.may_change and self.is_allowed(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.may_delete and self.is_allowed(request, obj)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404

    def action_checkbox(self, obj):
        """As Django's own, without a form's field and a template for every row."""
        label = gettext("Choose %(name)s") % {"name": obj}
        return format_html(
            '<label class="tick">'
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}"></label>',
            helpers.ACTION_CHECKBOX_NAME, obj.pk, label,
        )  # fmt: skip

    def link_to(self, guest):
        """The guest's name, leading to the guest's page; whoever is forgotten has none."""
        if guest.forgotten_at:
            return guest.name
        return format_html('<a href="{}">{}</a>', reverse("admin:events_guest_change", args=[guest.pk]), guest)

    def link_to_in_list(self, guest):
        """The same, and with whom a companion comes."""
        return format_html("{} {}", self.link_to(guest), guest.comes_with) if guest.comes_with else self.link_to(guest)

    def get_object(self, request, object_id, from_field=None):
        """Looked up once per request and id, for the page and its event are needed before the form."""
        kept = request.__dict__.setdefault("kept_objects", {})
        key = (self.model, object_id, from_field)
        if key not in kept:
            kept[key] = super().get_object(request, object_id, from_field)
        return kept[key]

    def lookup_allowed(self, lookup, value, request=None):
        """Only what the filters ask: by a lookup over relations, a list would tell of other events' guests (S7)."""
        return lookup in {each.parameter_name for each in self.get_list_filter(request)}

    def add_context(self, request):
        """Where a new one is made, for the button above the list."""
        if not self.has_add_permission(request):
            return {}
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return {"add_url": url, "add_title": self.add_title}

    def title_of_list(self):
        return self.section_title or capfirst(self.opts.verbose_name_plural)

    def changelist_view(self, request, extra_context=None):
        without_blanks(request)
        title = {"title": self.title_of_list()}
        return super().changelist_view(request, {**title, **self.add_context(request), **(extra_context or {})})

    def way_back(self, request):
        """The list as it was filtered when the organiser left it."""
        filters = request.GET.get("_changelist_filters", "")
        return self.list_url(getattr(request, "event", None)) + (f"?{filters}" if filters else "")

    def list_url(self, event):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        extra = {"list_url": self.way_back(request), "list_title": self.title_of_list(), "title": self.add_title}
        if object_id and (obj := self.get_object(request, unquote(object_id))):
            extra |= {"title": str(obj), "subtitle": None}
        return super().changeform_view(request, object_id, form_url, {**extra, **(extra_context or {})})


class SuperuserAdmin(OfficeAdmin):
    """For superusers only."""

    may_add = may_change = may_delete = True

    def is_allowed(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser


class EventScopedAdmin(OfficeAdmin):
    """Rows that belong to an event. Its list is …/event/<id>/<section>/; other events' rows are not found."""

    event_path = "event"
    section = ""
    spans_events = False

    def event_id_of(self, obj):
        for name in self.event_path.split("__"):
            obj = getattr(obj, name if name != "event" else "event_id")
        return obj

    def is_allowed(self, request, obj=None):
        access = access_of(request)
        return access.organises(self.event_id_of(obj)) if obj else access.is_organiser

    def get_queryset(self, request):
        """Rows of the chosen event, else of all this person organises; other roles find none, but for `seen_by`."""
        rows, access = super().get_queryset(request), access_of(request)
        event = getattr(request, "event", None)
        if event:
            rows = rows.filter(**{self.event_path: event})
        if request.user.is_superuser or (event and access.organises(event.pk)):
            return rows
        return self.seen_by(access, rows)

    def seen_by(self, access, rows):
        """Of these rows those this person sees who does not organise the event in hand, or has none in hand."""
        return rows.filter(**{f"{self.event_path}__in": list(access.events)})

    def add_context(self, request):
        if not self.may_add or not self.section:
            return {}
        url = reverse(f"admin:event_{self.section}_add", args=[request.event.pk])
        return {"add_url": url, "add_title": self.add_title}

    def list_url(self, event):
        if self.spans_events or event is None:
            return super().list_url(event)
        return reverse(f"admin:event_{self.section}", args=[event.pk])

    def changelist_view(self, request, extra_context=None):
        """The list of the chosen event; without one, where an event is chosen."""
        if not hasattr(request, "event") and not self.spans_events:
            events = list(access_of(request).events.values())
            to = self.list_url(events[0]) if len(events) == 1 else reverse("admin:index")
            return HttpResponseRedirect(to)
        return super().changelist_view(request, extra_context)

    def add_view(self, request, form_url="", extra_context=None):
        if not hasattr(request, "event"):
            raise Http404
        return super().add_view(request, form_url, extra_context)

    def _found(self, request, object_id, roles=frozenset({ORGANISER})):
        """Finds the row's event for the page around it; 404 for what is not this person's."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        request.event = access_of(request).event(self.event_id_of(obj), roles)
        request.section = self.section
        return request.event

    def change_view(self, request, object_id, form_url="", extra_context=None):
        event = self._found(request, object_id, roles_for(f"event_{self.section}"))
        return in_zone_of(event, super().change_view, request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        event = self._found(request, object_id)
        return in_zone_of(event, super().delete_view, request, object_id, extra_context)

    def history_view(self, request, object_id, extra_context=None):
        event = self._found(request, object_id)
        return in_zone_of(event, super().history_view, request, object_id, extra_context)

    def save_model(self, request, obj, form, change):
        """Of a row that is there only what was typed, for the guest may be saving an answer at this very moment."""
        if change:
            obj.save(update_fields=form.changed_data)
            return
        if self.event_path == "event":
            obj.event = request.event
        obj.save()

    def save_formset(self, request, form, formset, change):
        formset.save(commit=False)
        for obj, fields in formset.changed_objects:
            obj.save(update_fields=fields)

    def get_preserved_filters(self, request):
        """The filters in force come back with the organiser, also to the list under the event."""
        match = request.resolver_match
        if match and match.url_name == f"event_{self.section}":
            return urlencode({"_changelist_filters": request.GET.urlencode()}) if request.GET else ""
        return super().get_preserved_filters(request)

    def response_post_save_add(self, request, obj):
        return HttpResponseRedirect(self.way_back(request))

    response_post_save_change = response_post_save_add

    def response_delete(self, request, obj_display, obj_id):
        super().response_delete(request, obj_display, obj_id)
        return HttpResponseRedirect(self.way_back(request))
