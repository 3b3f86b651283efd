"""Start-up checks: what an operator should know before a guest finds out."""

from email.utils import parseaddr

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from .domain import mailboxes, verp


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


@register(Tags.compatibility, deploy=True)
def provider_may_tell(app_configs, **kwargs):
    """W003: the mail provider cannot tell us of bounces and complaints."""
    if settings.ANYMAIL_PROVIDER and not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        return [
            Warning(
                "What the mail provider tells of our mails is not heard.",
                hint="Set ANYMAIL_WEBHOOK_SECRET=user:password, and give the provider the address "
                f"https://user:password@…/hooks/mail/{settings.ANYMAIL_PROVIDER}/tracking/.",
                id="vertskap.W003",
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


@register(Tags.compatibility, deploy=True)
def mailbox_is_nobodys_own(app_configs, **kwargs):
    """W010: the mailbox that is read is the contact's own, so there is nobody to pass people's mails on to."""
    if not settings.INBOUND_URL:
        return []
    read = {mailboxes.read_address(settings.INBOUND_URL).user, parseaddr(settings.FROM_EMAIL)[1]}
    if settings.CONTACT_EMAIL.casefold() in {address.casefold() for address in read}:
        return [
            Warning(
                "CONTACT_EMAIL is the mailbox that INBOUND_URL reads: strangers' mails can be passed on to nobody.",
                hint="Give the program a mailbox of its own, and name a person's address as CONTACT_EMAIL.",
                id="vertskap.W010",
            )
        ]
    return []
