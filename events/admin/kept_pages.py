"""A form that was sent too late: whose session had ended, or whose page was open while somebody logged in beside it.

Nothing of it is lost. It goes along through the login, and is sent by one press. Nothing is sent by itself.
"""

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from config.middleware import keep_language

from ..forms.kept import keep, kept_fields


def keeps(request):
    """Whether a person sent this form from a page of ours; scripts see for themselves that they are logged out.

    A page of somebody else's may not bring its words here to be sent on by one press: the browser says whose it was.
    """
    ours = f"{request.scheme}://{request.get_host()}"
    is_navigation = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return request.method == "POST" and is_navigation and request.headers.get("Origin") == ours


def ask_to_log_in(site, request):
    """The login, with the typed words behind it; None where there are none."""
    kept = keep(request.POST, request.FILES) if keeps(request) else ""
    if not kept:
        return None
    return _login(site, request, kept, request.get_full_path(), status=401)


def ask_in_language(site, request, kept, language):
    """The same login in another language, which stays chosen, with the same words behind it."""
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language()
    response = _login(site, request, kept, request.POST.get(REDIRECT_FIELD_NAME, ""), status=200)
    keep_language(response, language)
    return response


def _login(site, request, kept, path, *, status):
    form = site.login_form(request)
    form.fields["username"].widget.attrs["autofocus"] = True
    context = {
        **site.each_context(request), "title": _("Log in"), "form": form, "app_path": reverse("admin:login"),
        "kept": kept, REDIRECT_FIELD_NAME: path,
    }  # fmt: skip
    request.current_app = site.name
    return TemplateResponse(request, "admin/login.html", context, status=status)


def ask_to_send_again(site, request, kept, path, status=200):
    """The words, one press away from where they were going."""
    said = {"title": _("One more press"), "has_permission": False, "fields": kept_fields(kept), "going_to": path}
    context = {**site.each_context(request), **said}
    return TemplateResponse(request, "admin/send_again.html", context, status=status)
