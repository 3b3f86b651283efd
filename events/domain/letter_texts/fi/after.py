"""Finnish: after the day, and the organiser's own words."""

from ..shapes import Text

_PROMPT = "[Kirjoita tähän, mitä haluat kertoa.]"

INFORMAL = {
    "results": Text(
        subject="Tulokset: {event}",
        preheader="Katso, miten sinulla ja muilla meni.",
        body="""\
Hei {first_name}!

Tapahtuman **{event}** tulokset ovat valmiit.

**{result}**

{result_line}

Seurasi ajat: {result_party}

{photos}

Sivultasi löydät kaikki tulokset, omat vuotesi ja jotain mukaasi.

{link}

Terveisin
{host}
{organiser}
""",
    ),
    "thanks": Text(
        subject="Kiitos viimeisestä!",
        preheader="Mukavaa, että olit mukana tapahtumassa {event}.",
        body="""\
Hei {first_name}!

Kiitos, että tulit! **{event}** oli hieno päivä, koska sinä ja muut olitte mukana.

**{result}**

{result_line}

{photos}

Mikä jäi mieleesi, mitä voisimme tehdä paremmin, ja keneen meidän pitäisi tutustua? Vastaa tähän viestiin tai kirjoita muutama sana omalla sivullasi. Luemme kaiken.

{link}

Toivottavasti nähdään taas!

Terveisin
{host}
{organiser}
""",
    ),
    "thanks_missed": Text(
        subject="Kaipasimme sinua tapahtumassa {event}",
        preheader="Toivottavasti kaikki on hyvin.",
        body="""\
Hei {first_name}!

Jäimme kaipaamaan sinua tapahtumassa **{event}**. Toivottavasti kaikki on hyvin. Joskus muut asiat tulevat väliin, ja se on täysin ymmärrettävää.

Voimmeko auttaa sinua jotenkin, tai haluatko vain lähettää terveisiä? Vastaa tähän viestiin tai kirjoita muutama sana omalla sivullasi, niin palaan asiaan.

{link}

Olet lämpimästi tervetullut ensi kerralla!

Terveisin
{host}
{organiser}
""",
    ),
    "thanks_declined": Text(
        subject="Terveisiä tapahtumasta {event}",
        preheader="Ajattelimme sinua. Toivottavasti nähdään toisella kertaa.",
        body="""\
Hei {first_name}!

Kiitos, että kerroit, kun et päässyt tapahtumaan **{event}**. Päivä oli hieno, ja ajattelimme sinua.

Ensi kerralla haluaisimme sinut mukaan. Olisiko jokin helpottanut tulemista – toinen viikonpäivä tai toisenlainen ohjelma? Vastaa tähän viestiin tai kirjoita muutama sana omalla sivullasi.

{link}

Toivottavasti nähdään toisella kertaa!

Terveisin
{host}
{organiser}
""",
    ),
    "survey": Text(
        subject="Millainen {event} oli sinulle?",
        preheader="Muutama sana riittää, ja luemme kaiken.",
        body="""\
Hei {first_name}!

Kiitos, että olit mukana tapahtumassa **{event}**. Nyt haluaisimme kuulla, millainen päivä oli sinulle:

- Mistä pidit eniten?
- Mitä olisimme voineet tehdä toisin?
- Kenet meidän pitäisi kutsua ensi kerralla?

Kirjoita muutama sana omalla sivullasi, juuri niin kuin ne tulevat mieleen. Vain me järjestäjät luemme ne.

{link}

Suuri kiitos avustasi!

Terveisin
{host}
{organiser}
""",
    ),
    "free": Text(
        subject="Uutta: {event}",
        preheader="{organiser} lähettää terveisiä.",
        prompt=_PROMPT,
        body=f"""\
Hei {{first_name}}!

{_PROMPT}

{{link}}

Terveisin
{{host}}
{{organiser}}
""",
    ),
}

FORMAL = {
    "results": Text(
        subject="Tulokset: {event}",
        preheader="Tulokset ovat henkilökohtaisella sivullanne.",
        body="""\
Hyvä {name}

Tapahtuman **{event}** tulokset ovat valmiit.

**{result}**

{result_line}

Seuranne ajat: {result_party}

{photos}

Henkilökohtaiselta sivultanne löydätte kaikki tulokset, aiempien vuosien ajat ja jotain mukaanne.

{link}

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "thanks": Text(
        subject="Kiitos osallistumisestanne: {event}",
        preheader="Oli ilo saada Teidät vieraaksemme.",
        body="""\
Hyvä {name}

Lämmin kiitos osallistumisestanne tapahtumaan **{event}**. Oli ilo saada Teidät vieraaksemme.

**{result}**

{result_line}

{photos}

Otamme mielellämme vastaan palautetta: mikä oli hyvää, mitä voisimme tehdä paremmin tai keneen meidän pitäisi tutustua. Voitte vastata tähän viestiin tai kirjoittaa muutaman sanan omalla sivullanne. Kaikki luetaan.

{link}

Toivomme voivamme toivottaa Teidät tervetulleeksi uudelleen.

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "thanks_missed": Text(
        subject="Terveisemme: {event}",
        preheader="Toivomme, että kaikki on hyvin ja että tapaamme ensi kerralla.",
        body="""\
Hyvä {name}

Olisimme mielellämme tavanneet Teidät tapahtumassa **{event}**. Toivomme, että kaikki on hyvin. Ymmärrämme täysin, jos jokin muu asia tuli väliin.

Jos voimme olla Teille avuksi, voitte vastata tähän viestiin tai kirjoittaa muutaman sanan omalla sivullanne.

{link}

Olette lämpimästi tervetullut ensi kerralla.

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "thanks_declined": Text(
        subject="Terveisemme: {event}",
        preheader="Toivomme voivamme toivottaa Teidät tervetulleeksi toisella kertaa.",
        body="""\
Hyvä {name}

Kiitos vastauksestanne kutsuumme tapahtumaan **{event}**. Päivä oli hieno, ja olisimme mielellämme nähneet Teidät vieraanamme.

Jos jokin helpottaisi osallistumistanne ensi kerralla, esimerkiksi toinen viikonpäivä tai toisenlainen ohjelma, kuulemme siitä mielellämme. Voitte vastata tähän viestiin tai kirjoittaa muutaman sanan omalla sivullanne.

{link}

Toivomme voivamme toivottaa Teidät tervetulleeksi toisella kertaa.

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "survey": Text(
        subject="Muutama sana: millainen {event} oli?",
        preheader="Olemme erittäin kiitollisia palautteestanne.",
        body="""\
Hyvä {name}

Kiitos osallistumisestanne tapahtumaan **{event}**. Olemme erittäin kiitollisia muutamasta sanasta:

- Mikä oli parasta?
- Mitä olisimme voineet tehdä toisin?
- Kenet meidän pitäisi kutsua ensi kerralla?

Lause tai kaksi omalla sivullanne riittää. Vain me järjestäjät luemme ne.

{link}

Kiitämme Teitä jo etukäteen.

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "free": Text(
        subject="Uutta: {event}",
        preheader="{organiser} lähettää terveisiä.",
        prompt=_PROMPT,
        body=f"""\
Hyvä {{name}}

{_PROMPT}

{{link}}

Ystävällisin terveisin
{{host}}
{{organiser}}
""",
    ),
}
