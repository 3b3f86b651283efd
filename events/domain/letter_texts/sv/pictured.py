"""Swedish: photos a guest has added, or asked to take away."""

from ..shapes import Text

INFORMAL = {
    "photos_added": Text(
        subject="Tack för bilderna!",
        preheader="Så gick det med bilderna från {event}.",
        body="""\
Hej {first_name}!

Stort tack för att du delar dina bilder från **{event}** med oss!

{photos_added}

På din sida ser du dem. Där kan du lägga till fler, eller ta tillbaka några.

{link}

Hälsningar
{host}
{organiser}
""",
    ),
    "photo_wish": Text(
        subject="Om bilden du bad oss ta bort",
        preheader="{event}: Så här ligger det till nu.",
        body="""\
Hej {first_name}!

Tack för att du hörde av dig om en bild från **{event}**. Det tar vi på allvar.

{photo_wishes}

På din sida ser du när som helst vilka bilder gästerna ser.

{link}

Hälsningar
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "photos_added": Text(
        subject="Tack för bilderna",
        preheader="Så gick det med bilderna från {event}.",
        body="""\
Bästa {name}

Hjärtligt tack för bilderna från **{event}**.

{photos_added}

De finns på den personliga sidan. Där kan fler läggas till, och några tas tillbaka.

{link}

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "photo_wish": Text(
        subject="Om önskemålet att ta bort en bild",
        preheader="{event}: Så här ligger det till nu.",
        body="""\
Bästa {name}

Tack för meddelandet om en bild från **{event}**. Vi tar sådana önskemål på allvar.

{photo_wishes}

På den personliga sidan framgår när som helst vilka bilder gästerna ser.

{link}

Med vänlig hälsning
{host}
{organiser}
""",
    ),
}
