"""A guest list becomes guests: who is new, who is known, what changes, and what never does."""

import gc
import threading
import time
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import guestlists
from events.domain.matching import People
from events.models import Answer, Company, Contact, Guest, History, Host, Invitation
from tests import factories
from tests.database import whole_database
from tests.lists import csv, many, real

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(clock):
    return factories.make_event()


def apply(event, data, **options):
    how = {"by": None, "channel": History.Channel.COMMAND, "now": factories.NOW, **options}
    return guestlists.apply(event, data, **how)


def counts(report):
    """The counts that are not zero."""
    return {name: count for name, count in report.counts.items() if count}


def guest(event, name):
    return Guest.objects.select_related("contact__company", "host", "invitation").get(event=event, contact__name=name)


def test_each_row_becomes_a_guest_invited_to_everything_when_all_are_new(event):
    data = csv(
        "Åse Vågen;Vestkraft AS;ase@vestkraft.example;+47 900 00 001;Marte Lie;svensk;2;ringer selv",
        heading="Navn;Firma;E-post;Mobil;Vert;Språk;Følge;Merknad",
    )
    assert counts(apply(event, data)) == {"rows": 1, "new": 1}
    aase = guest(event, "Åse Vågen")
    contact = aase.contact
    assert (contact.first_name, contact.email, contact.phone) == ("Åse", "ase@vestkraft.example", "+47 900 00 001")
    assert (contact.language, contact.company.name, contact.host, aase.host.name) == (
        "sv", "Vestkraft AS", aase.host, "Marte Lie",
    )  # fmt: skip
    assert (aase.companions_allowed, aase.note, aase.language) == (2, "ringer selv", "")
    assert (aase.invitation.state, aase.invitation.version) == ("drafted", 1)
    assert sorted(aase.answer_set.values_list("activity__slug", "state")) == [
        ("dinner", "no_answer"), ("gathering", "no_answer"), ("race", "no_answer"),
    ]  # fmt: skip
    assert (aase.search_text, aase.sort_key) == ("ase vagen vestkraft as ase@vestkraft.example", contact.sort_key)
    assert [*aase.history_set.values_list("what", "channel", "facts")] == [("imported", "command", {})]
    assert Host.objects.get(name="Marte Lie").email == ""


def test_the_same_list_again_writes_nothing(event):
    for name in ("crm-eksport.csv", "selgerliste.xlsx", "felles-adresser.csv", "asiakkaat-unicode.txt"):
        first = apply(event, real(name))
        before = whole_database()
        again = apply(event, real(name))
        assert whole_database() == before
        assert again.counts["unchanged"] == first.counts["new"]
        assert (again.counts["new"], again.counts["changed"]) == (0, 0)


def test_a_preview_says_what_apply_does_and_writes_nothing(event):
    before = whole_database()
    said = guestlists.preview(event, real("selgerliste.xlsx"), by=None)
    assert whole_database() == before
    assert said.counts == apply(event, real("selgerliste.xlsx")).counts


def test_changed_cells_change_only_what_they_say(event):
    apply(event, csv("Kari Li;Rør AS;kari@ror.example;911;Marte Lie;nb", heading="Navn;Firma;E-post;Mobil;Vert;Språk"))
    before = guest(event, "Kari Li")
    data = csv("Kari Li;Rør AS;kari@ror.example;922;Even Strand;", heading="Navn;Firma;E-post;Mobil;Vert;Språk")
    report = guestlists.preview(event, data, by=None)
    assert report.entries["changed"][0]["changes"] == {"phone": ["911", "922"], "host": ["Marte Lie", "Even Strand"]}
    assert counts(apply(event, data)) == {"rows": 1, "changed": 1}
    after = guest(event, "Kari Li")
    assert (after.pk, after.contact_id, after.host.name) == (before.pk, before.contact_id, "Even Strand")
    assert (after.contact.phone, after.contact.language, after.contact.company) == ("922", "nb", before.contact.company)
    assert [*after.history_set.filter(what="changed").values_list("facts", flat=True)] == [
        {"fields": ["host", "phone"]}
    ]  # codes only
    assert counts(apply(event, data)) == {"rows": 1, "unchanged": 1}


def test_empty_cells_blank_nothing_and_an_answered_guest_keeps_the_answer(event):
    full = "Navn;Firma;E-post;Mobil;Vert;Språk;Følge;Merknad"
    apply(event, csv("Kari Li;Rør AS;kari@ror.example;911;Marte Lie;fi;1;vegg", heading=full))
    Answer.objects.filter(activity__slug="race").update(state="coming", answered_at=factories.NOW)
    before = whole_database()
    assert counts(apply(event, csv("Kari Li;;kari@ror.example;;;;;", heading=full))) == {"rows": 1, "unchanged": 1}
    assert whole_database() == before


def test_a_missing_row_is_named_and_deletes_nobody(event):
    apply(event, csv("Kari Li;Rør AS;kari@ror.example", "Per Bø;Rør AS;per@ror.example"))
    report = apply(event, csv("Kari Li;Rør AS;kari@ror.example"))
    assert report.missing == [{"name": "Per Bø", "company": "Rør AS", "email": "per@ror.example"}]
    assert Guest.objects.filter(event=event).count() == 2


def test_people_may_share_an_address(event):
    apply(event, csv("Kari Li;;hjem@li.example", "Per Li;;hjem@li.example", "PER LI;;HJEM@li.example"))
    assert sorted(Contact.objects.values_list("name", flat=True)) == ["Kari Li", "Per Li"]


def test_someone_known_from_another_event_is_a_new_guest_but_no_new_contact(event):
    apply(event, csv("Kari Li;Rør AS;kari@ror.example"))
    later = factories.make_event("senere")
    assert counts(apply(later, csv("kari  li;Rør AS;KARI@ror.example"))) == {"rows": 1, "new": 1}
    assert Contact.objects.count() == 1
    assert Guest.objects.count() == 2


def test_a_new_name_reaches_the_search_of_every_event_the_person_is_at(event):
    later = factories.make_event("senere")
    heading = "Person-ID;Navn;Firma;E-post"
    old, new = (csv(f"K-7;{name};Rør AS;k@ror.example", heading=heading) for name in ("Kari Li", "Kari Å. Berg"))
    apply(event, old), apply(later, old)
    assert counts(apply(later, new)) == {"rows": 1, "changed": 1}
    assert {(row.search_text, row.contact.first_name) for row in Guest.objects.all()} == {
        ("kari a. berg ror as k@ror.example", "Kari")
    }
    assert len({row.sort_key for row in Guest.objects.all()}) == 1


def test_a_new_address_ends_the_mark_that_mail_fails(event):
    apply(event, csv("Kari Li;Rør AS;gammel@ror.example"))
    Contact.objects.update(email_fails=True)
    apply(event, csv("Kari Li;Rør AS;ny@ror.example"))
    kari = Contact.objects.get()
    assert (kari.email, kari.email_key, kari.email_fails) == ("ny@ror.example", "ny@ror.example", False)


def test_one_company_and_one_host_are_made_however_they_are_spelt(event):
    rows = ("A B;VESTKRAFT AS;a@x.example;marte lie", "C D;Vestkraft AS;c@x.example;Marte Lie")
    heading = "Navn;Firma;E-post;Vert"
    apply(event, csv(*rows, "E F;vestkraft  as;e@x.example;MARTE LIE", heading=heading))
    assert [*Company.objects.values_list("name", "key")] == [("Vestkraft AS", "vestkraft as")]
    assert [*Host.objects.values_list("name", "key")] == [("Marte Lie", "marte lie")]
    assert counts(apply(event, csv(*rows, heading=heading))) == {"rows": 2, "unchanged": 2, "missing": 1}


def test_companies_that_differ_in_brackets_are_two_and_stay_two(event):
    data = csv("Kari Li;Berg (Norge) AS;", "Kari Li;Berg (Sverige) AS;")
    apply(event, data)
    assert counts(apply(event, data))["unchanged"] == 2
    assert Company.objects.count() == 2


def test_a_number_that_says_one_person_and_an_address_that_says_another_is_a_question(event):
    heading = "Person-ID;Navn;E-post"
    apply(event, csv("K-1;Kari Li;gammel@li.example", ";Kari Li;ny@li.example", heading=heading))
    report = apply(event, csv("K-1;Kari Li;ny@li.example", ";Per;per@li.example", heading=heading))
    assert [entry["code"] for entry in report.entries["question"]] == ["several_fit"]
    assert report.counts["new"] == 1


def test_values_at_the_edge_of_the_columns_fit_or_are_refused(event):
    long = ("Æ" * 75, "Å" * 150, "ﷺ" * 150, "ß" * 60 + "@x.example", "a@" + "ß" * 50 + ".example")
    data = csv(*(f"{name} B;Firma;" for name in long[:3]), *(f"N{n};F;{mail}" for n, mail in enumerate(long[3:])))
    report = apply(event, data)
    assert report.counts["new"] + report.counts["refused"] == 5
    assert counts(apply(event, data))["unchanged"] == report.counts["new"]


def test_an_answered_question_becomes_its_guests(event):
    data = csv("Kari & Ola Li;Rør AS;hjem@li.example", "Ola Li;Rør AS;hjem@li.example")
    assert apply(event, data).counts["question"] == 1
    report = apply(event, data, answers={"2": "proposal"})
    assert (report.counts["question"], report.counts["new"], report.counts["unchanged"]) == (0, 1, 1)
    assert sorted(Contact.objects.values_list("name", flat=True)) == ["Kari Li", "Ola Li"]
    before = whole_database()
    apply(event, data, answers={"2": "proposal"})
    assert whole_database() == before


def test_both_become_guests_when_a_row_of_two_new_people_is_split(event):
    report = apply(event, csv("Kari & Ola Li;Rør AS;hjem@li.example"), answers={"2": "proposal"})
    assert report.counts["new"] == 2
    assert sorted(Contact.objects.filter(guest__event=event).values_list("name", flat=True)) == ["Kari Li", "Ola Li"]


class TestWhatAnOrganiserMayKnow:
    """S7: of contacts known only from events of others, a preview tells no more than the file and that it changes."""

    ZOE = "Zoe Zetterlund;Zeta Zink AB;zoe@zink.example;0701;sv"
    HEADING = "Navn;Firma;E-post;Mobil;Språk"

    @pytest.fixture
    def cast(self, cast):
        apply(cast.other_event, csv(self.ZOE, heading=self.HEADING))
        return cast

    def preview(self, cast, row, by):
        return guestlists.preview(cast.event, csv(row, heading=self.HEADING), by=by).as_json()

    def test_what_is_stored_is_not_told_when_the_person_is_known_from_elsewhere(self, cast):
        row = "Zoe Zetterlund;Zeta Zink AB;zoe@zink.example;0999;fi"
        (entry,) = self.preview(cast, row, cast.otto)["new"]
        assert (entry["is_known"], entry["is_updated"], entry["changes"]) == (True, True, {})
        assert "0701" not in str(self.preview(cast, row, cast.otto))

    def test_it_is_told_to_the_organiser_of_her_event(self, cast):
        factories.Membership.objects.create(user=cast.olga, event=cast.event, role="organiser")
        (entry,) = self.preview(cast, "Zoe Zetterlund;Zeta Zink AB;zoe@zink.example;0999;fi", cast.olga)["new"]
        assert entry["changes"] == {"phone": ["0701", "0999"], "language": ["sv", "fi"]}

    @pytest.mark.parametrize(
        "row", ["Zoe Zetterlund;Annet AS;annen@x.example;;", "Noen Andre;X;zoe@zink.example;;"], ids=["name", "address"]
    )
    def test_whoever_shares_name_or_address_is_not_named_to_a_stranger(self, cast, row):
        (entry,) = self.preview(cast, row, cast.otto)["new"]
        assert [(notice["facts"]) for notice in entry["notices"]] == [{"people": []}]
        (entry,) = self.preview(cast, row, factories.make_superuser())["new"]
        assert [len(notice["facts"]["people"]) for notice in entry["notices"]] == [1]

    def test_a_question_does_not_name_them_either(self, cast):
        apply(cast.other_event, csv("Zoe Zetterlund;Zeta Zink AB;zoe@zink.example", "Zoe Zetterlund;Yx AB;z@y.example"))
        Contact.objects.filter(email="z@y.example").update(external_id="Z9")
        row = csv("Z9;Et Annet Navn;;", heading="Person-ID;Navn;Firma;E-post")
        (entry,) = guestlists.preview(cast.event, row, by=cast.otto).as_json()["question"]
        assert (entry["code"], entry["facts"]) == ("number_of_someone_else", {"people": []})


@pytest.mark.parametrize("count", [1000, 2000])
def test_queries_stay_few_when_the_list_is_long(event, count):
    most = 20 * count // 1000
    with CaptureQueriesContext(connection) as previewed:
        guestlists.preview(event, many(count), by=None)
    with CaptureQueriesContext(connection) as applied:
        apply(event, many(count))
    with CaptureQueriesContext(connection) as changed:
        assert apply(event, many(count, phone="4")).counts["changed"] == count
    assert len(previewed) <= 5
    assert len(applied) <= most
    assert len(changed) <= most


def test_progress_is_told_and_ends_at_the_whole(event):
    told = []
    guestlists.preview(event, many(2500), by=None, progress=lambda done, total: told.append((done, total)))
    assert told == [(1000, 2500), (2000, 2500), (2500, 2500)]


@pytest.mark.slow
def test_ten_thousand_rows_take_seconds_and_little_memory(event):
    data = many(10_000)
    spent = {}
    for name, work in (
        ("preview", lambda: guestlists.preview(event, data, by=None)),
        ("apply", lambda: apply(event, data)),
    ):
        started = time.process_time()
        assert work().counts["new"] == 10_000
        spent[name] = time.process_time() - started
    assert max(spent.values()) <= 20, spent


OFTEN = (700, 10, 10)  # Python's own; tests.conftest lets it collect less often


@pytest.mark.slow
def test_memory_hardly_grows_with_the_list(event):
    """Batches are let go of: what remains is some hundred bytes a row, to know people again."""
    small, large = (peak_of(apply, event, many(count, first=count)) for count in (1000, 2000))
    assert (large - small) / 1000 <= 4000, (small, large)


def peak_of(work, *arguments):
    """Bytes that Python held at the most, while it collects what is let go of as often as it does by itself."""
    rarely = gc.get_threshold()
    gc.collect()
    gc.set_threshold(*OFTEN)
    tracemalloc.start()
    try:
        work(*arguments)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.set_threshold(*rarely)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_nobody_twice(clock):
    """The same list, and the same people at two events."""
    events = [factories.make_event("en"), factories.make_event("en-til")]
    data, reports, errors = many(300), [], []

    def run(event):
        try:
            reports.append(apply(event, data).counts["new"])
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[event]) for event in (*events, *events)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert errors == []
    assert sorted(reports) == [0, 0, 300, 300]
    assert (Contact.objects.count(), Guest.objects.count(), Invitation.objects.count()) == (300, 600, 600)
    assert Answer.objects.count() == 1800


def test_it_is_done_once_more_when_somebody_made_the_person_at_the_same_moment(event, monkeypatch):
    """As on PostgreSQL, where another event's import may commit between our look and our write."""
    apply(factories.make_event("annen"), csv("Kari Li;Rør AS;kari@ror.example"))
    looks = []

    def too_early(*arguments, **options):
        looks.append(1)
        return People([]) if len(looks) == 1 else known_people(*arguments, **options)

    known_people = guestlists.known_people
    monkeypatch.setattr(guestlists, "known_people", too_early)
    assert apply(event, csv("Kari Li;Rør AS;kari@ror.example")).counts["new"] == 1
    assert (len(looks), Contact.objects.count()) == (2, 1)
