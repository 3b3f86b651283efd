"""Norwegian: photos a guest has added, or asked to take away."""

from ..shapes import Text

INFORMAL = {
    "photos_added": Text(
        subject="Takk for bildene!",
        preheader="Slik gikk det med bildene fra {event}.",
        body="""\
Hei {first_name}!

Tusen takk for at du deler bildene dine fra **{event}** med oss!

{photos_added}

På siden din ser du dem. Der kan du legge til flere, eller ta noen tilbake.

{link}

Hilsen
{host}
{organiser}
""",
    ),
    "photo_wish": Text(
        subject="Om bildet du ba oss ta bort",
        preheader="{event}: Slik står det nå.",
        body="""\
Hei {first_name}!

Takk for at du sa fra om et bilde fra **{event}**. Det tar vi på alvor.

{photo_wishes}

På siden din ser du når som helst hvilke bilder gjestene ser.

{link}

Hilsen
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "photos_added": Text(
        subject="Takk for bildene",
        preheader="Slik gikk det med bildene fra {event}.",
        body="""\
Kjære {name}

Hjertelig takk for bildene fra **{event}**.

{photos_added}

Bildene ligger på den personlige siden. Der kan flere legges til, og noen tas tilbake.

{link}

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "photo_wish": Text(
        subject="Om ønsket om å fjerne et bilde",
        preheader="{event}: Slik står det nå.",
        body="""\
Kjære {name}

Takk for beskjeden om et bilde fra **{event}**. Vi tar slike ønsker på alvor.

{photo_wishes}

På den personlige siden vises det når som helst hvilke bilder gjestene ser.

{link}

Med vennlig hilsen
{host}
{organiser}
""",
    ),
}
