"""Headings of result files in Norwegian, Swedish, Danish, Finnish and English, and of the usual systems."""

# Meanings that the other columns or the cells decide: a finish is a time, or the clock at the line; "Kl." is a class,
# or o'clock; a number is a bib, or a place.
FINISH, CLOCK_OR_CLASS, SOME_NUMBER, SKIPPED = "finish", "clock_or_class", "some_number", "skipped"

WORDS = {
    "guest_key": """
        vertskap-id|vertskap id|vertskap|gjestenummer vertskap|guest code|gjestekode""",
    "bib": """
        startnr|startnummer|start nr|start nummer|st nr|stnr|brystnummer|nummer|bib|bib no|bib number|bib nr|bib#
        bibnumber|startnumber|start number|start no|startno|stno|race no|race number|nummerlapp|startnro|kilpailunumero
        numero|dorsal|deltager nr|deltakernr|löparnummer|rintanumero""",
    "name": """
        navn|fullt navn|namn|fullständigt namn|nimi|koko nimi|name|full name|fullname|deltaker|deltakere|deltager
        deltagare|utøver|utøvere|utövare|løper|löpare|løber|juoksija|kilpailija|osallistuja|runner|athlete|participant
        competitor|racer|navnformatert|nameformatted|name formatted|displayname|display name|fornavn etternavn
        fornavn og etternavn|etternavn, fornavn|last name, first name|efternamn, förnamn|sukunimi, etunimi
        utøvernavn|deltakernavn|visningsnavn|racer name|person name""",
    "first_name": """
        fornavn|fornamn|förnamn|etunimi|first name|firstname|given name|given|givenname|first""",
    "last_name": """
        etternavn|etternamn|efternamn|efternavn|sukunimi|last name|lastname|surname|family name|family|familyname|last
        slektsnavn""",
    "email": """
        e-post|epost|e-postadresse|epostadresse|e-mail|email|email address|mail|e-mailadresse|mejl|e-postadress
        sähköposti|sähköpostiosoite""",
    "time": """
        tid|sluttid|totaltid|total tid|resultat|resultattid|løpstid|løbstid|løpetid|måltid|anvendt tid|formatert
        tidformatert|sluttid formatert|total time|totaltime|time|timeformatted|time formatted
        race time|finish time|finishtime|result|elapsed|elapsed time|duration|formattime|tid formaterad
        sluttid totalt|loppuaika|aika|tulos|kokonaisaika|total time hms|total timehms|total time2|resulttime
        time result|samlet tid""",
    "net_time": """
        nettotid|netto tid|netto|chiptid|chip tid|chip time|chiptime|duration (chip)|duration chip|net time|nettime
        nettoaika|nettotid (chip)|reell tid""",
    "gross_time": """
        bruttotid|brutto tid|brutto|gun time|guntime|duration (gun)|duration gun|gun|gross time|clock time|gross
        bruttoaika|bruttotid (pistol)|pistoltid""",
    "time_ms": """
        accumulatedtime|accumulated time|timems|time ms|time (ms)|tid ms|tid (ms)|milliseconds|millisekunder
        totaltimems|elapsed ms|resultms|millisekunnit|finishtimems""",
    "status": """
        status|statustekst|status text|statustext|merknad status|tila|resultatstatus|racestatus|competitorstatus
        statuskode|status code""",
    "classifier": "classifier|wertung|klassifisering|statuskod",
    "race": """
        race|løp|lopp|løb|øvelse|gren|løype|bana|distanse|distans|distance|kilpailu|matka|contest|event|race name
        ovelse navn|øvelse navn|løpsnavn|konkurranse|course""",
    "race_class": """
        klasse|klass|class|classname|class name|klassenavn|klasse navn|kategori|category|division|age group|aldersklasse
        sarja|luokka|klassnamn|agegroup|klassekode|class short|classshortname""",
    "place": """
        plass|plassering|plass totalt|total plass|totalplass|placering|plac|place|rank|pos|position|overall position
        overall place|overall|overallrank|rank total|ranktotal|plassering total|sija|sijoitus|pl|nr i mål|pos totalt
        resultposition|rank overall|position overall|plats|place overall""",
    "class_place": """
        klasseplass|klasseplassering|plass klasse|plass i klasse|class place|class position|class rank|rank class
        rankclass|category position|position category|plassering klasse|pos klasse|klassplacering|sarjasija
        age group place|division place|category place|position class""",
    "gender_place": """
        kjønnsplass|plass kjønn|gender place|gender position|gender rank|rank gender|rankgender|position gender
        plassering kjønn|sex place|könsplacering""",
    "club": """
        klubb|klubbnavn|klubb navn|lag|lagnavn|lag navn|bedrift|firma|selskap|klubb/bedrift|klubb/lag|klubb/sted|club
        clubname|club name|team|teamname|team name|company|organisation|organization|klubblagformatert
        klubbteamformatert|klubb team|förening|företag|klub|hold|seura|joukkue|yritys|clubformatted|klubb/firma""",
    "gender": "kjønn|kön|køn|sukupuoli|gender|sex|kjonn",
    "birth_year": """
        født|fødselsår|fødselsdato|fødd|fødeår|fødsels år|födelseår|född|födelsedatum|fødselsaar|syntymävuosi
        syntymäaika|born|year of birth|yob|birth year|birthyear|birthdate|birth date|date of birth|dob|årgang|årskull|yb
        fodselsar|fodselsdato""",
    "finish_clock": """
        timeofday|time of day|målpassering|målgang|klokkeslett|klokkeslett mål|måltidspunkt|passingtime|passing time
        finishtimeofday|finish clock|finish time of day|mål kl|målklokke|klokkeslag|maaliintuloaika|kellonaika|tod
        slutttidspunkt|mållinje""",
    "start_clock": """
        starttid|start tid|starttidspunkt|start|start time|starttime|startklokke|lähtöaika|start clock|start kl
        planlagt start|starting time|startet kl""",
    "gap": """
        diff|diff winner|differanse|differens|forskjell|etter|bak|avstand|gap|behind|time behind|timebehind|difference
        diff vinner|etter vinneren|etter vinner|efter|tidsskillnad|ero|diff leder|time back|timeplus""",
    "note": """
        merknad|merknader|kommentar|kommentarer|anmerkning|bemerkning|anmärkning|note|notes|comment|comments|remark|remarks
        huomautus|huomautukset|lisätieto|notat|info""",
    FINISH: "finish|mål|maali|i mål|ziel|finished",
    CLOCK_OR_CLASS: "kl|klokka|klokken",
    SOME_NUMBER: "nr|no|nro|num|number",
    SKIPPED: "split|mellomtid|passering|mellantid|väliaika|nat|nation|country|city|by|penalty|stage|group|pulje|heat",
}
OE_WORDS = {"race_class": "short", "club": "cl.name|city"}  # where OE has its own, in a file with a Classifier
