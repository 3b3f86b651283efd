"""The back office's own pages on one screen; each stands under its event and is found by its organisers only,
unless access.PAGES_OF_ROLE opens it to another role.

A page is named by module and function, and its module read when somebody first opens it: a web process that shows
guests their pages does not carry the back office.
"""

from importlib import import_module

from django.urls import path

from .access import roles_for
from .pages import event_page

EVENT = "events/event/<int:event_id>/"

PAGES = [
    ("overview/", "dashboard.event_overview", "event_overview"),
    ("state/<slug:state>/", "event_pages.change_state", "event_state"),
    ("changes/", "change_pages.change", "event_change"),
    ("changes/letter/<slug:language>/", "change_pages.letter", "event_change_letter"),
    ("changes/<int:change_id>/", "change_pages.changed", "event_changed"),
    ("changes/<int:change_id>/undo/", "change_pages.take_back", "event_change_undo"),
    ("programme/<int:activity_id>/cancel/", "event_pages.cancel_part", "event_part_cancel"),
    ("programme/<int:activity_id>/calendar/", "calendar_pages.invite", "event_part_calendar"),
    ("programme/<int:activity_id>/calendar/letter/", "calendar_pages.letter", "event_part_calendar_letter"),
    ("programme/<int:activity_id>/asked/", "asking_pages.asked", "event_asked"),
    ("programme/<int:activity_id>/asked/classes/", "asking_pages.classes", "event_asked_classes"),
    ("programme/<int:activity_id>/asked/add/", "asking_pages.add_question", "event_question_add"),
    ("programme/<int:activity_id>/asked/<int:question_id>/", "asking_pages.change_question", "event_question"),
    ("programme/<int:activity_id>/asked/<int:question_id>/move/", "asking_pages.move_question", "event_question_move"),
    (
        "programme/<int:activity_id>/asked/<int:question_id>/remove/",
        "asking_pages.remove_question",
        "event_question_remove",
    ),
    ("told/", "told_pages.told", "event_told"),
    ("guests/<int:guest_id>/answer/", "guest_pages.answer_for", "event_guest_answer"),
    ("guests/<int:guest_id>/told/", "behalf_pages.told_for", "event_guest_told"),
    ("guests/<int:guest_id>/companions/", "behalf_pages.companions_of", "event_guest_companions"),
    ("guests/<int:guest_id>/consents/", "behalf_pages.consents_of", "event_guest_consents"),
    ("guests/<int:guest_id>/invited-to/", "guest_pages.invited_to", "event_guest_invited"),
    ("guests/<int:guest_id>/late/<int:row_id>/", "deadline_pages.decide", "event_guest_late"),
    ("guests/<int:guest_id>/undo/<int:row_id>/", "undo_pages.undo", "event_guest_undo"),
    ("history/<int:row_id>/undo/", "undo_pages.undo", "event_undo"),
    ("guests/<int:guest_id>/new-link/", "guest_pages.renew_link", "event_guest_new_link"),
    ("guests/<int:guest_id>/end-calendar/", "guest_pages.end_feed", "event_guest_end_feed"),
    ("guests/<int:guest_id>/withdraw/", "guest_pages.revoke_link", "event_guest_withdraw"),
    ("guests/<int:guest_id>/forget/", "privacy_pages.forget", "event_guest_forget"),
    ("guests/import/", "guestlist_pages.choose_file", "event_guest_list_import"),
    ("guests/import/<int:upload_id>/columns/", "guestlist_pages.columns", "event_guest_list_columns"),
    ("guests/import/<int:upload_id>/", "guestlist_pages.check", "event_guest_list_check"),
    ("guests/import/<int:upload_id>/answer/", "guestlist_pages.answer", "event_guest_list_answer"),
    ("guests/import/<int:upload_id>/apply/", "guestlist_pages.apply", "event_guest_list_apply"),
    ("guests/import/<int:upload_id>/again/", "guestlist_pages.again", "event_guest_list_again"),
    ("guests/import/<int:upload_id>/put-away/", "guestlist_pages.put_away", "event_guest_list_put_away"),
    ("guests/import/<int:upload_id>/result/", "guestlist_pages.result", "event_guest_list_result"),
    ("letters/tone/", "letter_pages.tone", "event_letters_tone"),
    ("letters/picture/", "letter_pages.picture", "event_letters_picture"),
    ("letters/picture/remove/", "letter_pages.remove_picture", "event_letters_picture_remove"),
    ("letters/<slug:kind>/<slug:language>/", "letter_pages.editor", "event_letter"),
    ("letters/<slug:kind>/<slug:language>/preview/", "letter_preview.try_out", "event_letter_try"),
    ("letters/<slug:kind>/<slug:language>/ours/", "letter_pages.back_to_ours", "event_letter_ours"),
    ("outbox/<int:message_id>/mail/", "message_pages.mail", "event_mail"),
    ("outbox/<int:message_id>/again/", "message_pages.send_again", "event_mail_again"),
    ("outbox/refused/<slug:letter>/seen/", "postbox_pages.put_away", "event_refusal_put_away"),
    ("send/", "sending.choose_letter", "event_send_choose"),
    ("send/<slug:letter>/", "sending.send", "event_send"),
    ("send/<slug:letter>/as/<int:guest_id>/", "sending_look.preview_frame", "event_letter_preview"),
    ("send/<slug:letter>/test/<int:guest_id>/", "sending_look.send_test", "event_letter_test"),
    ("by-itself/", "reminder_pages.by_itself", "event_by_itself"),
    ("by-itself/begin/", "reminder_pages.begin", "event_by_itself_begin"),
    ("by-itself/<int:reminder_id>/", "reminder_pages.rule", "event_by_itself_rule"),
    ("by-itself/<int:reminder_id>/switch/", "reminder_pages.switch", "event_by_itself_switch"),
    ("by-itself/missed/<int:occurrence_id>/send/", "reminder_pages.send_missed", "event_by_itself_send"),
    ("by-itself/missed/<int:occurrence_id>/leave/", "reminder_pages.leave_missed", "event_by_itself_leave"),
    ("sendings/<int:campaign_id>/progress/", "campaign_pages.progress", "event_sending_progress"),
    ("sendings/<int:campaign_id>/stop/", "campaign_pages.stop", "event_sending_stop"),
    ("sendings/<int:campaign_id>/resume/", "campaign_pages.resume", "event_sending_resume"),
    ("substitutes/<int:substitute_id>/", "substitute_pages.decide", "event_substitute"),
    ("substitutes/<int:substitute_id>/decline/", "substitute_pages.decline", "event_substitute_decline"),
    ("voices/<int:voice_id>/read/", "voice_pages.mark", "event_voice_read"),
    ("inbox/<int:received_id>/", "received_pages.decide", "event_inbox_decide"),
    ("photographer/", "photographer_pages.photographers_list", "event_photographer"),
    ("race/", "race_day_pages.race_day", "event_race_day"),
    ("race/<int:activity_id>/contests/", "race_day_pages.contests", "event_race_contests"),
    ("race/<int:activity_id>/words/", "race_day_pages.words", "event_race_words"),
    ("race/<int:activity_id>/do/<slug:deed>/", "race_day_pages.race_deed", "event_race_deed"),
    ("late/", "deadline_pages.late_wishes", "event_late"),
    ("grace/", "deadline_pages.grace", "event_grace"),
    ("kitchen/", "kitchen_pages.kitchen", "event_kitchen"),
    ("kitchen/<int:activity_id>/list/", "kitchen_pages.names", "event_kitchen_list"),
    ("kitchen/<int:activity_id>/handed-over/", "kitchen_pages.hand_over", "event_kitchen_handed_over"),
    ("kitchen/<int:activity_id>/list.<slug:form>", "kitchen_pages.export", "event_kitchen_export"),
    ("board/", "board_pages.board", "event_board"),
    ("board/<int:activity_id>/make/", "board_pages.make", "event_board_make"),
    ("board/<int:activity_id>/live/", "board_pages.switch", "event_board_live"),
    ("board/<int:activity_id>/renew/", "board_pages.renew", "event_board_renew"),
    ("cheers/say/", "cheer_pages.say", "event_cheer_say"),
    ("cheers/rule/<int:activity_id>/", "cheer_pages.rule", "event_cheer_rule"),
    ("cheers/<int:cheer_id>/<slug:deed>/", "cheer_pages.decide", "event_cheer"),
    ("speaker/", "speaker_pages.speaker", "event_speaker"),
    ("speaker/<int:activity_id>/list.<slug:form>", "speaker_pages.export", "event_speaker_export"),
    ("race/set-up/", "race_setup_pages.set_up", "event_race_setup"),
    ("race/<int:activity_id>/course/", "race_setup_pages.course", "event_race_course"),
    ("race/<int:activity_id>/classes/", "race_setup_pages.rules", "event_race_rules"),
    ("race/starts/", "start_pages.starts_of_race", "event_starts"),
    ("race/<int:activity_id>/starts/bibs/", "start_giving_pages.bibs", "event_starts_bibs"),
    ("race/<int:activity_id>/starts/times/", "start_giving_pages.times", "event_starts_times"),
    ("race/<int:activity_id>/starts/waves/", "start_giving_pages.all_waves", "event_starts_waves"),
    ("race/<int:activity_id>/starts/waves/<int:wave_id>/", "start_giving_pages.one_wave", "event_starts_wave"),
    (
        "race/<int:activity_id>/starts/waves/<int:wave_id>/remove/",
        "start_giving_pages.remove_wave",
        "event_starts_wave_remove",
    ),
    ("race/<int:activity_id>/starts/undo/<int:row_id>/", "start_giving_pages.undo", "event_starts_undo"),
    ("race/<int:activity_id>/starts/next/", "start_pages.next_free", "event_starts_next"),
    ("race/<int:activity_id>/starts/move/", "start_pages.move", "event_starts_move"),
    ("race/<int:activity_id>/starts/more/", "start_pages.more", "event_starts_more"),
    ("race/<int:activity_id>/starts/<int:guest_id>/", "start_pages.runner", "event_start"),
    ("waiting/", "waiting_pages.waiting_lists", "event_waiting"),
    ("waiting/<int:answer_id>/move/", "waiting_pages.move", "event_waiting_move"),
    ("waiting/<int:answer_id>/give/", "waiting_pages.give", "event_waiting_give"),
    ("race/files/", "result_file_pages.results_in", "event_results_in"),
    ("race/files/<int:file_id>/columns/", "result_file_pages.columns", "event_results_columns"),
    ("race/files/<int:file_id>/", "result_file_pages.check", "event_results_check"),
    ("race/files/<int:file_id>/answer/", "result_file_pages.answer", "event_results_answer"),
    ("race/files/<int:file_id>/apply/", "result_file_pages.apply", "event_results_apply"),
    ("race/files/<int:file_id>/put-away/", "result_file_pages.put_away", "event_results_put_away"),
    ("race/files/<int:file_id>/said/", "result_file_pages.said", "event_results_said"),
    ("race/files/<int:file_id>/undo/", "result_file_pages.undo", "event_results_undo"),
    ("race/times/", "typing_pages.times", "event_times"),
    ("race/times/undo/", "typing_pages.undo", "event_time_undo"),
    ("race/times/<int:guest_id>/", "typing_pages.time_of", "event_time"),
    ("documents/", "document_pages.documents_page", "event_documents"),
    ("documents/<int:activity_id>/<slug:what>.pdf", "document_pages.document", "event_document"),
    ("documents/<int:activity_id>/<slug:what>.png", "document_pages.picture", "event_document_picture"),
    ("export/<slug:what>.<slug:form>", "export_pages.export", "event_export"),
]


def view_named(name):
    """The view of a page, read when it is first called."""
    module, function = name.split(".")

    def view(request, *args, **kwargs):
        return getattr(import_module(f".{module}", __package__), function)(request, *args, **kwargs)

    return view


def event_urls(site):
    return [
        path(EVENT + route, site.admin_view(event_page(view_named(view), roles_for(name))), name=name)
        for route, view, name in PAGES
    ]
