"""The guests' site on one screen."""

from django.urls import path, re_path

from .views import companions, consents, guest, health, home, language, place, unsubscribe, who

urlpatterns = [
    path("healthz", health.health, name="health"),
    path("", home.home, name="home"),
    path("link-sent/", home.link_sent, name="link_sent"),
    path("privacy/", home.privacy, name="privacy"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("i18n/setlang/", language.set_language, name="set_language"),
    path("i/<str:token>/", guest.guest_page, name="guest_page"),
    path("i/<str:token>/answered/", guest.answered, name="answered"),
    path("i/<str:token>/companions/", companions.companions, name="companions"),
    path("i/<str:token>/place/<str:activity>/", place.place, name="place"),
    path("i/<str:token>/consents/", consents.consents, name="consents"),
    path("i/<str:token>/who/", who.who, name="who"),
    path("i/<str:token>/calendar/<str:activity>.ics", guest.calendar, name="calendar"),
    path("u/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    re_path(r"^[iu]/(?P<rest>(?s:.+))$", guest.elsewhere),  # a path converter stops at a line break
]
