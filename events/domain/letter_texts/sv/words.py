"""Swedish: the words around a letter."""

from dataclasses import replace

from ..shapes import Words

INFORMAL = Words(
    buttons={
        "invitation": "Svara på inbjudan",
        "reminder": "Svara på inbjudan",
        "confirmation": "Se eller ändra svaret",
        "promoted": "Säg ja eller nej till platsen",
        "change": "Se eller ändra svaret",
        "calendar": "Svara på din sida",
        "results": "Se ditt resultat",
        "thanks": "Skriv några ord till oss",
        "thanks_missed": "Skriv några ord till oss",
        "thanks_declined": "Skriv några ord till oss",
        "survey": "Skriv några ord",
        "photos_added": "Se dina bilder",
        "photo_wish": "Se bilderna",
        "bounced": "Öppna gästens sida",
        "photo_asked": "Titta på bilden",
        "": "Öppna din sida",
    },
    plain_link="Din personliga länk, om knappen inte fungerar:",
    plain_link_us="Länk, om knappen inte fungerar:",
    states={
        "coming": "Du kommer",
        "not_coming": "Du kommer inte",
        "unsure": "Du vet inte än",
        "waiting": "Du är nummer {place} på väntelistan",
        "no_answer": "Du har inte svarat än",
    },
    late={
        "coming": "Du svarade efter sista svarsdag att du kommer. Vi har noterat det, och hör av oss.",
        "not_coming": "Du svarade efter sista svarsdag att du inte kommer. Vi har noterat det.",
        "unsure": "Du svarade efter sista svarsdag att du inte vet än. Vi har noterat det.",
    },
    reactions={
        "coming": "Vad roligt att du kommer!",
        "waiting": "Tack! Det är fullt just nu, men du står på väntelistan och vi hör av oss så fort det blir en plats.",
        "unsure": "Tack för att du hör av dig. Svara när du vet mer.",
        "not_coming": "Tack för att du hörde av dig. Vi hoppas att vi ses en annan gång.",
    },
    companion="ditt sällskap",
    companions={
        "coming": "{name} kommer",
        "waiting": "{name} är nummer {place} på väntelistan",
        "not_coming": "{name} kommer inte",
    },
    who={
        "you": "dig",
        "both": "dig och {names}",
        "companions": "{names}",
        "both_unnamed": "dig och ditt sällskap",
        "companions_unnamed": "ditt sällskap",
    },
    last_and="{first} och {last}",
    bring="Ta med",
    map="{place} (karta)",
    together="Tillsammans med {names}",
    starts={
        "both": "Din starttid är {time}, och du har startnummer {bib}",
        "start": "Din starttid är {time}",
        "bib": "Du har startnummer {bib}",
    },
    starts_of={
        "both": "{name}: starttid {time}, startnummer {bib}",
        "start": "{name}: starttid {time}",
        "bib": "{name}: startnummer {bib}",
    },
    troubles={
        "address_wrong": "Mejlservern svarar att adressen inte finns. Ofta är det ett skrivfel, eller så har gästen slutat på företaget.",
        "mailbox_full": "Inkorgen är full. Det kan gå över av sig självt, men ett samtal är säkrare.",
        "policy": "Företagets mejlserver släpper inte in våra mejl. Fråga gärna gästen efter en annan adress.",
        "": "Mejlservern tog inte emot det.",
    },
    files_attached="En kalenderfil för varje del du är med på är bifogad.",
    cancelled="Inställt",
    questions="Här når du oss:",
    why="Du får det här mejlet för att {organiser} har bjudit in dig till {event}.",
    why_us="Du får det här mejlet för att du är värd eller kontaktperson för {event}.",
    unsubscribe="Skicka inga fler inbjudningar till mig",
    unsubscribe_subject="Skicka inga fler inbjudningar till mig",
    test_mark="[Prov]",
    test_note="Det här är ett prov. Ingen gäst har fått det, och länken öppnar ingen gästs sida.",
)

FORMAL = replace(
    INFORMAL,
    starts={
        "both": "Starttid {time}, startnummer {bib}",
        "start": "Starttid {time}",
        "bib": "Startnummer {bib}",
    },
    buttons=INFORMAL.buttons
    | {
        "results": "Se resultaten",
        "calendar": "Svara på sidan",
        "photos_added": "Se bilderna",
        "": "Öppna sidan",
    },
    plain_link="Personlig länk, om knappen inte fungerar:",
    late={
        "coming": "Efter sista svarsdag kom ett ja. Vi har noterat det, och återkommer.",
        "not_coming": "Efter sista svarsdag kom ett nej. Vi har noterat det.",
        "unsure": "Efter sista svarsdag kom ett ”vet inte än”. Vi har noterat det.",
    },
    reactions={
        "coming": "Varmt tack för svaret. Vi ser fram emot att få hälsa välkommen.",
        "waiting": "Tack för svaret. Det är tyvärr fullt för tillfället. Namnet står på väntelistan, och vi hör av oss så snart något blir ledigt.",
        "unsure": "Tack för beskedet. Vi är tacksamma för ett nytt svar när mer är klart.",
        "not_coming": "Tack för beskedet. Vi hoppas få hälsa välkommen en annan gång.",
    },
    questions="Kontaktperson:",
    why="Detta mejl har skickats eftersom {organiser} har bjudit in till {event}.",
    why_us="Detta mejl går till värdar och kontaktpersoner för {event}.",
)
