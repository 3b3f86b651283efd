"""A bare ModelAdmin of guests with the columns of our guest list, and its search; no filters."""

from django.contrib import admin

from events.models import Guest


def answer_to(slug):
    @admin.display(description=slug)
    def column(guest):
        return next((answer.state for answer in guest.answer_set.all() if answer.activity.slug == slug), None)

    column.__name__ = slug
    return column


@admin.register(Guest)
class GuestAdmin(admin.ModelAdmin):
    list_display = ["__str__", "company", "host", *map(answer_to, ("gathering", "race", "dinner")), "state"]
    list_select_related = ["contact__company", "host", "invitation"]
    list_per_page = 50
    search_fields = ["contact__name", "contact__email", "contact__company__name"]
    ordering = ["sort_key", "pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("answer_set__activity")

    def company(self, guest):
        return guest.contact.company

    def state(self, guest):
        return guest.invitation.state
