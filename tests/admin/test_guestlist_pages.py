"""A guest list's way in through the back office: file, columns, check, done."""

import re
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from events.actions import guestlist_uploads as uploads
from events.actions import housekeeping
from events.management.background import Background
from events.models import Contact, Guest, GuestListUpload, HeadingSet, Membership
from tests import factories
from tests.database import whole_database
from tests.lists import LISTS, csv, many, real

pytestmark = pytest.mark.django_db
State = GuestListUpload.State
POSTS = ("answer", "apply", "again", "put_away")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def office(cast, client):
    """The client of Otto, who organises the event."""
    enter(client, cast.otto)
    return client


def enter(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["language"] = "en"


def page(event, name="import", upload=None):
    arguments = [event.pk] + ([upload.pk] if upload else [])
    return reverse(f"admin:event_guest_list_{name}", args=arguments)


def bring(client, event, data, name="liste.csv"):
    """The upload after its file was sent."""
    response = client.post(page(event), {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 302, text_of(response)
    return GuestListUpload.objects.latest("pk")


def read(client, event, data, **columns):
    """The upload after its columns were confirmed."""
    upload = bring(client, event, data)
    choices = chosen(client.get(page(event, "columns", upload))) | columns
    response = client.post(page(event, "columns", upload), choices)
    assert response.status_code == 302, text_of(response)
    upload.refresh_from_db()
    return upload


def chosen(response):
    """{field: value} as the form on the page stands."""
    form = response.context["form"]
    return {field.html_name: field.value() for field in form}


def press_apply(client, upload):
    response = client.post(page(upload.event, "apply", upload), {"turn": upload.fields["turn"]})
    upload.refresh_from_db()
    return response


def text_of(response):
    """What people read, on one line."""
    body = response.content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_list_comes_in_step_by_step_and_its_file_is_deleted(cast, office, own_media):
    upload = bring(office, cast.event, real("selgerliste.xlsx"), "selgerliste.xlsx")
    assert len(files(own_media)) == 1
    assert "selgerliste" not in files(own_media)[0].name
    columns = office.get(page(cast.event, "columns", upload))
    assert "Berge, Ragnhild" in text_of(columns)
    assert chosen(columns) == {
        "column-0": "", "column-1": "name", "column-2": "company", "column-3": "email", "column-4": "host",
        "column-5": "companions", "column-6": "note",
    }  # fmt: skip
    office.post(page(cast.event, "columns", upload), chosen(columns))
    check = office.get(page(cast.event, "check", upload))
    assert "Apply: 24 new guests" in text_of(check)
    assert Guest.objects.filter(event=cast.event).count() == 3  # nobody yet
    upload.refresh_from_db()
    press_apply(office, upload)
    assert (upload.state, upload.file.name, files(own_media)) == (State.APPLIED, "", [])
    result = text_of(office.get(page(cast.event, "result", upload)))
    assert "24 new guests" in result
    assert "4 guests in this list have no mail" in result
    assert "Row 30" in result
    assert Guest.objects.filter(event=cast.event).count() == 27
    assert cast.event.history_set.filter(what="imported", by=cast.otto, channel="office").count() == 24


def test_each_fate_is_shown_with_what_it_means(cast, office):
    upload = read(office, cast.event, real("crm-eksport.csv"))
    press_apply(office, upload)
    week_two = read(office, cast.event, real("crm-eksport-uke-2.csv"))
    shown = {key: text_of(office.get(page(cast.event, "check", week_two) + f"?show={key}")) for key in
             ("new", "changed", "unchanged", "missing")}  # fmt: skip
    assert "Per Rønhovde Fjellvåg Rør AS Phone before: 93077052 → now: 90000003" in shown["changed"]
    assert "Language before: Norsk bokmål → now: English" in shown["changed"]
    assert "Per Vågen" in shown["missing"]
    assert "They stay as they are" in shown["missing"]
    assert "Apply: 2 new guests, 3 changed" in shown["new"]
    assert "Tiril Ny-Ås" in shown["new"]
    hostile = read(office, cast.event, real("fiendtlig.csv"))
    refused = text_of(office.get(page(cast.event, "check", hostile) + "?show=refused"))
    assert "Row 9 Mail: ola..punkt@x.example A mail address cannot have two dots in a row" in refused


def test_rows_whose_address_is_kept_are_told_before_and_after(cast, office):
    """Zoe is a guest of Olga's event, too, so that her address is not Otto's to change."""
    factories.make_guest(cast.event, contact=cast.zoe.contact)
    kept = (
        "Row 2 Zoe Zetterlund The address stays as it is, as this person is also a guest of an event that others "
        "work on. Ask them, or whoever runs the site, to change it."
    )
    zoe = "Zoe Zetterlund;Zeta Zink AB;zoe@annen.example"
    check = text_of(office.get(page(cast.event, "check", read(office, cast.event, csv(zoe)))))
    assert kept in check
    assert "says nothing new" not in check
    assert "just like this" not in check
    upload = read(office, cast.event, csv(zoe, "Ny Gjest;;ny@kunde.example"))
    assert kept in text_of(office.get(page(cast.event, "check", upload)))
    press_apply(office, upload)
    result = text_of(office.get(page(cast.event, "result", upload)))
    assert kept in result
    assert result.count("The address stays") == 1
    assert "1 new guest" in result


def test_imported_text_is_text_on_every_page(cast, office):
    data = csv('<script>alert(1)</script>;"=1+1";x@y.example', "=CMD();<b>;z@y.example")
    upload = bring(office, cast.event, data, '"><script>alert(2)</script>.csv')
    pages = [office.get(page(cast.event, "columns", upload))]
    office.post(page(cast.event, "columns", upload), chosen(pages[0]))
    pages.append(office.get(page(cast.event, "check", upload)))
    upload.refresh_from_db()
    press_apply(office, upload)
    pages += [office.get(page(cast.event, "result", upload)), office.get(page(cast.event))]
    assert not [response for response in pages if "<script>alert" in response.content.decode()]
    assert Contact.objects.filter(name="<script>alert(1)</script>", company__name="=1+1").exists()


def test_corrected_columns_are_remembered_for_the_same_headings(cast, office):
    data = csv("Kari Li;Marte Lie", "Per Bø;Marte Lie", heading="Kontakt hos dem;Fadder")
    upload = bring(office, cast.event, data)
    first = office.get(page(cast.event, "columns", upload))
    assert chosen(first) == {"column-0": "", "column-1": ""}
    assert "We found no row of headings" in text_of(first)
    office.post(page(cast.event, "columns", upload), {"column-0": "name", "column-1": "host"})
    upload.refresh_from_db()
    assert upload.report["counts"]["new"] == 2
    assert HeadingSet.objects.count() == 0  # without known headings the first row may be somebody
    known = csv("Kari Li;K-1;Even Strand", heading="Navn;Kundenr;Fadder")
    upload = read(office, cast.event, known, **{"column-1": "external_id", "column-2": "host"})
    assert upload.report["counts"]["new"] == 1
    again = bring(office, cast.event, csv("Per Bø;K-2;Even Strand", heading="NAVN;kundenr.;Fadder:"))
    assert chosen(office.get(page(cast.event, "columns", again))) == {
        "column-0": "name", "column-1": "external_id", "column-2": "host",
    }  # fmt: skip


def test_a_list_without_a_column_of_names_is_asked_for_one(cast, office):
    upload = bring(office, cast.event, csv("Kari Li;x@y.example", heading="Hvem;E-post"))
    response = office.post(page(cast.event, "columns", upload), {"column-0": "", "column-1": "email"})
    assert response.status_code == 422
    assert "<title>Error:" in response.content.decode()
    assert "Say which column holds the names of the guests." in text_of(response)


def test_another_sheet_is_read_when_it_is_chosen(cast, office):
    upload = bring(office, cast.event, real("selgerliste.xlsx"))
    before = whole_database()
    other = office.get(page(cast.event, "columns", upload) + "?sheet=Ikke+inviter")
    assert whole_database() == before
    assert other.context["seen"].sheet == "Ikke inviter"
    office.post(page(cast.event, "columns", upload), {**chosen(other), "sheet": "Ikke inviter"})
    upload.refresh_from_db()
    assert (upload.sheet, upload.report["counts"]["rows"]) == ("Ikke inviter", other.context["seen"].count)
    assert office.get(page(cast.event, "columns", upload) + "?sheet=Tull").status_code == 200


def test_answered_questions_become_guests_and_can_be_asked_again(cast, office):
    upload = read(office, cast.event, real("felles-adresser.csv"))
    questions = office.get(page(cast.event, "check", upload) + "?show=question")
    assert "Two guests: Kari Nordås, Ola Nordås" in text_of(questions)
    office.post(page(cast.event, "answer", upload), {"row-2": "proposal"})
    upload.refresh_from_db()
    counts = upload.report["counts"]
    # Both have rows of their own further down, which are the same people now.
    assert (counts["new"], counts["question"], counts["duplicate"]) == (6, 0, 3)
    assert "1 question answered" in text_of(office.get(page(cast.event, "check", upload)))
    office.post(page(cast.event, "answer", upload), {"reset": "1"})
    upload.refresh_from_db()
    assert upload.report["counts"]["question"] == 1
    office.post(page(cast.event, "answer", upload), {"row-2": "as_written"})
    upload.refresh_from_db()
    press_apply(office, upload)
    assert Contact.objects.filter(name="Kari & Ola Nordås").count() == 1


def test_applying_twice_or_from_an_old_page_applies_once(cast, office):
    upload = read(office, cast.event, real("crm-eksport.csv"))
    old_turn = upload.fields["turn"]
    office.post(page(cast.event, "columns", upload), chosen(office.get(page(cast.event, "columns", upload))))
    response = office.post(page(cast.event, "apply", upload), {"turn": old_turn}, follow=True)
    assert "The list was read again meanwhile" in text_of(response)
    assert Guest.objects.filter(event=cast.event).count() == 3
    for turn in ("x", "", "-1", "9" * 30):
        office.post(page(cast.event, "apply", upload), {"turn": turn})
    upload.refresh_from_db()
    press_apply(office, upload), press_apply(office, upload)
    assert Guest.objects.filter(event=cast.event).count() == 43
    assert cast.event.history_set.filter(what="imported").count() == 40


def test_nothing_to_apply_is_said_and_cannot_be_pressed(cast, office):
    press_apply(office, read(office, cast.event, real("crm-eksport.csv")))
    again = read(office, cast.event, real("crm-eksport.csv"))
    response = office.get(page(cast.event, "check", again))
    assert "There is nothing to apply" in text_of(response)
    assert 'name="turn"' not in response.content.decode()


def test_a_list_put_away_is_gone_with_its_file(cast, office, own_media):
    upload = read(office, cast.event, real("crm-eksport.csv"))
    office.post(page(cast.event, "put_away", upload))
    assert (GuestListUpload.objects.count(), files(own_media)) == (0, [])
    assert Guest.objects.filter(event=cast.event).count() == 3
    assert office.get(page(cast.event, "check", upload)).status_code == 404


def test_a_day_later_files_that_no_row_knows_are_gone(cast, office, own_media):
    """Deleting a login deletes its lists, and Django leaves their files where they are."""
    bring(office, cast.event, many(3))
    (mode,) = {path.stat().st_mode & 0o777 for path in own_media.rglob("*") if path.is_file()}
    cast.otto.delete()
    enter(office, factories.make_superuser())
    bring(office, cast.event, many(4))
    later = datetime.now(tz=UTC) + timedelta(hours=23)
    uploads.put_away_old(now=later)
    assert (len(files(own_media)), mode) == (2, 0o600)
    GuestListUpload.objects.update(uploaded_at=later + timedelta(hours=23))
    uploads.put_away_old(now=later + timedelta(hours=1, minutes=1))
    assert len(files(own_media)) == 1
    assert own_media.joinpath(GuestListUpload.objects.get().file.name).exists()


def test_a_day_later_file_and_people_are_forgotten_and_numbers_kept(cast, office, own_media, clock):
    waiting = read(office, cast.event, real("crm-eksport.csv"))
    done = read(office, cast.event, real("selgerliste.xlsx"))
    press_apply(office, done)
    assert uploads.put_away_old(now=clock.move(hours=23)) == 0
    assert uploads.put_away_old(now=clock.move(hours=1)) == 2
    assert uploads.put_away_old(now=clock.now) == 0
    waiting.refresh_from_db(), done.refresh_from_db()
    assert (waiting.report, waiting.file_name, waiting.file.name, files(own_media)) == ({}, "", "", [])
    assert (list(done.report), done.file_name) == (["counts"], "")
    enter(office, cast.otto)
    assert "24 new guests" in text_of(office.get(page(cast.event, "result", done)))
    response = office.get(page(cast.event, "check", waiting), follow=True)
    assert "That list has been put away. Choose the file again." in text_of(response)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\x00\x01\x02" * 500, "This is no list that we can read."),
        (b"%PDF-1.7 x", "This is a PDF."),
        (b"PK\x03\x04 no zip at all", "damaged"),
        (b"<html><table></table></html>", "This is a web page"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_kindly_and_not_kept(cast, office, own_media, data, sentence):
    response = office.post(page(cast.event), {"file": SimpleUploadedFile("liste.xlsx", data)})
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert (GuestListUpload.objects.count(), files(own_media)) == (0, [])


def test_a_file_that_is_too_big_or_too_long_is_refused(cast, office, settings):
    settings.GUEST_LIST_MAX_BYTES = 2000
    response = office.post(page(cast.event), {"file": SimpleUploadedFile("l.csv", many(100))})
    assert "a guest list can be up to" in text_of(response)
    settings.GUEST_LIST_MAX_BYTES, settings.GUEST_LIST_MAX_ROWS = 10**6, 50
    response = office.post(page(cast.event), {"file": SimpleUploadedFile("l.csv", many(100))})
    assert (response.status_code, "There are more than 50 rows." in text_of(response)) == (422, True)


@pytest.mark.parametrize("name", [path.name for path in sorted(LISTS.iterdir()) if path.stat().st_size > 100])
def test_every_real_file_comes_through_the_pages(cast, office, name):
    upload = read(office, cast.event, real(name))
    for key in ("new", "question", "refused", "duplicate", "missing", "nonsense"):
        assert office.get(page(cast.event, "check", upload) + f"?show={key}&page=x").status_code == 200
    press_apply(office, upload)
    assert upload.state == State.APPLIED
    assert office.get(page(cast.event, "result", upload)).status_code == 200


@pytest.mark.parametrize("who", ["olga", "colleague", "superuser", "host", "anonymous"])
def test_a_list_is_found_by_nobody_but_who_brought_it(cast, office, client, who):
    """Not even by the event's other organisers: it was read with what this one may know."""
    upload = read(office, cast.event, real("selgerliste.xlsx"))
    client.logout()
    people = {"olga": cast.olga, "superuser": factories.make_superuser()}
    people["colleague"] = factories.make_organiser(cast.event, "kari")
    people["host"] = factories.make_organiser(cast.event, "even", role=Membership.Role.HOST)
    if who in people:
        enter(client, people[who])
    before = whole_database()
    expected = 302 if who == "anonymous" else 404
    for name in ("columns", "check", "result"):
        assert client.get(page(cast.event, name, upload)).status_code == expected
    for name in ("columns", *POSTS):
        data = {"turn": upload.fields["turn"], "column-1": "name", "row-2": "proposal"}
        assert client.post(page(cast.event, name, upload), data).status_code == expected
    if who == "olga":  # nor through her own event
        assert client.get(page(cast.event)).status_code == 404
        assert client.get(page(cast.other_event, "check", upload)).status_code == 404
        assert client.post(page(cast.other_event, "apply", upload), data).status_code == 404
    assert whole_database() == before


def test_reading_the_pages_changes_nothing(cast, office, clock):
    upload = read(office, cast.event, real("felles-adresser.csv"))
    addresses = [page(cast.event), *(page(cast.event, name, upload) for name in ("columns", "check", "result", *POSTS))]
    before = whole_database()
    clock.move(minutes=5)
    for address in addresses:
        for query in ("", "?show=question&turn=1&reset=1&row-2=proposal"):
            office.get(address + query), office.head(address + query)
    assert whole_database() == before


def test_a_forged_form_from_elsewhere_is_refused(cast, client):
    strict = type(client)(enforce_csrf_checks=True)
    enter(strict, cast.otto)
    assert strict.post(page(cast.event), {"file": SimpleUploadedFile("l.csv", many(3))}).status_code == 403
    assert GuestListUpload.objects.count() == 0


def test_a_page_of_ten_thousand_rows_is_one_page_of_fifty(cast, office):
    upload = read(office, cast.event, many(400))
    response = office.get(page(cast.event, "check", upload) + "?show=new&page=8")
    assert len(response.context["preview"].rows) == 50
    assert "Gjest399 Nummer" in text_of(response)
    assert len(response.content) < 100_000


class TestInTheBackground:
    """Large lists are read and applied by the worker; it may be killed at any moment."""

    pytestmark = pytest.mark.django_db(transaction=True)

    @pytest.fixture
    def worker(self, settings):
        """worker() does what waits."""
        settings.GUEST_LIST_ROWS_AT_ONCE = 10
        return lambda: Background("here:1").turn()

    def test_a_large_list_is_read_and_applied_by_the_worker(self, cast, office, worker, own_media):
        upload = read(office, cast.event, many(60))
        assert upload.state == State.READING
        response = office.get(page(cast.event, "check", upload))
        assert response["Refresh"] == "3"
        assert "The list is being read" in text_of(response)
        uploads.note_progress(upload.pk, 40, 60, now=timezone.now())
        assert "40 of 60 rows" in text_of(office.get(page(cast.event, "check", upload)))
        worker()
        upload.refresh_from_db()
        assert "Apply: 60 new guests" in text_of(office.get(page(cast.event, "check", upload)))
        press_apply(office, upload)
        assert (upload.state, Guest.objects.filter(event=cast.event).count()) == (State.APPLYING, 3)
        office.post(page(cast.event, "put_away", upload))
        office.post(page(cast.event, "columns", upload), {"column-0": "company"})
        office.post(page(cast.event, "answer", upload), {"row-2": "proposal"})
        assert "The guests are being written" in text_of(office.get(page(cast.event, "check", upload)))
        worker()
        upload.refresh_from_db()
        assert (upload.state, Guest.objects.filter(event=cast.event).count()) == (State.APPLIED, 63)
        assert files(own_media) == []
        assert "60 new guests" in text_of(office.get(page(cast.event, "result", upload)))

    def test_an_older_reading_does_not_overwrite_a_newer_choice_of_columns(self, cast, office, worker):
        upload = read(office, cast.event, many(60))
        stale = GuestListUpload.objects.get()
        office.post(page(cast.event, "columns", upload), chosen(office.get(page(cast.event, "columns", upload))))
        assert uploads._same_turn(stale).update(state=State.READY) == 0
        worker()
        upload.refresh_from_db()
        assert (upload.state, upload.fields["turn"]) == (State.READY, 2)

    def test_work_that_fell_silent_can_be_started_again(self, cast, office, worker, clock):
        upload = read(office, cast.event, many(60))
        DBTaskResult.objects.all().delete()  # as when the queue was lost
        office.post(page(cast.event, "again", upload))
        assert DBTaskResult.objects.count() == 0  # not silent long enough
        clock.move(seconds=61)
        assert "Start again" in text_of(office.get(page(cast.event, "check", upload)))
        office.post(page(cast.event, "again", upload))
        worker()
        upload.refresh_from_db()
        assert upload.state == State.READY

    def test_a_worker_killed_while_applying_leaves_nothing_half_done(
        self, office, cast, worker, child_environment, own_media
    ):
        """A real process, its list half written, gets SIGKILL; another worker does all of it, once."""
        upload = read(office, cast.event, many(60))
        worker()
        upload.refresh_from_db()
        press_apply(office, upload)
        before = Contact.objects.count()
        dying = subprocess.run(
            [sys.executable, "-c", DIES_AFTER_WRITING], env={**child_environment, "MEDIA_ROOT": str(own_media)},
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert (dying.returncode, dying.stdout) == (-signal.SIGKILL, "60 written\n"), dying.stderr
        upload.refresh_from_db()
        assert (upload.state, Contact.objects.count(), len(files(own_media))) == (State.APPLYING, before, 1)
        assert Guest.objects.filter(event=cast.event).count() == 3
        assert DBTaskResult.objects.filter(status="RUNNING").count() == 1
        assert housekeeping.reap_tasks(now=timezone.now() + timezone.timedelta(minutes=31)) == 1
        worker()
        upload.refresh_from_db()
        assert (upload.state, Contact.objects.count(), files(own_media)) == (State.APPLIED, before + 60, [])
        assert cast.event.history_set.filter(what="imported").count() == 60

    def test_a_list_that_was_put_away_meanwhile_is_left_alone(self, cast, office, worker):
        upload = read(office, cast.event, many(60))
        office.post(page(cast.event, "put_away", upload))
        worker()
        uploads.carry_on(upload.pk, now=timezone.now(), clock=timezone.now)
        assert Guest.objects.filter(event=cast.event).count() == 3
        assert cache.get(f"guest-list-{upload.pk}") is None


DIES_AFTER_WRITING = """
import os, signal
import django
django.setup()
from events.actions import guestlist_writing
from events.management.background import Background
from events.models import Guest

write = guestlist_writing.Writer.write

def write_and_die(self, outcomes):
    write(self, outcomes)
    print(Guest.objects.filter(event=self.event, history__what="imported").count(), "written", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

guestlist_writing.Writer.write = write_and_die
Background("dying:1").turn()
"""
