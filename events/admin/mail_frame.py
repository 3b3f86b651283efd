"""A mail shown in a browser: its own page with its own policy, for a sandboxed frame in the back office."""

from django.http import HttpResponse

# Inline styles are what a mail is made of; nothing else may load, run, or be sent anywhere.
MAIL_POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-popups allow-popups-to-escape-sandbox",
    ]
)


def mail_page(html):
    """The response for a frame: `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src=…>`."""
    headers = {"Content-Security-Policy": MAIL_POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return HttpResponse(html, headers=headers)
