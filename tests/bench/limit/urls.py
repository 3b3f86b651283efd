"""The limit's addresses, by the same names as ours."""

from django.contrib import admin
from django.urls import path

from . import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", views.health),
    path("i/<str:token>/", views.guest_page, name="guest_page"),
    path("i/<str:token>/calendar/<str:activity>.ics", views.calendar, name="calendar"),
    path("i/<str:token>/photos/<str:key>/480.jpg", views.photo_file),
    path("c/<str:token>.ics", views.feed, name="feed"),
    path("live/<str:token>/board.json", views.board),
]
