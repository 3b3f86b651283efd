"""The privacy notice, made from the settings in force (GDPR art. 13 and 14), with a version of its own."""

import hashlib
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from ..models.keeping import site_terms


@dataclass
class Part:
    """A heading with paragraphs, and (what, why and for how long) where the law wants a list."""

    title: str
    paragraphs: list = field(default_factory=list)
    rows: list = field(default_factory=list)


@dataclass
class Notice:
    """version changes with the text and with what it names, and is the same in every language."""

    parts: list
    version: str


def notice():
    """The notice in the language in force."""
    return Notice(_parts(), version())


def version():
    """Eight hex digits of the English text as it stands."""
    with translation.override("en"):
        text = repr(_parts())
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _parts():
    names = {"company": settings.COMPANY_NAME, "name": settings.CONTACT_NAME}
    return [
        _controller(names),
        Part(gettext("What we keep, why, and for how long"), [], _rows()),
        _who_sees_it(),
        _processors(),
        _rights(names),
        _authorities(),
    ]


def _controller(names):
    return Part(
        gettext("Who is responsible"),
        [
            gettext(
                "%(company)s is responsible for what is kept about you here (the controller). We use it to invite you, "
                "to plan the event and to thank you afterwards – for nothing else."
            )
            % names,
            ", ".join([settings.CONTACT_NAME, settings.CONTACT_EMAIL, settings.CONTACT_PHONE]),
        ],
    )


def _days(number):
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}


def _rows():
    terms = site_terms()
    guests = {"days": _days(terms.guests_days)}
    return [
        (
            gettext("Your name, company, email address, phone number and language"),
            [
                gettext(
                    "So that we can invite you and reach you. You stand in our customer list, or a colleague "
                    "proposed you."
                ),
                gettext("Basis: our legitimate interest in inviting our customers (GDPR article 6.1 f)."),
                gettext("Until the last event you were invited to is forgotten."),
            ],
        ),
        (
            gettext("Your replies, who comes with you, the race, your words to us, and the mails we sent you"),
            [
                gettext("So that there is a place for you, and so that you can change your mind."),
                gettext("Basis: our legitimate interest in holding the event you reply to (GDPR article 6.1 f)."),
                gettext("Forgotten %(days)s after the event; if you never replied, after %(silent)s.")
                % {**guests, "silent": _days(terms.silent_days)},
                gettext(
                    "If you are invited again, your own times in the race go along, so that we can tell whether you "
                    "set a new best."
                ),
            ],
        ),
        (
            gettext("Cheers you send to a runner, or get"),
            [
                gettext(
                    "So that runners are encouraged. The runner and the organisers read them; on the board they stand "
                    "only if the runner agreed to be named."
                ),
                gettext("Basis: our legitimate interest in holding the event you reply to (GDPR article 6.1 f)."),
                gettext("Gone as soon as you or the other is forgotten; a runner may hide each, or all."),
            ],
        ),
        (
            gettext("Food and adjustments"),
            [
                gettext(
                    "So that the kitchen can cook for you. It may tell of your health or your faith, so we only ask "
                    "where food is served, and you need not say anything."
                ),
                gettext(
                    "Basis: your explicit consent (GDPR article 9.2 a). Withdraw it through your link, and it is "
                    "deleted at once."
                ),
                gettext(
                    "Deleted %(days)s after the event. How many plates of which kind there were is kept without names."
                )
                % {"days": _days(terms.food_days)},
            ],
        ),
        (
            gettext("Photos of you, your name in lists and results, being invited next year"),
            [
                gettext("Only if you said yes, to each of them apart. Saying no changes nothing else."),
                gettext(
                    "Basis: your consent (GDPR article 6.1 a), which you can withdraw through your link at any time."
                ),
                gettext(
                    "If you agreed to be invited next year, your name and address stay for %(days)s longer, and "
                    "nothing else."
                )
                % guests,
            ],
        ),
        (
            gettext("Photos you send us, and that you are on a photo"),
            [
                gettext(
                    "So that those who were there can look back. Guests see a photo when an organiser shows it, or at "
                    "once where the organiser chose so. That you are on one, only you and the organisers see."
                ),
                gettext(
                    "Place, camera and all other notes in the file are taken out. We look for no faces by machine."
                ),
                gettext("Basis: our legitimate interest in holding the event you reply to (GDPR article 6.1 f)."),
                gettext(
                    "You can ask us to take any photo away; it is hidden at once. Photos are deleted with the event's "
                    "guests at the latest, %(days)s after it; what you sent also when you are forgotten."
                )
                % guests,
            ],
        ),
        (
            gettext("What happened with your invitation, and when"),
            [
                gettext("So that we can account for what we did. With a reply we note the name of your browser."),
                gettext(
                    "Basis: our legitimate interest, and our duty to account for what we do (GDPR articles 6.1 f and "
                    "5.2)."
                ),
                gettext("Emptied when you are forgotten; only what happened and when stays, without you."),
            ],
        ),
        (
            gettext("That you don't want to be invited"),
            [
                gettext(
                    "We keep a key made from your address, from which the address cannot be read, so that a later "
                    "guest list leaves you out."
                ),
                gettext("Basis: our duty to respect your objection (GDPR article 21)."),
                gettext("Until you take it back."),
            ],
        ),
    ]


def _who_sees_it():
    return Part(
        gettext("Who sees it"),
        [
            gettext("Your host and those who organise the event. The kitchen sees what is to be cooked."),
            gettext(
                "Other guests see your name only if the organiser has opened a list of those who are coming, and you "
                "have agreed to stand in it."
            ),
            gettext(
                "We use no tracking, no advertising and nothing from other sites; the only cookies remember your "
                "language and keep the form safe."
            ),
        ],
    )


def _processors():
    """Who works for us, as far as the operator has said."""
    known = [
        (gettext("Sends our mails"), settings.MAIL_PROVIDER),
        (gettext("Runs the server"), settings.HOSTING_PROVIDER),
        (gettext("Keeps the backups"), settings.BACKUP_PROVIDER),
    ]
    rows = [(what, [who]) for what, who in known if who]
    paragraphs = [
        gettext("These work for us under an agreement and may not use it for anything else.")
        if rows
        else gettext("Everything runs on our own machines. Nobody else works with it."),
        gettext("Backups are kept for %(days)s; what was deleted is deleted again if one is ever brought back.")
        % {"days": _days(settings.BACKUPS_KEPT_DAYS)},
    ]
    return Part(gettext("Who works for us"), paragraphs, rows)


def _rights(names):
    return Part(
        gettext("Your rights"),
        [
            gettext(
                "Your personal link leads to a page with everything we know about you, “Your data” at the foot of each "
                "page: look at it, take it with you, correct it, withdraw what you agreed to, be forgotten, or say "
                "that you don't want to be invited again. Nobody decides anything about you by machine."
            ),
            gettext("You may also object to our using it, or ask us to use it less, in a word to %(name)s.") % names,
            gettext("No link at hand? Write to or call %(name)s, at the foot of this page.") % names,
        ],
    )


def _authorities():
    return Part(
        gettext("If you are not satisfied with us"),
        [
            gettext(
                "You may complain to the data protection authority: Datatilsynet in Norway, IMY in Sweden, "
                "tietosuojavaltuutettu in Finland."
            )
        ],
    )
