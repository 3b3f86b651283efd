"""Finnish: photos a guest has added, or asked to take away."""

from ..shapes import Text

INFORMAL = {
    "photos_added": Text(
        subject="Kiitos kuvista!",
        preheader="Näin kuville kävi: {event}.",
        body="""\
Hei {first_name}!

Kiitos, että jaat kanssamme kuvasi tapahtumasta **{event}**!

{photos_added}

Näet ne omalla sivullasi. Siellä voit lisätä kuvia tai ottaa niitä pois.

{link}

Terveisin
{host}
{organiser}
""",
    ),
    "photo_wish": Text(
        subject="Kuva, jonka pyysit poistamaan",
        preheader="{event}: näin asia etenee.",
        body="""\
Hei {first_name}!

Kiitos, että kerroit meille kuvasta, joka on otettu tapahtumassa **{event}**. Otamme pyyntösi tosissamme.

{photo_wishes}

Omalta sivultasi näet milloin vain, mitkä kuvat vieraille näytetään.

{link}

Terveisin
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "photos_added": Text(
        subject="Kiitos kuvista",
        preheader="Näin kuville kävi: {event}.",
        body="""\
Hyvä {name}

Lämmin kiitos kuvista, jotka jaoitte tapahtumasta **{event}**.

{photos_added}

Näette ne omalla sivullanne. Siellä voitte lisätä kuvia tai ottaa niitä pois.

{link}

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "photo_wish": Text(
        subject="Pyyntönne kuvan poistamisesta",
        preheader="{event}: näin asia etenee.",
        body="""\
Hyvä {name}

Kiitos viestistänne, joka koskee kuvaa tapahtumasta **{event}**. Otamme pyyntönne vakavasti.

{photo_wishes}

Omalta sivultanne näette milloin tahansa, mitkä kuvat vieraille näytetään.

{link}

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
}
