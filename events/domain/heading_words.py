"""Headings as organisers write them in Norwegian, Swedish, Finnish and English: meaning → words."""

# Meanings that are no field yet: heads counts the guest too, a contact person is the guest or the host,
# a customer number is the company's unless the rows prove otherwise, some number may be anybody's.
HEADS, CONTACT, CUSTOMER_NUMBER, SOME_NUMBER = "heads", "contact", "customer_number", "some_number"

WORDS = {
    "name": """
        navn|fullt navn|hele navnet|navn på gjest|gjest|gjester|gjestens navn|deltaker|deltakere|deltager
        person|invitert|inviterte|fornavn og etternavn|for- og etternavn|etternavn, fornavn|fornavn etternavn
        namn|fullständigt namn|hela namnet|gäst|gäster|gästens namn|deltagare|för- och efternamn|inbjuden
        nimi|koko nimi|vieras|vieraat|vieraan nimi|osallistuja|osallistujat|kutsuttu|etu- ja sukunimi
        name|full name|guest|guests|guest name|attendee|attendee name|participant|invitee|display name
        first and last name|last name, first name|complete name""",
    "first_name": """
        fornavn|for navn|fornamn|kallenavn|mellomnavn og fornavn|förnamn|tilltalsnamn|etunimi|kutsumanimi
        first name|firstname|given name|forename|christian name|first""",
    "last_name": """
        etternavn|etter navn|slektsnavn|familienavn|etternamn|efternamn|släktnamn|sukunimi
        last name|lastname|surname|family name|last""",
    "company": """
        firma|firmanavn|bedrift|bedriftsnavn|selskap|selskapsnavn|virksomhet|kunde|kundenavn|kundens navn
        organisasjon|arbeidsgiver|arbeidssted|konto|kontonavn|foretak
        företag|företagsnamn|bolag|bolagsnamn|kund|kundnamn|organisation|arbetsgivare|arbetsplats
        yritys|yrityksen nimi|yhtiö|asiakas|asiakkaan nimi|organisaatio|työnantaja|työpaikka
        company|company name|organization|organization name|organization 1 - name|business|employer
        account|account name|customer|customer name|client|client name|firm""",
    "email": """
        e-post|epost|e-postadresse|epostadresse|e-mailadresse|mail|mailadresse|e-mail|mail adresse|e-post 1
        epost adresse|e-post (jobb)|e-post jobb|jobb e-post
        e-postadress|mejl|mejladress|mailadress|epostadress
        sähköposti|sähköpostiosoite|s-posti|sposti|meili|email-osoite
        email|email address|e-mail address|mail address|work email|business email|primary email
        e-mail 1 - value|email 1|contact email|e-mail 1""",
    "phone": """
        mobil|mobilnummer|mobilnr|mobiltelefon|mob|tlf mobil|telefon mobil|telefon|telefonnummer|telefonnr|tlf
        tlfnr|tlf nr|tlf.nr|direkte telefon|telefon direkte|mobiltlf
        mobilnr|telnr|tel|tfn|tfn mobil
        matkapuhelin|puhelin|puhelinnumero|puh|gsm|kännykkä|puhelinnro
        mobile|mobile phone|mobile number|cell|cell phone|phone|phone number|telephone|telephone number
        business phone|work phone|phone 1 - value|contact phone|contact number""",
    "host": """
        vert|verter|vår vert|vertinne|kundeansvarlig|ansvarlig|ansvarlig selger|selger|vår kontakt|vår ref
        invitert av|rådgiver|kam|key account manager|kontakt hos oss|eier|vår kontaktperson|intern kontakt
        kontoansvarlig|saksbehandler|kundekontakt
        värd|värdar|värdinna|kundansvarig|ansvarig|säljare|inbjuden av|vår kontakt|vår kontaktperson|rådgivare
        kutsuja|isäntä|emäntä|asiakasvastaava|asiakaspäällikkö|myyjä|vastuuhenkilö|vastaava|edustajamme
        host|hosts|account manager|sales rep|salesperson|sales person|account owner|owner|contact owner
        invited by|relationship manager|responsible|our contact|record owner""",
    "language": """
        språk|morsmål|målform|språkkode|foretrukket språk|kontaktspråk|språkval|kieli|äidinkieli|asiointikieli
        language|lang|preferred language|language code|locale""",
    "companions": """
        følge|med følge|antall følge|ledsager|ledsagere|antall ledsagere|medfølgende|ekstra gjester|+1
        pluss en|antall ekstra|følgepersoner
        sällskap|medföljande|antal medföljande|ledsagare|gäster utöver|extra gäster|antal extra
        avec|seuralainen|seuralaiset|seuralaisia|seuralaisten määrä|lisävieraat
        companion|companions|plus one|plus ones|plus-one|plus-ones|+1s|extra guests|additional guests
        number of companions|accompanying|guests of guest""",
    HEADS: """
        antall|ant|antall personer|antall deltakere|antall plasser|plasser|antall gjester|hoder
        antall inkl gjest|antall totalt|antall stk|pers|personer
        antal|antal personer|antal deltagare|antal platser|antal gäster|platser
        määrä|lukumäärä|henkilömäärä|hlö|hlömäärä|henkilöitä|paikkoja|osallistujamäärä
        heads|headcount|head count|party size|party|number of people|number of guests|number of persons
        seats|persons|people|count|number attending|pax|quantity""",
    "external_id": """
        person-id|personid|personnummer i crm|kontakt-id|kontaktid|gjeste-id|kontaktperson-id|deltaker-id
        person id|gäst-id|henkilö-id|henkilötunniste|yhteyshenkilö-id
        contact id|guest id|attendee id|participant id""",
    "note": """
        kommentar|kommentarer|merknad|merknader|notat|notater|bemerkning|bemerkninger|anmerkning|annet|info
        beskjed|tilleggsinfo
        anteckning|anteckningar|anmärkning|notering|noteringar|övrigt|meddelande|kommentti
        kommentit|huomautus|huomautukset|huomio|huomioitavaa|muistiinpano|muistiinpanot|lisätieto|lisätiedot
        comment|comments|note|notes|remark|remarks|additional information|message""",
    CONTACT: """
        kontakt|kontaktperson|kontaktpersoner|kontaktpersonens navn|yhteyshenkilö|yhteyshenkilöt|kontakter
        contact|contact person|contact name|contacts""",
    CUSTOMER_NUMBER: """
        kundenr|kundenummer|kunde-id|kundeid|kunde nr|org.nr|orgnr|organisasjonsnummer|firma-id|bedriftsnummer
        kundnr|kundnummer|kund-id|organisationsnummer|företags-id
        asiakasnumero|asiakasnro|asiakas-id|asiakastunnus|y-tunnus|yritystunnus
        customer number|customer no|customer id|client id|client number|account id|account number|account no
        company id|company number|organization number|vat number""",
    SOME_NUMBER: """
        id|ekstern id|eksternt id|ekstern-id|extern id|externt id|crm-id|crm id|medlemsnr|medlemsnummer
        medlems-id|referanse|ref|jäsennumero|tunnus|tunniste|ulkoinen tunniste
        external id|member id|member no|member number|membership number|record id|uid|guid|reference""",
}
