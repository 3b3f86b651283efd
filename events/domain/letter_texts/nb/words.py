"""Norwegian: the words around a letter."""

from dataclasses import replace

from ..shapes import Words

INFORMAL = Words(
    buttons={
        "invitation": "Svar på invitasjonen",
        "reminder": "Svar på invitasjonen",
        "confirmation": "Se eller endre svaret",
        "promoted": "Si ja eller nei til plassen",
        "change": "Se eller endre svaret",
        "calendar": "Svar på siden din",
        "results": "Se resultatet ditt",
        "thanks": "Skriv et ord til oss",
        "thanks_missed": "Skriv et ord til oss",
        "thanks_declined": "Skriv et ord til oss",
        "survey": "Skriv et par ord",
        "photos_added": "Se bildene dine",
        "photo_wish": "Se bildene",
        "bounced": "Åpne gjestens side",
        "photo_asked": "Se på bildet",
        "": "Åpne siden din",
    },
    plain_link="Din personlige lenke, om knappen ikke virker:",
    plain_link_us="Lenke, om knappen ikke virker:",
    states={
        "coming": "Du kommer",
        "not_coming": "Du kommer ikke",
        "unsure": "Du vet ikke ennå",
        "waiting": "Du er nummer {place} på ventelisten",
        "no_answer": "Du har ikke svart ennå",
    },
    late={
        "coming": "Du svarte etter fristen at du kommer. Vi har notert det, og sier fra.",
        "not_coming": "Du svarte etter fristen at du ikke kommer. Vi har notert det.",
        "unsure": "Du svarte etter fristen at du ikke vet ennå. Vi har notert det.",
    },
    reactions={
        "coming": "Så hyggelig at du kommer!",
        "waiting": "Takk! Det er fullt akkurat nå, men du står på ventelisten, og vi sier fra med én gang det blir plass.",
        "unsure": "Takk for at du sier fra. Svar når du vet mer.",
        "not_coming": "Takk for at du sa fra. Vi håper vi ses en annen gang.",
    },
    companion="følget ditt",
    companions={
        "coming": "{name} kommer",
        "waiting": "{name} er nummer {place} på ventelisten",
        "not_coming": "{name} kommer ikke",
    },
    who={
        "you": "deg",
        "both": "deg og {names}",
        "companions": "{names}",
        "both_unnamed": "deg og følget ditt",
        "companions_unnamed": "følget ditt",
    },
    last_and="{first} og {last}",
    bring="Ta med",
    map="{place} (kart)",
    together="Sammen med {names}",
    starts={
        "both": "Din starttid er {time}, og du har startnummer {bib}",
        "start": "Din starttid er {time}",
        "bib": "Du har startnummer {bib}",
    },
    starts_of={
        "both": "{name}: starttid {time}, startnummer {bib}",
        "start": "{name}: starttid {time}",
        "bib": "{name}: startnummer {bib}",
    },
    troubles={
        "address_wrong": "E-postserveren svarer at adressen ikke finnes. Ofte er det en skrivefeil, eller gjesten har sluttet i bedriften.",
        "mailbox_full": "Postkassen er full. Det kan gå over av seg selv, men en telefon er tryggere.",
        "policy": "Bedriftens e-postserver slipper ikke e-posten vår inn. Spør gjerne gjesten om en annen adresse.",
        "": "E-postserveren tok ikke imot den.",
    },
    files_attached="Vedlagt er en kalenderfil for hver del du blir med på.",
    cancelled="Avlyst",
    questions="Her treffer du oss:",
    why="Du får denne e-posten fordi {organiser} har invitert deg til {event}.",
    why_us="Du får denne e-posten fordi du er vert eller kontaktperson for {event}.",
    unsubscribe="Ikke send meg flere invitasjoner",
    unsubscribe_subject="Ikke send meg flere invitasjoner",
    test_mark="[Prøve]",
    test_note="Dette er en prøve. Ingen gjest har fått den, og lenken åpner ingen gjests side.",
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
        "calendar": "Svar på siden",
        "results": "Se resultatene",
        "photos_added": "Se bildene",
        "": "Åpne siden",
    },
    plain_link="Personlig lenke, om knappen ikke virker:",
    late={
        "coming": "Etter fristen kom et ja. Vi har notert det, og gir beskjed.",
        "not_coming": "Etter fristen kom et nei. Vi har notert det.",
        "unsure": "Etter fristen kom et «vet ikke ennå». Vi har notert det.",
    },
    reactions={
        "coming": "Hjertelig takk for svaret. Vi gleder oss til å ønske velkommen.",
        "waiting": "Takk for svaret. Det er dessverre fullt for øyeblikket. Navnet står på ventelisten, og vi gir beskjed så snart noe blir ledig.",
        "unsure": "Takk for beskjeden. Vi setter pris på et nytt svar når mer er klart.",
        "not_coming": "Takk for beskjeden. Vi håper å kunne ønske velkommen en annen gang.",
    },
    questions="Kontaktperson:",
    why="Denne e-posten er sendt fordi {organiser} har invitert til {event}.",
    why_us="Denne e-posten går til verter og kontaktpersoner for {event}.",
)
