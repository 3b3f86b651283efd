"""Finnish. Names take no case endings: they stand alone, after a colon or as the subject."""

from .shapes import Text, Words

TEXTS = {
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
    "confirmation": Text(
        subject="Vastauksesi: {event}",
        preheader="Näin ymmärsimme vastauksesi – ja näin voit muuttaa sitä.",
        body="""\
Hei {first_name}!

{reaction}

Näin ymmärsimme vastauksesi:

{answers}

Onko jotain väärin, tai muuttuivatko suunnitelmasi? Voit muuttaa vastaustasi omalla sivullasi.
Se onnistuu viimeistään {deadline}.

{link}

Terveisin
{host}
{organiser}
""",
    ),
    "change": Text(
        subject="Muutos: {what}",
        preheader="{event} {on_day}",
        body="""\
Hei {first_name}!

Jokin on muuttunut siitä, mitä kerroimme (**{event}**):

{changes}

Toivomme, että se sopii sinulle edelleen. Jos ei, voit muuttaa vastaustasi sivullasi.

{link}

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "cancellation": Text(
        subject="Peruttu: {what}",
        preheader="{event} {on_day}",
        body="""\
Hei {first_name}!

Olemme pahoillamme, että joudumme kertomaan tämän:

{changes}

Olisimme mielellämme nähneet sinut siellä. Sinun ei tarvitse tehdä mitään; kaikki on sivullasi.

{link}

Onko sinulla kysyttävää? Vastaa tähän viestiin, niin autan mielelläni.

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
    "promoted": Text(
        subject="Hyviä uutisia – {who} vapautui paikka!",
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
    "link": Text(
        subject="Linkkisi: {event}",
        preheader="Tässä on henkilökohtainen linkkisi uudelleen.",
        body="""\
Hei {first_name}!

Tässä on linkki omalle sivullesi: **{event}** {on_day}. Sivulla näet ohjelman ja voit vastata tai muuttaa vastaustasi.

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

Kiitos, että ajattelit kollegaasi. Kutsu on matkalla: **{event}** {on_day}. Merkitsimme, ettet itse pääse tällä kertaa.

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

Kiitos, että ehdotit kollegaasi: **{event}** {on_day}. Se oli ystävällinen ajatus. Tällä kertaa emme voi siirtää kutsua, emmekä ole kirjoittaneet kenellekään.

Oma vastauksesi näkyy sivullasi entisellään. Jos pääsetkin tulemaan, ilahdumme.

{link}

Onko sinulla kysyttävää? Vastaa tähän viestiin, niin autan mielelläni.

Terveisin
{host}
{organiser}
""",
    ),
    "voice": Text(
        subject="Terveisiä vieraalta",
        preheader="{event} {on_day}",
        body="""\
Hei!

**{name}** lähetti sinulle terveisiä. Tapahtuma: **{event}**.
Yritys: {company}
Puhelin: {guest_phone}

{said}

Vastaa tähän viestiin, niin vastauksesi menee osoitteeseen {guest_email}.

Terveiset näkyvät hallinnassa kohdassa ”Vieraiden ääni”, kunnes joku on merkinnyt ne luetuiksi.
""",
    ),
}

WORDS = Words(
    buttons={
        "invitation": "Vastaa kutsuun",
        "confirmation": "Katso tai muuta vastaustasi",
        "promoted": "Vastaa paikkaan kyllä tai ei",
        "link": "Avaa oma sivusi",
        "": "Avaa oma sivusi",
    },
    plain_link="Henkilökohtainen linkkisi, jos painike ei toimi:",
    states={
        "coming": "Olet tulossa",
        "not_coming": "Et ole tulossa",
        "unsure": "Et tiedä vielä",
        "waiting": "Olet jonotuslistalla sijalla {place}",
        "no_answer": "Et ole vielä vastannut",
    },
    reactions={
        "coming": "Mukavaa, että pääset tulemaan!",
        "waiting": "Kiitos! Juuri nyt on täynnä, mutta olet jonotuslistalla, ja kerromme heti, kun paikka vapautuu.",
        "unsure": "Kiitos, että kerroit. Vastaa uudelleen, kun tiedät enemmän.",
        "not_coming": "Kiitos, että kerroit. Toivottavasti nähdään toisella kertaa.",
    },
    companion="seuralaisesi",
    companions={
        "coming": "{name} on tulossa",
        "waiting": "{name} on jonotuslistalla sijalla {place}",
        "not_coming": "{name} ei tule",
    },
    who={
        "you": "sinulle",
        "both": "sinulle ja seurallesi ({names})",
        "companions": "seurallesi ({names})",
        "both_unnamed": "sinulle ja seurallesi",
        "companions_unnamed": "seurallesi",
    },
    last_and="{first} ja {last}",
    files_attached="Liitteenä on kalenteritiedosto jokaisesta ohjelmanumerosta, johon osallistut.",
    cancelled="Peruttu",
    questions="Onko sinulla kysyttävää? Autamme mielellämme.",
    why="Saat tämän viestin, koska sinut on kutsuttu: {event}. Kutsuja: {organiser}.",
    why_us="Saat tämän viestin, koska olet kutsuja tai yhteyshenkilö: {event}.",
    unsubscribe="En halua enää kutsuja",
    unsubscribe_subject="En halua enää kutsuja",
    test_mark="[Koe]",
    test_note="Tämä on koeviesti. Kukaan vieras ei ole saanut sitä, eikä linkki avaa kenenkään vieraan sivua.",
)
