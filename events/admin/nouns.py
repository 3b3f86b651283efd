"""Every noun, registered by being imported; kept out of __init__, which the site itself needs first."""

from . import (
    activity,
    answer,
    campaign,
    cheer,
    company,
    consent,
    contact,
    event,
    guest,
    history,
    host,
    letter,
    membership,
    message,
    received,
    reminder,
    series,
    substitute,
    user,
    voice,
)

__all__ = [
    "activity", "answer", "campaign", "cheer", "company", "consent", "contact", "event", "guest", "history", "host",
    "letter", "membership", "message", "received", "reminder", "series", "substitute", "user", "voice",
]  # fmt: skip
