"""A mail shown in a browser: its own page with its own policy, for a sandboxed frame in the back office."""

from django.conf import settings
from django.http import HttpResponse

# Inline styles are what a mail is made of, and photos stand in it (data:). Other pictures and our own stylesheet come
# from here; nothing else may load, run, or be sent anywhere.
POLICY = (
    "default-src 'none'",
    f"img-src 'self' data: {settings.SITE_URL}",
    "style-src 'self' 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
)
SANDBOX = "sandbox allow-popups allow-popups-to-escape-sandbox"


def mail_page(html, *, is_measured=False, status=200):
    """The response for a frame: `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src=…>`.

    A page that is_measured also has `allow-same-origin`, so that the page around it sees how tall it is. Scripts are
    allowed in neither, and without them the two cannot undo the sandbox.
    """
    sandbox = f"{SANDBOX} allow-same-origin" if is_measured else SANDBOX
    headers = {"Content-Security-Policy": "; ".join((*POLICY, sandbox)), "X-Frame-Options": "SAMEORIGIN"}
    return HttpResponse(html, headers=headers, status=status)
