"""What every page of one event shares: found by whom it is for, and in the event's own time."""

from functools import wraps

from django.contrib import admin
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone

from ..models import Guest
from .access import ORGANISER, access_of


def in_zone_of(event, view, *args, **kwargs):
    """The view's whole answer, rendered while times are those of the event's time zone."""
    with timezone.override(event.zone):
        response = view(*args, **kwargs)
        if callable(getattr(response, "render", None)):
            response = response.render()
    return response


def event_page(view, roles=frozenset({ORGANISER})):
    """A page under …/event/<event_id>/…: view(request, …) finds the event as request.event; 404 for those who have
    none of the roles there.
    """

    @wraps(view)
    def page(request, event_id, *args, **kwargs):
        request.event = access_of(request).event(event_id, roles)
        try:
            return in_zone_of(request.event, view, request, *args, **kwargs)
        except Guest.DoesNotExist:  # forgotten at this very moment
            raise Http404 from None

    return page


def show(request, template, title, status=200, **context):
    """One of our own pages, with everything that stands around it."""
    around = admin.site.each_context(request)
    return TemplateResponse(request, template, {**around, "title": title, **context}, status=status)
