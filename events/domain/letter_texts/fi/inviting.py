"""Finnish: from the first word to the answer. Names take no case endings; a word before them does, or a colon."""

from ..shapes import Text

INFORMAL = {
    "save_the_date": Text(
        subject="Varaa päivä: {event} {on_day}",
        preheader="Sinun ei tarvitse vielä vastata. Kutsu tulee hyvissä ajoin.",
        body="""\
Hei {first_name}!

Kutsumme sinut pian tapahtumaan **{event}**, ja olisi ilo saada sinut mukaan. Varaathan päivän jo nyt:

**{day}**

{personal_line}

Sinun ei tarvitse vielä vastata. Kutsu ja koko ohjelma tulevat hyvissä ajoin. Silloin vastaat tällä omalla sivullasi:

{link}

Terveisin
{host}
{organiser}
""",
    ),
    "invitation": Text(
        subject="Tuletko mukaan? {event} {on_day}",
        preheader="{host} toivoo, että pääset. Vastaamiseen menee puoli minuuttia.",
        body="""\
Hei {first_name}!

Olisi ilo saada sinut mukaan: **{event}** {on_day}.

{personal_line}

{programme}

Olet tervetullut koko ohjelmaan tai vain siihen osaan, joka sinulle sopii.
Vastaathan viimeistään {deadline}.

{link}

Onko sinulla kysyttävää? Vastaa tähän viestiin, niin autan mielelläni.

Terveisin
{host}
{organiser}
""",
    ),
    "reminder": Text(
        subject="Pieni muistutus: {event} {on_day}",
        preheader="Kyllä, ei tai ”en tiedä vielä” – kaikista on apua.",
        body="""\
Hei {first_name}!

Kutsusi tapahtumaan **{event}** {on_day} odottaa sinua yhä. Ehkä se saapui kiireisellä viikolla; niin käy meille kaikille.

{personal_line}

{programme}

Ilahdumme, jos pääset mukaan. Jos tämä kerta ei sovi, se on täysin ymmärrettävää – kerrothan vain, niin tiedämme.
Vastaathan viimeistään {deadline}.

{link}

Onko sinulla kysyttävää? Vastaa tähän viestiin, niin autan mielelläni.

Terveisin
{host}
{organiser}
""",
    ),
    "confirmation": Text(
        subject="Vastauksesi: {event}",
        preheader="Näin ymmärsimme vastauksesi – ja näin voit muuttaa sitä.",
        body="""\
Hei {first_name}!

{reaction}

Näin ymmärsimme vastauksesi:

{answers}

Onko jotain väärin, tai muuttuivatko suunnitelmasi? Voit muuttaa vastaustasi omalla sivullasi.
Teethän muutokset viimeistään {deadline}.

{link}

Terveisin
{host}
{organiser}
""",
    ),
    "promoted": Text(
        subject="Hyviä uutisia – paikka vapautui!",
        preheader="{activity}, {event} {on_day}",
        body="""\
Hei {first_name}!

Paikka vapautui {who}:

{answers}

Mukava nähdä pian!

Kerro omalla sivullasi: ”Tulen mukaan” tai ”En pääsekään”. Jos paikka ei sovi, sen saa jonotuslistan seuraava, ja se on täysin ymmärrettävää.

{link}

Terveisin
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "save_the_date": Text(
        subject="Pyydämme varaamaan päivän: {event} {on_day}",
        preheader="Kutsu tulee hyvissä ajoin. Teidän ei tarvitse vielä vastata.",
        body="""\
Hyvä {name}

Valmistelemme tapahtumaa **{event}** ja toivomme saavamme Teidät vieraaksemme. Pyydämme Teitä ystävällisesti varaamaan päivän jo nyt:

**{day}**

{personal_line}

Kutsu ja koko ohjelma tulevat hyvissä ajoin, eikä Teidän tarvitse vielä vastata. Aikanaan voitte vastata tällä omalla sivullanne:

{link}

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "invitation": Text(
        subject="Kutsu: {event} {on_day}",
        preheader="{organiser} toivottaa Teidät lämpimästi tervetulleeksi.",
        body="""\
Hyvä {name}

Meillä on ilo kutsua Teidät tapahtumaan **{event}** {on_day}.

{personal_line}

{programme}

Olette tervetullut koko ohjelmaan tai siihen osaan, joka Teille sopii.
Pyydämme Teitä ystävällisesti vastaamaan viimeistään {deadline}.

{link}

Jos Teillä on kysyttävää, vastatkaa tähän viestiin, niin autan mielelläni.

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "reminder": Text(
        subject="Muistutus kutsusta: {event} {on_day}",
        preheader="Olemme kiitollisia vastauksestanne, oli se kyllä tai ei.",
        body="""\
Hyvä {name}

Haluamme ystävällisesti muistuttaa kutsusta tapahtumaan **{event}** {on_day}.

{personal_line}

{programme}

Ilahtuisimme, jos pääsisitte mukaan. Ymmärrämme hyvin, jos ajankohta ei sovi, ja olemme kiitollisia vastauksesta silloinkin.
Pyydämme Teitä ystävällisesti vastaamaan viimeistään {deadline}.

{link}

Jos Teillä on kysyttävää, vastatkaa tähän viestiin, niin autan mielelläni.

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "confirmation": Text(
        subject="Vahvistus vastauksestanne: {event}",
        preheader="Näin olemme merkinneet vastauksenne, ja näin voitte muuttaa sitä.",
        body="""\
Hyvä {name}

{reaction}

Olemme merkinneet vastauksenne näin:

{answers}

Jos jotain on väärin tai suunnitelmanne muuttuvat, voitte muuttaa vastaustanne omalla sivullanne.
Pyydämme tekemään muutokset viimeistään {deadline}.

{link}

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "promoted": Text(
        subject="Paikka on vapautunut",
        preheader="{activity}, {event} {on_day}",
        body="""\
Hyvä {name}

Meillä on ilo ilmoittaa, että paikka on vapautunut:

{answers}

Pyydämme lyhyttä vahvistusta omalla sivullanne: ”Tulen mukaan” tai ”En pääsekään”. Jos paikka ei enää sovi Teille, sen saa jonotuslistan seuraava, ja ymmärrämme sen hyvin.

{link}

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
}
