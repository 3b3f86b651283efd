"""The event's photos one after another, for the big screen at the dinner: what guests may see, and nothing else.

An organiser opens it in the office, so that no guest's link stands in the address on the wall.
"""

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..models import Photo
from ..reports.photo_pictures import Picture


@require_safe
def slideshow(request):
    """`?at=3` begins there; without scripts the page itself goes on to the next."""
    shown = _shown(request)
    at = _number(request.GET.get("at", ""), len(shown))
    context = {"event": request.event, "photos": shown, "following": at % len(shown) + 1 if shown else 1}
    context["picture"] = Picture(shown[at - 1], at, len(shown), request.event.zone) if shown else None
    context["back"] = reverse("admin:event_photos", args=[request.event.pk])
    return render(request, "admin/photos/slideshow.html", context)


@require_safe
def slideshow_photos(request):
    """{"photos": [[address, caption], …]} in the order they were taken, asked for again and again."""
    return JsonResponse({"photos": [[photo.key, photo.caption] for photo in _shown(request)]})


def _shown(request):
    return list(Photo.objects.filter(event=request.event).shown().in_order())


def _number(text, most):
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(1, asked), max(1, most))
