"""The pulse, for whatever watches the server."""

from django.db import Error, connection
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import Worker


@require_safe
def health(request):
    """200 with the database and the seconds since a worker was last seen (null: never); 503 without a database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        seen_at = Worker.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    except Error:
        return JsonResponse({"database": "no answer", "worker_age_seconds": None}, status=503)
    age = None if seen_at is None else max(0, round((timezone.now() - seen_at).total_seconds()))
    return JsonResponse({"database": "ok", "worker_age_seconds": age})
