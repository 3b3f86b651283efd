"""Result files for tests: the usual timing systems' shapes and people's own sheets. All runners are invented."""

import codecs
import datetime
import json
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook

from events.domain.invented import COMPANIES, people
from events.domain.ranking import Status

FIRST_START = 15 * 3600  # seconds since midnight; then one each ten seconds
CLASSES = {"F": "K35-39", "M": "Pluss 90kg"}


@dataclass(frozen=True)
class Runner:
    """ms is the time of a finisher; split_ms the last mark of somebody who gave up."""

    bib: int
    first: str
    last: str
    club: str
    email: str
    gender: str
    year: int
    status: Status = Status.OK
    ms: int | None = None
    split_ms: int | None = None

    @property
    def name(self):
        return f"{self.first} {self.last}"

    @property
    def race_class(self):
        return CLASSES[self.gender]

    @property
    def start(self):
        return FIRST_START + 10 * self.bib

    @property
    def seconds(self):
        """As it is published: rounded up."""
        return -(-self.ms // 1000) if self.ms else 0


def runners(count=12):
    """So many runners in order of finish, then one each who gave up (two), never started and was disqualified."""
    made = []
    for number, person in enumerate(people(count + 4)):
        status, ms, split = Status.OK, 612_300 + number * 47_210 + number * number * 130, None
        if number >= count:
            status = (Status.DNF, Status.DNF, Status.DNS, Status.DSQ)[number - count]
            ms, split = None, 162_000 + number * 1000 if status is Status.DNF else None
        first, _, last = person.name.partition(" ")
        made.append(
            Runner(
                100 + number * 7, first, last, COMPANIES[person.company][0], person.email or f"{number}@uten.example",
                "FM"[number % 2], 1960 + number, status, ms, split,
            )
        )  # fmt: skip
    return made


def clock(seconds, *, hours=False):
    minutes, rest = divmod(seconds, 60)
    if hours or minutes >= 60:
        return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}"
    return f"{minutes}:{rest:02}"


def exact(ms, *, hours=True):
    """ "00:12:34.560", as systems write what they have measured."""
    return f"{clock(ms // 1000, hours=hours)}.{ms % 1000:03}"


def quoted(rows, encoding="utf-8-sig"):
    return "".join(";".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows).encode(encoding)


def plain(rows, delimiter=";", encoding="utf-8-sig"):
    return "".join(delimiter.join(map(str, row)) + "\r\n" for row in rows).encode(encoding)


def heading(words):
    return words.split(";")


def gap(runner, field):
    return f"+{clock(runner.seconds - field[0].seconds)}" if runner is not field[0] else ""


# EQ Timing


def eq_list_a(field, *, other_race=0):
    """No status: a place for everybody, nought or the last split for who has not finished, and blank clocks."""
    head = heading("Rank;Startnumber;Firstname;Surname;Gender;Nat;Club;Race;Class")
    rows = [[*head, "Total Time", "Diff Winner", "TimeOfDay", "City", "Penalty"]]
    for place, each in enumerate(field, 1):
        ends = ["0:00", "", ""] if not each.split_ms else [clock(each.split_ms // 1000), "", ""]
        if each.status is Status.OK:
            ends = [clock(each.seconds), gap(each, field), exact(each.start * 1000 + each.ms)]
        who = [place, each.bib, each.first, each.last, "KM"[each.gender == "M"], "NOR", each.club]
        rows.append([*who, "Stoltzekleiven Opp", each.race_class, *ends, "Bergen", ""])
    for place in range(1, other_race + 1):
        ends = [clock(900 + place), f"+{clock(place)}", exact((FIRST_START + place) * 1000), "Bergen", ""]
        rows.append([place, 5000 + place, "Fremmed", f"Nummer{place}", "M", "NOR", "", "Barneløpet", "G10", *ends])
    return quoted(rows)


def eq_list_b(field):
    """The status stands in the time column; three times, three places, and a last column without a name."""
    head = "Rank Class;Rank Gender;Rank Total;Startnumber;Firstname;Surname;Gender;Club;Stage;Group;Race;Class"
    rows = [[*heading(head), "Total Time", "Total TimeHMS", "Total Time2", "Diff Winner", "TimeOfDay", ""]]
    for place, each in enumerate(field, 1):
        who = [place, place, place, each.bib, each.first, each.last, each.gender, each.club, "Mål", "1", "Opp"]
        ends = [str(each.status), "00:00:00.000", "", "", "", ""]
        if each.status is Status.OK:
            shown, clocked = clock(each.seconds), exact(each.start * 1000 + each.ms)
            ends = [shown, f"{clock(each.seconds, hours=True)}.000", shown, gap(each, field), clocked, ""]
        rows.append([*who, each.race_class, *ends])
    return quoted(rows)


def eq_press(field):
    """81 columns, the time in milliseconds, and a status that says TIME of who has one."""
    filler = [f"Split{number}Time" for number in range(67)]
    head = heading(
        "Bib;NameFormatted;ClubFormatted;Status;AccumulatedTime;TimeFormatted;RankTotal;RankGender;RankClass"
    )
    rows = [[*head, "Starttime", "PassingTime", "Class", "Gender", "Nation", *filler]]
    for place, each in enumerate(field, 1):
        is_in = each.status is Status.OK
        status = "TIME" if is_in else each.status
        times = [each.ms or 0, clock(each.seconds) if is_in else "", place, place, place]
        day = datetime.datetime(2026, 9, 25)
        moments = [day + datetime.timedelta(seconds=each.start), ""]
        if is_in:
            moments[1] = (day + datetime.timedelta(seconds=each.start, milliseconds=each.ms)).isoformat()
        who = [each.bib, each.name, each.club, status]
        rows.append([*who, *times, *moments, each.race_class, each.gender, "NOR", *["9:59"] * 67])
    return plain(rows)


def eq_api(field, *, as_dict=False):
    items = []
    for place, each in enumerate(field, 1):
        items.append(
            {
                "Id": 9000 + place,
                "Deltaker": {
                    "Startnummer": each.bib,
                    "Utover": {"NavnFormatert": each.name, "Kjonn": each.gender},
                    "Klasse": {"Navn": each.race_class},
                    "KlubbTeamFormatert": each.club,
                },
                "Formatert": clock(each.seconds) if each.ms else "",
                "StatusTekst": "Fullført" if each.ms else str(each.status),
                "Splitt": {"Formatert": "5:01", "Navn": "Halvveis"},
                "Plassering": {"Total": place, "Klasse": place},
            }
        )
    inside = {str(item["Id"]): item for item in items} if as_dict else items
    return json.dumps({"Event": {"Navn": "Stoltzekleiven Opp"}, "Items": inside}, ensure_ascii=False).encode()


# Racedays, RaceResult, Webscorer, UltraSignup


def racedays(field):
    head = "Overall position;Gender position;Category position;Bib;Name;Club;Category;Duration (gun);Duration (chip)"
    rows = [heading(head)]
    for place, each in enumerate(field, 1):
        places = [place] * 3 if each.ms else [each.status] * 3
        time = clock(each.seconds, hours=True) if each.ms else ""
        rows.append(
            [
                *places,
                each.bib,
                each.name,
                f'"{each.club}"' if "," in each.club else each.club or "-",
                each.race_class,
                time,
                "",
            ]
        )
    return plain(rows)


def raceresult_json(field):
    labels = [("RANK", "Pl."), ("BIB", "Bib"), ("DisplayName", "Name"), ("CLUB", "Club"), ("FINISH.GUN", "Time")]
    rows = [[label for _expression, label in labels]]
    for place, each in enumerate(field, 1):
        time = exact(each.ms // 10 * 10)[:-1].lstrip("0:") if each.ms else str(each.status)
        rows.append([f"{place}." if each.ms else "*", each.bib, each.name, each.club, time])
    fields = [{"Expression": expression, "Label": label} for expression, label in labels]
    return json.dumps({"list": {"Fields": fields}, "data": {"#1_Opp": rows}}).encode()


def raceresult_sheet(field):
    rows = [["Rank", "Name", "Club", "Time"]]
    for place, each in enumerate(field, 1):
        rows.append(
            [
                f"{place}." if each.ms else "",
                f"{each.name} [{each.bib}]",
                each.club,
                clock(each.seconds) if each.ms else str(each.status),
            ]
        )
    return workbook(rows)


def webscorer_txt(field):
    rows = [["Place", "Bib", "Name", "Category", "Time", "Difference"]]
    for place, each in enumerate(field, 1):
        ends = [exact(each.ms // 100 * 100, hours=False)[:-2], gap(each, field) or "-"] if each.ms else ["-", "-"]
        rows.append([place if each.ms else each.status, each.bib, each.name, each.race_class, *ends])
    return codecs.BOM_UTF16_LE + plain(rows, "\t", "utf-16-le")


def webscorer_json(field):
    racers = [
        {"Place": str(place) if each.ms else str(each.status), "Bib": str(each.bib), "Name": each.name,
         "Category": each.race_class, "Time": exact(each.ms // 100 * 100)[:-2] if each.ms else "-"}
        for place, each in enumerate(field, 1)
    ]  # fmt: skip
    groups = [{"Grouping": {"Distance": "Opp", "Overall": True}, "Racers": racers}]
    for name in CLASSES.values():
        mine = [racer for racer in racers if racer["Category"] == name]
        groups.append({"Grouping": {"Distance": "Opp", "Category": name, "Overall": False}, "Racers": mine})
    return json.dumps({"RaceInfo": {"Name": "Stoltzen"}, "Results": groups}).encode()


def ultrasignup(field):
    numbers = {Status.OK: 1, Status.DNF: 2, Status.DSQ: 2, Status.DNS: 3}
    rows = [["place", "first", "last", "gender", "bib", "time", "status"]]
    for place, each in enumerate(field, 1):
        time = clock(each.seconds, hours=True) if each.ms else "0"
        rows.append([place, each.first, each.last, each.gender, each.bib, time, numbers[each.status]])
    return plain(rows, ",", "utf-8")


# Orienteering


def oe_csv(field):
    head = (
        "Stno;Chip;Database Id;Surname;First name;YB;S;Block;nc;Start;Finish;Time;Classifier;Club no.;Cl.name;City;Nat"
    )
    controls = [f"Control{number}" for number in range(1, 30)]
    rows = [[*heading(head), "Cl. no.", "Short", "Long", "Place", *controls]]
    numbers = {Status.OK: 0, Status.DNS: 1, Status.DNF: 2, Status.DSQ: 4}
    for place, each in enumerate(field, 1):
        times = [clock(each.start, hours=True), "", ""]
        if each.ms:
            times[1:] = [clock(each.start + each.seconds, hours=True), clock(each.seconds)]
        who = [each.bib, 200_000 + each.bib, "", each.last, each.first, each.year, each.gender, "", "0"]
        where = [17, "", each.club, "NOR", 3, each.race_class, each.race_class, place if each.ms else ""]
        rows.append([*who, *times, numbers[each.status], *where, *range(31, 60)])
    return plain(rows, ";", "cp1252")


def iof3(field):
    words = {Status.OK: "OK", Status.DNS: "DidNotStart", Status.DNF: "DidNotFinish", Status.DSQ: "Disqualified"}
    parts = []
    for each in field:
        time = f"<Time>{each.ms / 1000:.1f}</Time>" if each.ms else ""
        parts.append(
            f'<PersonResult><Person sex="{each.gender}"><Name><Family>{each.last}</Family><Given>{each.first}</Given>'
            f"</Name><BirthDate>{each.year}-05-17</BirthDate></Person><Organisation><Name>{xml(each.club)}</Name>"
            f"</Organisation><Result><BibNumber>{each.bib}</BibNumber>"
            f"<StartTime>2026-09-25T{clock(each.start, hours=True)}+02:00</StartTime>{time}"
            f"<Status>{words[each.status]}</Status><SplitTime><ControlCode>31</ControlCode><Time>99</Time></SplitTime>"
            "</Result></PersonResult>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ResultList xmlns="http://www.orienteering.org/datastandard/3.0" '
        'iofVersion="3.0"><Event><Name>Stoltzen</Name></Event><ClassResult><Class><Name>Åpen</Name></Class>'
        f"{''.join(parts)}</ClassResult></ResultList>"
    ).encode()


def iof2(field):
    words = {Status.OK: "OK", Status.DNS: "DidNotStart", Status.DNF: "DidNotFinish", Status.DSQ: "Disqualified"}
    parts = []
    for each in field:
        time = f'<Time timeFormat="MM:SS">{each.seconds // 60:02}:{each.seconds % 60:02}</Time>' if each.ms else ""
        parts.append(
            f'<PersonResult><Person sex="{each.gender}"><PersonName><Family>{each.last}</Family>'
            f'<Given sequence="1">{each.first}</Given></PersonName></Person>'
            f"<Club><ShortName>{xml(each.club)}</ShortName></Club><Result><BibNumber>{each.bib}</BibNumber>"
            f"<StartTime><Clock>{clock(each.start, hours=True)}</Clock></StartTime>"
            f'{time}<CompetitorStatus value="{words[each.status]}"/></Result></PersonResult>'
        )
    return (
        '<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE ResultList SYSTEM "IOFdata.dtd"><ResultList>'
        f"<ClassResult><ClassShortName>Åpen</ClassShortName>{''.join(parts)}</ClassResult></ResultList>"
    ).encode("latin-1")


def xml(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


# Start lists, and what people write themselves


def start_list(field):
    """As associations export them: two rows of title, a birthday, "Kl." as 800, and private columns."""
    rows = [["Startliste Stoltzen"], ["Skrevet ut 24.09.2026"]]
    rows.append(heading("Startnr;Fornavn;Etternavn;Kjønn;Fødselsdato;Klubb;Klasse;Kl.;Mobil;Adresse;Kontingent"))
    for number, each in enumerate(field):
        born = (f"17.05.{each.year}", f"{each.year}-05-17", f"1705{each.year}")[number % 3]
        start = f"{each.start // 3600}{each.start % 3600 // 60:02}"
        rows.append(
            [
                each.bib,
                each.first,
                each.last,
                "KM"[each.gender == "M"],
                born,
                each.club,
                each.race_class,
                start,
                "90000000",
                "Vei 1",
                500,
            ]
        )
    return plain(rows, ";", "cp1252")


def phone_list(field):
    """A helper's phone: number, time, a question mark for whom nobody knew."""
    rows = [[each.bib, clock(each.seconds)] for each in field if each.ms]
    return "".join(f"{bib}\t{time}\n" for bib, time in [*rows, ("?", "31:24")]).encode()


def hand_csv(field):
    """Norwegian, with dots for colons, a word for who gave up, and the name turned round."""
    rows = [["Nr.", "Etternavn, Fornavn", "Firma", "Tid", "Merknad"]]
    for each in field:
        word = {Status.DNF: "Brøt ved trappene", Status.DNS: "Ikke møtt", Status.DSQ: "Disket"}.get(each.status, "")
        time = clock(each.seconds).replace(":", ".") if each.ms else "-"
        rows.append([f"{each.bib:04}", f"{each.last}, {each.first}", each.club, time, word])
    return plain(rows, ";", "cp1252")


def hand_sheet(field, cell=lambda seconds: datetime.time(seconds // 60, seconds % 60), number_format="h:mm"):
    """A workbook in which somebody typed 12:34, which Excel takes for hours."""
    rows = [["Startnummer", "Navn", "E-post", "Tid", "Status"]]
    for each in field:
        word = {Status.DNF: "Brøt", Status.DNS: "DNS", Status.DSQ: "DSQ"}.get(each.status, "")
        rows.append([each.bib, each.name, each.email, cell(each.seconds) if each.ms else None, word])
    return workbook(rows, {4: number_format})


def own_start_list(field):
    """Our own start list with the times filled in."""
    rows = [["Vertskap-id", "Navn", "Tid"]]
    rows += [[f"g{each.bib}", "", clock(each.seconds) if each.ms else str(each.status)] for each in field]
    return plain(rows)


def workbook(rows, formats=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for column, number_format in dict(formats).items():
        for cells in book.active.iter_rows(min_row=2, min_col=column, max_col=column):
            cells[0].number_format = number_format
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


# How a shape is written, what its times are precise to, and what it cannot tell of who has not finished.
SHAPES = {
    "eq_list_a": (eq_list_a, 1000, {status: Status.UNCLEAR for status in Status if status is not Status.OK}),
    "eq_list_b": (eq_list_b, 1000, {}),
    "eq_press": (eq_press, 1, {}),
    "eq_api": (eq_api, 1000, {}),
    "eq_api_dict": (lambda field: eq_api(field, as_dict=True), 1000, {}),
    "racedays": (racedays, 1000, {}),
    "raceresult_json": (raceresult_json, -10, {}),
    "raceresult_sheet": (raceresult_sheet, 1000, {}),
    "webscorer_txt": (webscorer_txt, -100, {}),
    "webscorer_json": (webscorer_json, -100, {}),
    "ultrasignup": (ultrasignup, 1000, {Status.DSQ: Status.DNF}),
    "oe_csv": (oe_csv, 1000, {}),
    "iof3": (iof3, -100, {}),
    "iof2": (iof2, 1000, {}),
    "hand_csv": (hand_csv, 1000, {}),
    "hand_sheet": (hand_sheet, 1000, {}),
    "own_start_list": (own_start_list, 1000, {}),
}


def written(runner, shape):
    """(status, milliseconds) that a reader must get out of a shape; a step below nought is cut off, not rounded up."""
    _write, step, lost = SHAPES[shape]
    if runner.status is not Status.OK:
        return lost.get(runner.status, runner.status), None
    return Status.OK, runner.ms // -step * -step if step < 0 else -(-runner.ms // step) * step
