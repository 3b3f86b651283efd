"""Finnish: answers to what a guest has asked for."""

from ..shapes import Text

INFORMAL = {
    "link": Text(
        subject="Linkkisi: {event}",
        preheader="Tässä on henkilökohtainen linkkisi uudelleen.",
        body="""\
Hei {first_name}!

Tässä on linkki omalle sivullesi tapahtumaan **{event}** {on_day}. Sivulla näet ohjelman ja voit vastata tai muuttaa vastaustasi.

{link}

Etkö pyytänyt linkkiä itse? Silloin sinun ei tarvitse tehdä mitään.

Terveisin
{host}
{organiser}
""",
    ),
    "released": Text(
        subject="Kiitos – kollegasi on kutsuttu",
        preheader="{event} {on_day}",
        body="""\
Hei {first_name}!

Kiitos, että ajattelit kollegaasi. Kutsu tapahtumaan **{event}** {on_day} on matkalla. Merkitsimme, ettet itse pääse tällä kertaa.

Toivottavasti nähdään toisella kertaa!

Oma sivusi on yhä auki, jos haluat tarkistaa jotain.

{link}

Terveisin
{host}
{organiser}
""",
    ),
    "no_substitute": Text(
        subject="Ehdottamastasi kollegasta",
        preheader="{event} {on_day}",
        body="""\
Hei {first_name}!

Kiitos, että ehdotit kollegaasi tapahtumaan **{event}** {on_day}. Se oli ystävällinen ajatus. Tällä kertaa emme voi siirtää kutsua, emmekä ole kirjoittaneet kenellekään.

Oma vastauksesi näkyy sivullasi entisellään. Jos pääsetkin tulemaan, ilahdumme.

{link}

Onko sinulla kysyttävää? Vastaa tähän viestiin, niin autan mielelläni.

Terveisin
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "link": Text(
        subject="Henkilökohtainen linkkinne: {event}",
        preheader="Tässä on henkilökohtainen linkkinne uudelleen.",
        body="""\
Hyvä {name}

Tässä on linkki omalle sivullenne tapahtumaan **{event}** {on_day}. Sivulla näette ohjelman ja voitte vastata tai muuttaa vastaustanne.

{link}

Jos ette ole pyytänyt linkkiä, voitte huoletta poistaa tämän viestin.

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "released": Text(
        subject="Kiitos – kolleganne on kutsuttu",
        preheader="{event} {on_day}",
        body="""\
Hyvä {name}

Kiitos kollegaanne koskevasta ehdotuksesta. Kutsu tapahtumaan **{event}** {on_day} on matkalla. Olemme merkinneet, että ette valitettavasti pääse itse mukaan tällä kertaa.

Toivomme voivamme toivottaa Teidät tervetulleeksi toisella kertaa.

Oma sivunne on yhä auki.

{link}

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "no_substitute": Text(
        subject="Ehdottamastanne kollegasta",
        preheader="{event} {on_day}",
        body="""\
Hyvä {name}

Kiitos ehdotuksestanne kutsua kollegaanne tapahtumaan **{event}** {on_day}. Arvostamme ajatustanne. Valitettavasti emme voi tällä kertaa siirtää kutsua, emmekä ole kirjoittaneet kenellekään.

Oma vastauksenne näkyy sivullanne entisellään. Jos pääsettekin tulemaan, ilahdumme suuresti.

{link}

Jos Teillä on kysyttävää, vastatkaa tähän viestiin, niin autan mielelläni.

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
}
