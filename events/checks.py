"""Start-up checks: what an operator should know before a guest finds out."""

from email.utils import parseaddr

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.core.files.storage import default_storage

from .domain import colours, mailboxes, verp
from .models import house_style


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
def bucket_can_be_used(app_configs, **kwargs):
    """E030: files cannot be kept in the bucket of STORAGE_URL, or others would see them, or they would stay."""
    fault = default_storage.fault() if settings.BUCKET else ""
    if not fault:
        return []
    return [Error(f"The bucket {settings.BUCKET.name} of STORAGE_URL cannot be used.", hint=fault, id="vertskap.E030")]


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


@register(Tags.compatibility)
def colour_can_be_read(app_configs, **kwargs):
    """W020: the company's colour is none, or too pale for text (WCAG 1.4.3), so fjord is used."""
    try:
        colours.palette(settings.COMPANY_COLOUR)
    except colours.NotAColour:
        hint = "Write it as #rrggbb, for example #0f5257."
        return [Warning("COMPANY_COLOUR is not a colour; fjord is used.", hint=hint, id="vertskap.W020")]
    except colours.TooPale as fault:
        message = f"COMPANY_COLOUR has a contrast of {fault.contrast:.1f}:1 on white; fjord is used."
        hint = f"Text needs 4.5:1. The nearest shade of it that can be read is {fault.readable}."
        return [Warning(message, hint=hint, id="vertskap.W020")]
    return []


@register(Tags.compatibility)
def logo_can_be_shown(app_configs, **kwargs):
    """W021: there is no logo in the file that is named, so the company's name stands alone."""
    if not settings.COMPANY_LOGO:
        return []
    try:
        house_style.read_logo(settings.COMPANY_LOGO)
    except house_style.NoLogo as fault:
        hint = "Name a PNG, JPEG, WebP or SVG file of at most 2 MB that the program may read."
        return [Warning(f"COMPANY_LOGO cannot be used: {fault}.", hint=hint, id="vertskap.W021")]
    return []
