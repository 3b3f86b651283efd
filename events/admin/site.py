"""The organisers' back office: Django's admin with our own face and our own way in."""

from functools import wraps

from django.conf import settings
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..forms.kept import keep
from ..forms.login import LoginForm
from ..reports import thrown_away
from .access import access_of, roles_for
from .kept_pages import ask_in_language, ask_to_log_in, ask_to_send_again, keeps
from .navigation import navigation, way_in
from .pages import event_page
from .postbox_pages import trouble, try_again
from .urls import event_urls


class BackOffice(admin.AdminSite):
    site_header = settings.COMPANY_NAME
    site_title = _("Back office")
    index_title = _("Events")
    enable_nav_sidebar = False
    login_form = LoginForm

    def each_context(self, request):
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": "/",
            "has_permission": self.has_permission(request),
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            "navigation": SimpleLazyObject(lambda: navigation(request)),
            "mail_trouble": SimpleLazyObject(lambda: trouble(request)),
            "mail_trouble_path": request.get_full_path() if request.method == "GET" else request.path,
        }

    def index(self, request, extra_context=None):
        """The events I work on; with only one that still lies ahead, straight to it."""
        access = access_of(request)
        events = list(access.worked_on.values())
        ahead = [event for event in events if event.state in ("draft", "open", "closed")]
        if len(ahead) == 1 and "all" not in request.GET:
            return HttpResponseRedirect(way_in(access, ahead[0]))
        context = {
            **self.each_context(request),
            "title": gettext("Events"),
            "events": [(event, way_in(access, event)) for event in events],
            "thrown_away": thrown_away.lately(request.user, now=timezone.now()),
            "may_make_events": request.user.has_perm("events.add_event"),
            **(extra_context or {}),
        }
        request.current_app = self.name
        return TemplateResponse(request, "admin/index.html", context)

    def app_index(self, request, app_label, extra_context=None):
        return HttpResponseRedirect(reverse("admin:index"))

    def admin_view(self, view, cacheable=False):
        """As Django's; a form that comes after its session has ended is kept while one logs in again."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def page(request, *args, **kwargs):
            asked = None if self.has_permission(request) else ask_to_log_in(self, request)
            return asked or inner(request, *args, **kwargs)

        return page

    def login(self, request, extra_context=None):
        """What was kept stays through wrong passwords and a change of language; after the right one it waits for one
        more press.
        """
        kept, language = request.POST.get("kept", ""), request.POST.get("language")
        if kept and language in dict(settings.LANGUAGES):
            return ask_in_language(self, request, kept, language)
        response = super().login(request, {"kept": kept, **(extra_context or {})})
        if kept and response.status_code == 302 and self.has_permission(request):
            return ask_to_send_again(self, request, kept, response.url)
        return response

    def refused_form(self, request):
        """A form of our own whose token is of an earlier login: to be sent once more; None where it is not ours."""
        if not self.has_permission(request):
            return ask_to_log_in(self, request)
        kept = keep(request.POST, request.FILES) if keeps(request) else ""
        return ask_to_send_again(self, request, kept, request.get_full_path(), status=403) if kept else None

    def get_urls(self):
        """Each section's list and form stand under its event, before the admin's own addresses."""
        urls = [
            path("mail/try-again/", self.admin_view(try_again), name="mail_try_again"),
            *event_urls(self),
        ]
        for model_admin in self._registry.values():
            section = getattr(model_admin, "section", "")
            if not section:
                continue
            base = f"events/event/<int:event_id>/{section}/"
            name = f"event_{section}"
            pages = {"": (name, model_admin.changelist_view), "add/": (f"{name}_add", model_admin.add_view)}
            urls += [
                path(base + end, self.admin_view(event_page(view, roles_for(name))), name=name)
                for end, (name, view) in pages.items()
            ]
        return [*urls, *super().get_urls()]
