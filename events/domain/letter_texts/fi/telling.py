"""Finnish: what a guest should know on the way to the day."""

from ..shapes import Text

INFORMAL = {
    "change": Text(
        subject="Muutos ohjelmaan: {what}",
        preheader="Katso, mikä on uutta. Jos olet vastannut, vastauksesi on voimassa.",
        body="""\
Hei {first_name}!

Tapahtuman **{event}** ohjelmaan on tullut muutos.

{changes}

Jos olet jo vastannut, vastauksesi on yhä voimassa. Jos muutos ei sovi sinulle, voit muuttaa vastaustasi omalla sivullasi – ymmärrämme sen hyvin.

{link}

Pahoittelemme, jos muutoksesta on sinulle vaivaa. Onko sinulla kysyttävää? Vastaa tähän viestiin, niin autan mielelläni.

Terveisin
{host}
{organiser}
""",
    ),
    "cancellation": Text(
        subject="Peruttu: {what}",
        preheader="Olemme pahoillamme. Sinun ei tarvitse vastata.",
        body="""\
Hei {first_name}!

Joudumme valitettavasti perumaan tämän: **{what}**.

{changes}

Olisimme mielellämme nähneet sinut, ja olemme pahoillamme, että näin kävi.

Tämä pysyy ennallaan: {rest}.

Sinun ei tarvitse vastata tai ilmoittaa mitään.

{link}

Onko sinulla kysyttävää? Vastaa tähän viestiin, niin autan mielelläni.

Terveisin
{host}
{organiser}
""",
    ),
    "practical": Text(
        subject="Nähdään {on_day}: {event}",
        preheader="Aika, paikka, pukeutuminen ja kenelle voit soittaa.",
        body="""\
Hei {first_name}!

Pian nähdään tapahtumassa **{event}**. Mukavaa, että olet tulossa! Tässä on kaikki, mitä sinun on hyvä tietää:

{practical}

{bring}

Oletko myöhässä, tai etkö löydä perille? Soita: {contact}, {contact_phone}.

Tuliko jotain muuta, etkä pääsekään mukaan? Kerro siitä omalla sivullasi, niin tiedämme.

{link}

Tervetuloa!

Terveisin
{host}
{organiser}
""",
    ),
    "calendar": Text(
        subject="Kalenterikutsu: {what}",
        preheader="Vastaa kalenterissasi tai omalla sivullasi.",
        body="""\
Hei {first_name}!

Tässä on kalenterikutsusi: **{what}**.

{programme}

Vastaa suoraan kalenterissasi tai omalla sivullasi. Molemmat tulevat perille, ja voit vielä muuttaa mielesi.

{link}

Terveisin
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "change": Text(
        subject="Muutos ohjelmaan: {what}",
        preheader="Tästä näette, mikä on uutta. Jos olette vastannut, vastauksenne on voimassa.",
        body="""\
Hyvä {name}

Haluamme ilmoittaa, että tapahtuman **{event}** ohjelmaan on tullut muutos.

{changes}

Jos olette jo vastannut, vastauksenne on yhä voimassa. Jos muutos ei sovi Teille, voitte muuttaa vastaustanne omalla sivullanne.

{link}

Pahoittelemme muutoksesta mahdollisesti aiheutuvaa vaivaa. Jos Teillä on kysyttävää, vastatkaa tähän viestiin, niin autan mielelläni.

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "cancellation": Text(
        subject="Peruttu: {what}",
        preheader="Olemme pahoillamme. Teidän ei tarvitse vastata.",
        body="""\
Hyvä {name}

Joudumme valitettavasti ilmoittamaan, että tämä on peruttu: **{what}**.

{changes}

Olisimme mielellämme toivottaneet Teidät tervetulleeksi, ja pahoittelemme, että näin kävi.

Tämä pysyy ennallaan: {rest}.

Teidän ei tarvitse vastata.

{link}

Jos Teillä on kysyttävää, vastatkaa tähän viestiin, niin autan mielelläni.

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "practical": Text(
        subject="Käytännön tietoa: {event} {on_day}",
        preheader="Aika, paikka, pukeutuminen ja kenelle voitte soittaa.",
        body="""\
Hyvä {name}

Toivotamme Teidät lämpimästi tervetulleeksi tapahtumaan **{event}** {on_day}. Ohessa käytännön tietoa:

{practical}

{bring}

Jos olette myöhässä tai tarvitsette apua perille löytämisessä, soittakaa: {contact}, {contact_phone}.

Jos ette sittenkään pääse mukaan, olemme kiitollisia, jos kerrotte siitä omalla sivullanne.

{link}

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "calendar": Text(
        subject="Kalenterikutsu: {what}",
        preheader="Voitte vastata kalenterissanne tai omalla sivullanne.",
        body="""\
Hyvä {name}

Tässä on kalenterikutsunne: **{what}**.

{programme}

Voitte vastata suoraan kalenterissanne tai omalla sivullanne. Molemmat tulevat perille, ja voitte muuttaa vastaustanne myöhemmin.

{link}

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
}
