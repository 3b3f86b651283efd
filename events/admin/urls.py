"""The back office's own pages on one screen; each stands under its event and is found by its organisers only."""

from django.urls import path

from . import dashboard, event_pages, export_pages, guest_pages
from .pages import event_page

EVENT = "events/event/<int:event_id>/"

PAGES = [
    ("overview/", dashboard.event_overview, "event_overview"),
    ("state/<slug:state>/", event_pages.change_state, "event_state"),
    ("programme/<int:activity_id>/cancel/", event_pages.cancel_part, "event_part_cancel"),
    ("guests/<int:guest_id>/answer/", guest_pages.answer_for, "event_guest_answer"),
    ("guests/<int:guest_id>/new-link/", guest_pages.renew_link, "event_guest_new_link"),
    ("guests/<int:guest_id>/withdraw/", guest_pages.revoke_link, "event_guest_withdraw"),
    ("waiting/", guest_pages.waiting_lists, "event_waiting"),
    ("export/<slug:what>.<slug:form>", export_pages.export, "event_export"),
]


def event_urls(site):
    return [path(EVENT + route, site.admin_view(event_page(view)), name=name) for route, view, name in PAGES]
