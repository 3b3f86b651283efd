"""The back office's own pages on one screen; each stands under its event and is found by its organisers only,
unless access.PAGES_OF_ROLE opens it to another role.
"""

from django.urls import path

from . import (
    dashboard,
    event_pages,
    export_pages,
    guest_pages,
    guestlist_pages,
    message_pages,
    photographer_pages,
    sending,
    waiting_pages,
)
from .access import roles_for
from .pages import event_page

EVENT = "events/event/<int:event_id>/"

PAGES = [
    ("overview/", dashboard.event_overview, "event_overview"),
    ("state/<slug:state>/", event_pages.change_state, "event_state"),
    ("programme/<int:activity_id>/cancel/", event_pages.cancel_part, "event_part_cancel"),
    ("guests/<int:guest_id>/answer/", guest_pages.answer_for, "event_guest_answer"),
    ("guests/<int:guest_id>/invited-to/", guest_pages.invited_to, "event_guest_invited"),
    ("guests/<int:guest_id>/new-link/", guest_pages.renew_link, "event_guest_new_link"),
    ("guests/<int:guest_id>/withdraw/", guest_pages.revoke_link, "event_guest_withdraw"),
    ("guests/import/", guestlist_pages.choose_file, "event_guest_list_import"),
    ("guests/import/<int:upload_id>/columns/", guestlist_pages.columns, "event_guest_list_columns"),
    ("guests/import/<int:upload_id>/", guestlist_pages.check, "event_guest_list_check"),
    ("guests/import/<int:upload_id>/answer/", guestlist_pages.answer, "event_guest_list_answer"),
    ("guests/import/<int:upload_id>/apply/", guestlist_pages.apply, "event_guest_list_apply"),
    ("guests/import/<int:upload_id>/again/", guestlist_pages.again, "event_guest_list_again"),
    ("guests/import/<int:upload_id>/put-away/", guestlist_pages.put_away, "event_guest_list_put_away"),
    ("guests/import/<int:upload_id>/result/", guestlist_pages.result, "event_guest_list_result"),
    ("outbox/<int:message_id>/mail/", message_pages.mail, "event_mail"),
    ("outbox/<int:message_id>/again/", message_pages.send_again, "event_mail_again"),
    ("send/", sending.choose_letter, "event_send_choose"),
    ("send/<slug:letter>/", sending.send, "event_send"),
    ("send/<slug:letter>/done/", sending.sent, "event_sent"),
    ("send/<slug:letter>/as/<int:guest_id>/", sending.preview_frame, "event_letter_preview"),
    ("send/<slug:letter>/test/<int:guest_id>/", sending.send_test, "event_letter_test"),
    ("photographer/", photographer_pages.photographers_list, "event_photographer"),
    ("waiting/", waiting_pages.waiting_lists, "event_waiting"),
    ("waiting/<int:answer_id>/move/", waiting_pages.move, "event_waiting_move"),
    ("waiting/<int:answer_id>/give/", waiting_pages.give, "event_waiting_give"),
    ("export/<slug:what>.<slug:form>", export_pages.export, "event_export"),
]


def event_urls(site):
    return [
        path(EVENT + route, site.admin_view(event_page(view, roles_for(name))), name=name)
        for route, view, name in PAGES
    ]
