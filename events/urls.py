"""The guests' site on one screen."""

from django.urls import path, re_path, register_converter

from .domain.photos import KEY_LENGTH
from .views import (
    calendars,
    cheering,
    companions,
    consents,
    documents,
    earlier,
    food,
    guest,
    health,
    home,
    language,
    live,
    my_data,
    not_me,
    photo_adding,
    photo_files,
    photos,
    pictures,
    place,
    questions,
    race,
    results,
    security,
    substitute,
    unsubscribe,
    who,
    word,
)


class PhotoKey:
    """The address of a photo (domain.photos)."""

    regex = f"[0-9A-Za-z]{{{KEY_LENGTH}}}"
    to_python = to_url = staticmethod(str)


register_converter(PhotoKey, "photo")

urlpatterns = [
    path("healthz", health.health, name="health"),
    path(".well-known/security.txt", security.security_txt, name="security_txt"),
    path("", home.home, name="home"),
    path("link-sent/", home.link_sent, name="link_sent"),
    path("privacy/", home.privacy, name="privacy"),
    path("accessibility/", home.accessibility, name="accessibility"),
    re_path(r"^pictures/(?P<key>[0-9A-Za-z]{24})\.jpg$", pictures.letter_picture, name="letter_picture"),
    re_path(r"^logo/(?P<key>[0-9a-f]{16})$", pictures.logo, name="logo"),
    re_path(r"^colours/(?P<key>[0-9a-f]{16})\.css$", pictures.colours, name="colours"),
    path("i18n/setlang/", language.set_language, name="set_language"),
    path("i/<str:token>/", guest.guest_page, name="guest_page"),
    path("i/<str:token>/answered/", guest.answered, name="answered"),
    path("i/<str:token>/food/", food.food, name="food"),
    path("i/<str:token>/companions/", companions.companions, name="companions"),
    path("i/<str:token>/place/<str:activity>/", place.place, name="place"),
    path("i/<str:token>/consents/", consents.consents, name="consents"),
    path("i/<str:token>/who/", who.who, name="who"),
    path("i/<str:token>/calendar/", calendars.in_my_calendar, name="in_my_calendar"),
    path("i/<str:token>/calendar/<str:activity>.ics", guest.calendar, name="calendar"),
    path("i/<str:token>/substitute/", substitute.substitute, name="substitute"),
    path("i/<str:token>/not-me/", not_me.not_me, name="not_me"),
    path("i/<str:token>/not-me/thanks/", not_me.not_me_thanks, name="not_me_thanks"),
    path("i/<str:token>/word/", word.word, name="word"),
    path("i/<str:token>/race/", race.race, name="race"),
    path("i/<str:token>/results/diploma.pdf", documents.diploma, name="diploma"),
    path("i/<str:token>/results/share/<str:shape>.png", documents.share_picture, name="share_picture"),
    path("i/<str:token>/results/", results.results, name="results"),
    path("i/<str:token>/earlier/", earlier.earlier_times, name="earlier_times"),
    path("i/<str:token>/cheers/", cheering.cheers, name="cheers"),
    path("i/<str:token>/photos/add/", photo_adding.photo_add, name="photo_add"),
    path("p/<str:token>/", photo_adding.table_photos, name="table_photos"),
    path("i/<str:token>/questions/", questions.questions, name="questions"),
    path("i/<str:token>/photos/", photos.photos, name="photos"),
    path("i/<str:token>/photos/take/", photo_files.photos_take, name="photos_take"),
    path("i/<str:token>/photos/all.zip", photo_files.photos_zip, name="photos_zip"),
    path("i/<str:token>/photos/<photo:key>/", photos.photo, name="photo"),
    path("i/<str:token>/photos/<photo:key>/me/", photos.photo_me, name="photo_me"),
    path("i/<str:token>/photos/<photo:key>/remove/", photos.photo_remove, name="photo_remove"),
    path("i/<str:token>/photos/<photo:key>/<str:name>", photo_files.photo_file, name="photo_file"),
    path("i/<str:token>/data/", my_data.my_data, name="my_data"),
    path("i/<str:token>/data/download.html", my_data.my_data_html, name="my_data_html"),
    path("i/<str:token>/data/download.json", my_data.my_data_json, name="my_data_json"),
    path("i/<str:token>/data/photos/<slug:key>.jpg", my_data.my_photo, name="my_photo"),
    path("i/<str:token>/data/correct/", my_data.correct_data, name="correct_data"),
    path("i/<str:token>/data/no-more/", my_data.no_more_invitations, name="no_more_invitations"),
    path("i/<str:token>/data/forget/", my_data.forget_me, name="forget_me"),
    path("forgotten/", my_data.forgotten, name="forgotten"),
    path("u/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("c/<str:token>.ics", calendars.feed, name="feed"),
    path("live/<str:token>/", live.board, name="board"),
    path("live/<str:token>/board.json", live.board_json, name="board_json"),
    re_path(r"^live/(?P<rest>(?s:.+))$", guest.elsewhere),
    re_path(r"^[icpu]/(?P<rest>(?s:.+))$", guest.elsewhere),  # a path converter stops at a line break
]
