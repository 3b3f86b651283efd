"""Start-up checks: what an operator should know before a guest finds out."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from .domain import verp


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


@register(Tags.compatibility)
def bounces_find_their_way(app_configs, **kwargs):
    """E001: no envelope sender can be made of BOUNCE_ADDRESS, so mails would be refused or bounces lost."""
    if settings.BOUNCE_ADDRESS and not verp.is_pattern(settings.BOUNCE_ADDRESS):
        return [
            Error(
                "BOUNCE_ADDRESS is not a pattern for addresses.",
                hint="It needs one {id} before the @, and few other signs there: b+{id}@bounces.company.example. "
                "Leave it out, and bounces go to FROM_EMAIL.",
                id="vertskap.E001",
            )
        ]
    return []
