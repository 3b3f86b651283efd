"""Start-up checks: what an operator should know before a guest finds out."""

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.compatibility, deploy=True)
def mail_leaves_the_house(app_configs, **kwargs):
    """W001: mails are kept in files although the site is in production."""
    if settings.EMAIL_BACKEND == "config.eml.EmailBackend":
        return [
            Warning(
                "Mails are written to files and reach nobody.",
                hint="Set EMAIL_URL, for example smtp+tls://user:password@mail.company.example:587.",
                id="vertskap.W001",
            )
        ]
    return []


@register(Tags.compatibility, deploy=True)
def sender_is_not_invented(app_configs, **kwargs):
    """W002: the sender's domain is one nobody can own (RFC 2606), so mails will be refused."""
    if settings.FROM_EMAIL.endswith((".example", ".invalid", ".test", ".localhost")):
        return [
            Warning(
                "FROM_EMAIL uses a domain that cannot receive or send mail.",
                hint="Use an address on your own domain, one that your mail server may send for.",
                id="vertskap.W002",
            )
        ]
    return []
