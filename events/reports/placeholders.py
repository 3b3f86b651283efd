"""The dictionary beside a letter: what may stand in braces, in a sentence each."""

from django.utils.translation import gettext_lazy as _

# (heading, [(placeholder, what it says)]); those that are blocks become more than words on a line of their own.
DICTIONARY = [
    (
        _("Used most"),
        [
            ("first_name", _("The guest's first name.")),
            ("on_day", _("The day in a sentence: “on Friday 24 September”.")),
            ("deadline", _("The day to answer by. Its line is left out when there is none ahead.")),
            ("personal_line", _("The host's own words to this guest, set apart when it stands alone on a line.")),
            ("programme", _("What the guest is invited to; a table when it stands alone on a line.")),
            ("link", _("The button with the personal link. Without it, it comes at the end.")),
        ],
    ),
    (
        _("The event"),
        [
            ("event", _("Its title.")),
            ("day", _("The day with the year, as in a heading.")),
            ("time", _("When the first part begins.")),
            ("place", _("Where the first part is.")),
            ("town", _("The town.")),
            ("organiser", _("Your company, as guests know it.")),
        ],
    ),
    (
        _("The guest"),
        [
            ("name", _("The whole name.")),
            ("company", _("The guest's company.")),
            ("answers", _("What the guest said to each part; a table when it stands alone on a line.")),
            ("reaction", _("A kind word on the whole of the answer.")),
            ("activity", _("The part that the letter is about, as when a place came free.")),
            ("who", _("Who got the place: the guest, a companion, or both.")),
            ("guest_email", _("The guest's mail address, in letters to the host.")),
            ("guest_phone", _("The guest's phone, in letters to the host.")),
            ("said", _("What the guest wrote to the host, set apart when it stands alone on a line.")),
        ],
    ),
    (
        _("Whom to ask"),
        [
            ("host", _("The host's name; the contact person's where there is no host.")),
            ("host_email", _("The host's mail address.")),
            ("host_phone", _("The host's phone.")),
            ("contact", _("The event's contact person.")),
            ("contact_email", _("The contact person's mail address.")),
            ("contact_phone", _("The contact person's phone.")),
        ],
    ),
]
ON_THEIR_OWN_LINE = frozenset({"personal_line", "programme", "answers", "said", "link"})


def dictionary(examples):
    """[(heading, [(placeholder, sentence, example, is it best on a line of its own)])]."""
    return [
        (title, [(name, words, examples.get(name, ""), name in ON_THEIR_OWN_LINE) for name, words in rows])
        for title, rows in DICTIONARY
    ]
