"""The dictionary beside a letter: what each placeholder stands for, a sentence each for whoever writes one."""

from django.utils.translation import gettext_lazy as _

DESCRIPTIONS = {
    "first_name": _("The guest's first name, for a greeting among people who know each other."),
    "name": _("The guest's whole name, for a formal greeting."),
    "company": _("The company the guest comes from."),
    "personal_line": _("What the host has written to this guest; alone on its line it stands out."),
    "link": _("The button to the guest's own page. It comes last when you leave it out."),
    "event": _("The title of the event."),
    "day": _("The day of the event with the year, as it stands alone: Friday 24 September 2027."),
    "on_day": _("The day of the event as it stands in a sentence: on Friday 24 September."),
    "time": _("When the first part starts: at 15:00."),
    "place": _("Where the first part is."),
    "town": _("The town of the event."),
    "deadline": _("The day by which you hope for an answer; nothing once it has passed."),
    "programme": _("The parts this guest is invited to; alone on its line a table with times and places."),
    "organiser": _("The name of your company."),
    "activity": _("The title of the part the letter is about, if it is about one."),
    "what": _("The title of the part the letter is about, or of the event if it is about the whole."),
    "rest": _("The other parts the guest is invited to, when the letter is about one of them."),
    "answers": _("What the guest has answered, and those who come along; alone on its line a table."),
    "reaction": _("A kind word that fits what the guest has answered."),
    "who": _("Who has got a place from the waiting list: you, or you and Ola."),
    "changes": _("What has changed: how it was and how it is now; alone on its line a table."),
    "practical": _("Time, place, address, map and dress code of all the guest comes to; has a line of its own."),
    "bring": _("What to bring, as it stands on the event; alone on its line it gets a heading."),
    "result": _("The guest's own time, and how much faster than before it is, if it is; nothing without a time."),
    "result_line": _("A kind line that fits how the guest's race went, also without a time; yours where you wrote it."),
    "result_party": _("The times of those the guest brought along."),
    "photos": _("Leads to the photos this guest is marked on; nothing where there are none. Has a line of its own."),
    "photos_added": _("How many photos the guest has added, and who sees them; has a line of its own."),
    "photo_wishes": _("What becomes of photos the guest asked us to take away; has a line of its own."),
    "said": _("The word a guest has written, in a letter to the host."),
    "trouble": _("Why a guest's mail does not arrive, in a letter to the host."),
    "guest_email": _("The guest's mail address."),
    "guest_phone": _("The guest's phone."),
    "host": _("The name of the guest's host; without one that of the contact person."),
    "host_email": _("The host's mail address; without one that of the contact person."),
    "host_phone": _("The host's phone; without one that of the contact person."),
    "contact": _("The name of the event's contact person."),
    "contact_email": _("The contact person's mail address."),
    "contact_phone": _("The contact person's phone."),
}

# In the order in which whoever writes looks for them.
GROUPS = [
    (_("Used most"), ["first_name", "on_day", "deadline", "personal_line", "programme", "link"]),
    (_("The event"), ["event", "day", "time", "place", "town", "organiser", "practical", "bring"]),
    (_("The guest"), ["name", "company", "guest_email", "guest_phone"]),
    (_("What it is about"), ["activity", "what", "rest", "changes", "answers", "reaction", "who", "said", "trouble"]),
    (_("Race and photos"), ["result", "result_line", "result_party", "photos", "photos_added", "photo_wishes"]),
    (_("Whom to ask"), ["host", "host_email", "host_phone", "contact", "contact_email", "contact_phone"]),
]
ON_THEIR_OWN_LINE = frozenset(
    {
        *("personal_line", "programme", "practical", "bring", "changes", "answers", "said", "link"),
        *("photos", "photos_added", "photo_wishes"),
    }
)


def dictionary(examples):
    """[(heading, [(placeholder, sentence, example, is it best on a line of its own)])]."""
    return [
        (
            heading,
            [(name, DESCRIPTIONS[name], examples.get(name, ""), name in ON_THEIR_OWN_LINE) for name in names],
        )
        for heading, names in GROUPS
    ]
