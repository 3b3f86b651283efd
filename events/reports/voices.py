"""What guests have said."""

from ..models import Voice


def voices_of(host):
    """The words of this host's guests with guest and company, the latest first."""
    return (
        Voice.objects.of_host(host)
        .filter(kind=Voice.Kind.WORD, email="")
        .select_related("guest__contact__company", "guest__event", "read_by")
        .order_by("-said_at", "-pk")
    )
