"""Pages for what went wrong: kind, and naming somebody to ask."""

from django.shortcuts import render


def bad_request(request, exception=None):
    return render(request, "404.html", {"here": "/"}, status=400)


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def csrf_failed(request, reason=""):
    return render(request, "403_csrf.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", {"here": "/"}, status=404)


def broken(request):
    return render(request, "500.html", status=500)


def locked_out(request, credentials=None, *args, **kwargs):
    return render(request, "429.html", status=429)
