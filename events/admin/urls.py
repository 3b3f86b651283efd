"""The back office's own pages on one screen; each stands under its event and is found by its organisers only,
unless access.PAGES_OF_ROLE opens it to another role.
"""

from django.urls import path

from . import (
    asking_pages,
    behalf_pages,
    campaign_pages,
    dashboard,
    deadline_pages,
    event_pages,
    export_pages,
    guest_pages,
    guestlist_pages,
    kitchen_pages,
    letter_pages,
    letter_preview,
    message_pages,
    photographer_pages,
    postbox_pages,
    privacy_pages,
    received_pages,
    sending,
    sending_look,
    substitute_pages,
    told_pages,
    undo_pages,
    voice_pages,
    waiting_pages,
)
from .access import roles_for
from .pages import event_page

EVENT = "events/event/<int:event_id>/"

PAGES = [
    ("overview/", dashboard.event_overview, "event_overview"),
    ("state/<slug:state>/", event_pages.change_state, "event_state"),
    ("programme/<int:activity_id>/cancel/", event_pages.cancel_part, "event_part_cancel"),
    ("programme/<int:activity_id>/asked/", asking_pages.asked, "event_asked"),
    ("programme/<int:activity_id>/asked/classes/", asking_pages.classes, "event_asked_classes"),
    ("programme/<int:activity_id>/asked/add/", asking_pages.add_question, "event_question_add"),
    ("programme/<int:activity_id>/asked/<int:question_id>/", asking_pages.change_question, "event_question"),
    ("programme/<int:activity_id>/asked/<int:question_id>/move/", asking_pages.move_question, "event_question_move"),
    (
        "programme/<int:activity_id>/asked/<int:question_id>/remove/",
        asking_pages.remove_question,
        "event_question_remove",
    ),
    ("told/", told_pages.told, "event_told"),
    ("guests/<int:guest_id>/answer/", guest_pages.answer_for, "event_guest_answer"),
    ("guests/<int:guest_id>/told/", behalf_pages.told_for, "event_guest_told"),
    ("guests/<int:guest_id>/companions/", behalf_pages.companions_of, "event_guest_companions"),
    ("guests/<int:guest_id>/consents/", behalf_pages.consents_of, "event_guest_consents"),
    ("guests/<int:guest_id>/invited-to/", guest_pages.invited_to, "event_guest_invited"),
    ("guests/<int:guest_id>/late/<int:row_id>/", deadline_pages.decide, "event_guest_late"),
    ("guests/<int:guest_id>/undo/<int:row_id>/", undo_pages.undo, "event_guest_undo"),
    ("history/<int:row_id>/undo/", undo_pages.undo, "event_undo"),
    ("guests/<int:guest_id>/new-link/", guest_pages.renew_link, "event_guest_new_link"),
    ("guests/<int:guest_id>/withdraw/", guest_pages.revoke_link, "event_guest_withdraw"),
    ("guests/<int:guest_id>/forget/", privacy_pages.forget, "event_guest_forget"),
    ("guests/import/", guestlist_pages.choose_file, "event_guest_list_import"),
    ("guests/import/<int:upload_id>/columns/", guestlist_pages.columns, "event_guest_list_columns"),
    ("guests/import/<int:upload_id>/", guestlist_pages.check, "event_guest_list_check"),
    ("guests/import/<int:upload_id>/answer/", guestlist_pages.answer, "event_guest_list_answer"),
    ("guests/import/<int:upload_id>/apply/", guestlist_pages.apply, "event_guest_list_apply"),
    ("guests/import/<int:upload_id>/again/", guestlist_pages.again, "event_guest_list_again"),
    ("guests/import/<int:upload_id>/put-away/", guestlist_pages.put_away, "event_guest_list_put_away"),
    ("guests/import/<int:upload_id>/result/", guestlist_pages.result, "event_guest_list_result"),
    ("letters/tone/", letter_pages.tone, "event_letters_tone"),
    ("letters/picture/", letter_pages.picture, "event_letters_picture"),
    ("letters/picture/remove/", letter_pages.remove_picture, "event_letters_picture_remove"),
    ("letters/<slug:kind>/<slug:language>/", letter_pages.editor, "event_letter"),
    ("letters/<slug:kind>/<slug:language>/preview/", letter_preview.try_out, "event_letter_try"),
    ("letters/<slug:kind>/<slug:language>/ours/", letter_pages.back_to_ours, "event_letter_ours"),
    ("outbox/<int:message_id>/mail/", message_pages.mail, "event_mail"),
    ("outbox/<int:message_id>/again/", message_pages.send_again, "event_mail_again"),
    ("outbox/refused/<slug:letter>/seen/", postbox_pages.put_away, "event_refusal_put_away"),
    ("send/", sending.choose_letter, "event_send_choose"),
    ("send/<slug:letter>/", sending.send, "event_send"),
    ("send/<slug:letter>/as/<int:guest_id>/", sending_look.preview_frame, "event_letter_preview"),
    ("send/<slug:letter>/test/<int:guest_id>/", sending_look.send_test, "event_letter_test"),
    ("sendings/<int:campaign_id>/progress/", campaign_pages.progress, "event_sending_progress"),
    ("sendings/<int:campaign_id>/stop/", campaign_pages.stop, "event_sending_stop"),
    ("sendings/<int:campaign_id>/resume/", campaign_pages.resume, "event_sending_resume"),
    ("substitutes/<int:substitute_id>/", substitute_pages.decide, "event_substitute"),
    ("substitutes/<int:substitute_id>/decline/", substitute_pages.decline, "event_substitute_decline"),
    ("voices/<int:voice_id>/read/", voice_pages.mark, "event_voice_read"),
    ("inbox/<int:received_id>/", received_pages.decide, "event_inbox_decide"),
    ("photographer/", photographer_pages.photographers_list, "event_photographer"),
    ("late/", deadline_pages.late_wishes, "event_late"),
    ("grace/", deadline_pages.grace, "event_grace"),
    ("kitchen/", kitchen_pages.kitchen, "event_kitchen"),
    ("kitchen/<int:activity_id>/list/", kitchen_pages.names, "event_kitchen_list"),
    ("kitchen/<int:activity_id>/handed-over/", kitchen_pages.hand_over, "event_kitchen_handed_over"),
    ("kitchen/<int:activity_id>/list.<slug:form>", kitchen_pages.export, "event_kitchen_export"),
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
