"""The guests' site on one screen."""

from django.urls import path, re_path

from .views import (
    companions,
    consents,
    food,
    guest,
    health,
    home,
    language,
    my_data,
    not_me,
    place,
    questions,
    race,
    substitute,
    unsubscribe,
    who,
    word,
)

urlpatterns = [
    path("healthz", health.health, name="health"),
    path("", home.home, name="home"),
    path("link-sent/", home.link_sent, name="link_sent"),
    path("privacy/", home.privacy, name="privacy"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("i18n/setlang/", language.set_language, name="set_language"),
    path("i/<str:token>/", guest.guest_page, name="guest_page"),
    path("i/<str:token>/answered/", guest.answered, name="answered"),
    path("i/<str:token>/food/", food.food, name="food"),
    path("i/<str:token>/companions/", companions.companions, name="companions"),
    path("i/<str:token>/place/<str:activity>/", place.place, name="place"),
    path("i/<str:token>/consents/", consents.consents, name="consents"),
    path("i/<str:token>/who/", who.who, name="who"),
    path("i/<str:token>/calendar/<str:activity>.ics", guest.calendar, name="calendar"),
    path("i/<str:token>/substitute/", substitute.substitute, name="substitute"),
    path("i/<str:token>/not-me/", not_me.not_me, name="not_me"),
    path("i/<str:token>/not-me/thanks/", not_me.not_me_thanks, name="not_me_thanks"),
    path("i/<str:token>/word/", word.word, name="word"),
    path("i/<str:token>/race/", race.race, name="race"),
    path("i/<str:token>/questions/", questions.questions, name="questions"),
    path("i/<str:token>/data/", my_data.my_data, name="my_data"),
    path("i/<str:token>/data/download.html", my_data.my_data_html, name="my_data_html"),
    path("i/<str:token>/data/download.json", my_data.my_data_json, name="my_data_json"),
    path("i/<str:token>/data/correct/", my_data.correct_data, name="correct_data"),
    path("i/<str:token>/data/no-more/", my_data.no_more_invitations, name="no_more_invitations"),
    path("i/<str:token>/data/forget/", my_data.forget_me, name="forget_me"),
    path("forgotten/", my_data.forgotten, name="forgotten"),
    path("u/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    re_path(r"^[iu]/(?P<rest>(?s:.+))$", guest.elsewhere),  # a path converter stops at a line break
]
