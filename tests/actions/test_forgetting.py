"""A person who is forgotten is found nowhere afterwards, and the numbers stay (P9)."""

import threading
from datetime import timedelta
from email import message_from_bytes
from email.policy import default as default_policy
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage, get_connection
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from events.actions import (
    answers,
    claims,
    delivery,
    guestlist_uploads,
    invitations,
    letters,
    links,
    privacy,
    traces,
    uploads,
    waiting_by_hand,
)
from events.domain.answers import Choice
from events.models import (
    Activity,
    Answer,
    Consent,
    Contact,
    DoNotInvite,
    Entry,
    Event,
    Food,
    Guest,
    GuestListUpload,
    History,
    KitchenList,
    Message,
    Question,
    Race,
    Received,
    RemovalRequest,
    Reply,
    ResultFile,
    Substitute,
    Voice,
)
from events.reports.overview import overview
from events.reports.replies import replies
from events.tasks import send_links
from tests import factories, photo_rows
from tests.database import whole_database

NAME, FIRST, LAST = "Xaviqua Zzyquist", "Xaviqua", "Zzyquist"
EMAIL, PHONE, NUMBER = "xaviqua.zzyquist@qwvxk.example", "+47 98 76 54 32", "KUNDE-77341"
COMPANION, WISH = "Ybqolf Wrnkstad", "tåler ikke kvxzede"
WORD, NOTE, LINE = "hils fra brqxtindane", "ringer alltid qpzmorgen", "ses på vlkrtoppen"
REPLY, CORRECTED = "sykler fra zqdalen", "Xaviqua Zzyquist-Bqrand"
NEW_ADDRESS = "ny.adresse@vkkqx.example"
PLANTED = [
    FIRST, LAST, "qwvxk", "98 76 54 32", NUMBER, "Ybqolf", "Wrnkstad", "kvxzede", "brqxtindane", "qpzmorgen",
    "vlkrtoppen", "zqdalen", "Bqrand", "vkkqx", "Zzphone",
]  # fmt: skip
EVERYWHERE = {
    "events_contact", "events_guest", "events_invitation", "events_message", "events_voice", "events_substitute",
    "events_food", "events_kitchenlist", "events_received", "events_reply", "events_history", "events_guestlistupload",
    "events_photo", "events_photoupload", "events_removalrequest",
    "django_admin_log", DBTaskResult._meta.db_table, "session", ".eml", "upload",
}  # fmt: skip
LIST = f"Navn;Firma;E-post;Telefon;Nummer;Notat\n{NAME};Qvist AS;{EMAIL};{PHONE};{NUMBER};{NOTE}\n"
LIST += "Greta Åsen;Fjord Regnskap AS;greta.asen@kunde.example;;;\n"
WEB = {"by": None, "channel": History.Channel.WEB}


@pytest.fixture
def files(settings, tmp_path):
    """Mails as files and uploads, in folders of their own."""
    settings.EMAIL_BACKEND = "config.eml.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


@pytest.fixture
def planted(transactional_db, clock, client, files):
    """(cast, guest): somebody with unlike words in every place that we could think of, put there as people do."""
    cast = factories.make_cast()
    Activity.objects.filter(event=cast.event, slug="dinner").update(serves_food=True)
    client.force_login(cast.otto, backend="django.contrib.auth.backends.ModelBackend")
    guest = import_list(cast, client)
    invitations.send(cast.event, by=cast.otto, channel=History.Channel.OFFICE, now=clock.now)
    delivery.deliver(clock=lambda: clock.now)
    answer(guest, client)
    edit_in_the_office(cast, guest, client)
    fill_what_the_guest_says(cast, guest, client)
    delivery.deliver(clock=lambda: clock.move(minutes=5))
    letters.send_test(cast.event, "invitation", "nb", as_guest=guest, to_user=cast.otto, now=clock.now)
    links.send_again(EMAIL, now=clock.now)
    send_links.enqueue(EMAIL)
    upload(cast, LIST, "rest.csv")
    return cast, Guest.objects.get(pk=guest.pk)


def import_list(cast, client):
    """Through the back office: uploaded, looked at, applied."""
    kept = upload(cast, LIST, f"liste med {NAME}.csv")
    guestlist_uploads.start(kept, turn=0, now=timezone.now())
    guestlist_uploads.carry_on(kept.pk, now=timezone.now(), clock=timezone.now)
    return Guest.objects.select_related("contact", "event", "invitation").get(contact__email=EMAIL)


def upload(cast, text, name):
    kept = guestlist_uploads.receive(cast.event, text.encode(), name, by=cast.otto, now=timezone.now())
    guestlist_uploads.carry_on(kept.pk, now=timezone.now(), clock=timezone.now)
    kept.refresh_from_db()
    assert kept.state == GuestListUpload.State.READY
    return kept


def answer(guest, client):
    posted = {f"answer-{slug}": "coming" for slug in ("gathering", "race", "dinner")}
    response = client.post(factories.page_of(guest), posted, headers={"user-agent": "Mozilla/5.0 (Zzphone)"})
    assert response.status_code == 303


def edit_in_the_office(cast, guest, client):
    """The guest's and the contact's pages, whose changes Django's own log keeps; the next page's greeting waits."""
    page = reverse("admin:events_guest_change", args=[guest.pk])
    inline = {
        "invitation-TOTAL_FORMS": 1, "invitation-INITIAL_FORMS": 1, "invitation-0-id": guest.invitation.pk,
        "invitation-0-guest": guest.pk, "invitation-0-personal_line": LINE,
    }  # fmt: skip
    said = {"host": cast.host.pk, "language": "nb", "companions_allowed": 2, "note": NOTE, **inline}
    assert client.post(page, said).status_code == 302
    contact = guest.contact
    said = {
        "name": NAME, "first_name": FIRST, "company_name": "Qvist AS", "email": EMAIL, "phone": PHONE, "language": "nb",
        "host": "", "external_id": NUMBER,
    }  # fmt: skip
    assert client.post(reverse("admin:events_contact_change", args=[contact.pk]), said).status_code == 302
    assert LogEntry.objects.filter(object_repr__contains=LAST).exists()
    assert any("_messages" in session.get_decoded() for session in Session.objects.all())


def fill_what_the_guest_says(cast, guest, client):
    """The pages of the guest, and rows of those that others build."""
    now, dinner = timezone.now(), cast.activity("dinner")
    companion = Guest.objects.create(
        event=cast.event, companion_of=guest, companion_name=COMPANION, search_text="ybqolf wrnkstad",
        sort_key="1", created_at=now,
    )  # fmt: skip
    factories.make_answer(companion, dinner, "coming")
    Food.objects.create(guest=guest, needs=["vegan", "nuts"], other=WISH, changed_at=now)
    Food.objects.create(guest=companion, needs=["vegan"], changed_at=now)
    KitchenList.objects.create(activity=dinner, handed_at=now, plates={str(guest.pk): [["vegan"], WISH]})
    Entry.objects.create(guest=guest, activity=cast.activity("race"), ambition_seconds=741, changed_at=now)
    question = Question.objects.create(activity=dinner, title=factories.texts("Hvordan kommer du?"))
    Reply.objects.create(guest=guest, question=question, value=REPLY, said_at=now)
    Consent.objects.create(
        guest=guest, purpose="photos", is_given=True, text_version="1", language="nb", channel="web", said_at=now
    )
    Voice.objects.create(guest=guest, text=WORD, said_at=now)
    Voice.objects.create(guest=cast.henrik, kind="not_me", name=NAME, email=EMAIL, text=WORD, said_at=now)
    Substitute.objects.create(guest=cast.ines, name=NAME, email=EMAIL.upper(), word=WORD, proposed_at=now)
    factories.make_message(
        cast.ines, "no_substitute", content={"parts": [{"text": f"{NAME} kan ikke komme"}]}, subject="Om " + FIRST
    )
    held = {"event": cast.event, "activity": dinner, "kind": "calendar_reply", "state": "held", "at": now}
    facts = {"choice": "coming", "sequence": 0, "stamped_at": now.isoformat()}
    Received.objects.create(guest=guest, key="1" * 64, sender=EMAIL, facts=facts, **held)
    Received.objects.create(guest=cast.ines, key="2" * 64, sender=EMAIL, facts=facts, **held)
    Received.objects.create(guest=cast.henrik, key="3" * 64, facts={**facts, "delegated_to": EMAIL}, **held)
    put_on_photos(cast, guest, now)
    corrections = {"name": CORRECTED, "phone": PHONE, "language": "nb", "email": NEW_ADDRESS}
    assert client.post(factories.page_of(guest) + "data/correct/", corrections).status_code == 303


def put_on_photos(cast, guest, now):
    """Sent by the guest and by others, with the name in files, captions, notes and what a browser said."""
    mine = photo_rows.make_photo(cast.event, sent_by=guest, file_name=f"{CORRECTED}.jpg")
    default_storage.save(mine.file("original"), ContentFile(f"Exif: {NAME}, {PHONE}".encode()))
    photo_rows.make_upload(cast.event, way="guest", guest=guest, refused=[{"file": f"{CORRECTED}.gif", "code": "gif"}])
    theirs = photo_rows.make_photo(cast.event, caption=f"Hei, {CORRECTED}!", file_name=f"{CORRECTED}_2.jpg")
    photo_rows.mark(theirs, guest)
    photo_rows.make_upload(cast.event, way="table", sender_name=CORRECTED)
    RemovalRequest.objects.create(photo=theirs, guest=guest, note=WORD, asked_at=now)
    RemovalRequest.objects.create(photo=theirs, guest=cast.ines, note=f"Der er {CORRECTED}!", asked_at=now)


def counts(event):
    """What the reports count."""
    event.refresh_from_db()
    seen = overview(event, now=timezone.now())
    heads = {str(part.activity): part.heads for part in seen.parts}
    guests = {name: seen.guests[name] for name in ("all", "invited", "answered", "silent")}
    return replies(event), heads, guests, seen.trend


def everything(files):
    """(where, text) of every table, every session, every file, and the database's own files."""
    for table, rows in whole_database().items():
        yield table, "\n".join(rows)
    for session in Session.objects.all():
        yield "session", repr(session.get_decoded())
    for file in [*Path(files).rglob("*"), *Path(site.VAR_DIR).rglob("*")]:
        if file.is_file() and "static" not in file.parts:
            yield file.suffix or "upload", file.name + readable(file)


def readable(file):
    """The bytes as text, in one-byte and two-byte letters; of a mail also what its parts say."""
    data = file.read_bytes()
    texts = [data.decode("utf-8", "replace"), data.decode("utf-16-le", "replace")]
    if file.suffix == ".eml":
        parts = message_from_bytes(data, policy=default_policy).walk()
        texts += [part.get_content() for part in parts if part.get_content_maintype() == "text"]
    return "\n".join(map(str, texts))


def places_of(words, files):
    """{where: the words found there}, whatever their case."""
    found = {}
    for where, text in everything(files):
        if here := {word for word in words if word.casefold() in text.casefold()}:
            found[where] = found.get(where, set()) | here
    return found


def test_nothing_is_found_anywhere_when_somebody_is_forgotten(planted, files, client, clock):
    cast, guest = planted
    words = {*PLANTED, guest.invitation.public_id, factories.token_of(guest)}
    before = places_of(words, files)
    assert set(before) >= EVERYWHERE
    assert set(PLANTED) <= set().union(*before.values())
    numbers = counts(cast.event)
    client.get(reverse("admin:event_guests", args=[cast.event.pk]))
    Event.objects.update(state=Event.State.HELD)  # it is over: the numbers stay
    response = client.post(factories.page_of(guest) + "data/forget/", {"never_again": "1"})
    assert (response.status_code, response["Location"]) == (303, "/forgotten/")
    assert places_of(words, files) == {}
    assert counts(cast.event) == numbers
    row = Guest.objects.get(pk=guest.pk)
    assert (row.forgotten_at, row.contact, row.companion_name) == (clock.now, None, "–")
    assert not Contact.objects.filter(pk=guest.contact_id).exists()
    assert guest.history_set.filter(what=History.What.FORGOTTEN).count() == 1
    assert DoNotInvite.objects.of(EMAIL).count() == 1


def forget(guest, now, **options):
    return privacy.forget_guest(guest, now=now, **WEB, **options)


def test_the_reason_why_another_was_moved_no_longer_names_who_is_forgotten(cast, now):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    for guest in (cast.henrik, cast.ines):
        answers.give(guest, {"dinner": Choice.COMING}, now=now, **WEB)
    for guest, reason in ((cast.ines, "Etter ønske fra Greta ÅSEN"), (cast.henrik, "Kommer langveisfra")):
        answer = guest.answer_set.get(activity__slug="dinner")
        waiting_by_hand.move(answer, 1, reason=reason, by=cast.otto, channel="office", now=now)
    forget(cast.greta, now)
    moved = History.objects.filter(what="moved").order_by("pk").values_list("facts", flat=True)
    assert list(moved) == [{"from": 2, "to": 1}, {"from": 2, "to": 1, "reason": "Kommer langveisfra"}]


def test_everybody_else_stays_as_they_are_when_somebody_is_forgotten(cast, now):
    kinds = (Contact, Guest, Answer, Message, History)
    for guest in (cast.greta, cast.henrik, cast.zoe):
        factories.make_message(guest)
    before = {model: dict(model.objects.in_bulk()) for model in kinds}
    forget(cast.greta, now)
    mine = {Contact: cast.greta.contact_id, Guest: cast.greta.pk}
    for model in kinds:
        for pk, row in model.objects.in_bulk().items():
            owner = pk if model in mine else row.guest_id
            if pk in before[model] and owner not in mine.values():
                assert vars_of(row) == vars_of(before[model][pk])
    assert set(before[Contact]) - set(Contact.objects.in_bulk()) == {cast.greta.contact_id}


def vars_of(row):
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_the_person_is_forgotten_at_every_event_when_the_link_of_one_is_used(cast, now):
    elsewhere = factories.make_guest(cast.other_event, contact=cast.greta.contact, answers={"dinner": "coming"})
    assert forget(cast.greta, now) == 2
    assert set(Guest.objects.exclude(forgotten_at=None)) == {cast.greta, elsewhere}
    assert not Contact.objects.filter(name="Greta Åsen").exists()
    assert Contact.objects.filter(name="Zoe Zetterlund").exists()


def test_the_place_goes_to_the_first_in_line_when_a_guest_who_was_coming_is_forgotten(cast, now):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    answers.give(cast.henrik, {"dinner": Choice.COMING}, now=now, **WEB)
    assert cast.henrik.answer_set.get(activity__slug="dinner").state == "waiting"
    forget(cast.greta, now)
    assert cast.henrik.answer_set.get(activity__slug="dinner").state == "coming"
    assert set(cast.greta.answer_set.values_list("state", flat=True)) == {"not_coming"}
    assert Message.objects.filter(guest=cast.henrik, letter="promoted").count() == 1


def test_the_answers_stay_when_the_event_is_over(cast, now):
    Event.objects.filter(pk=cast.event.pk).update(state=Event.State.HELD)
    before = list(cast.greta.answer_set.order_by("pk").values_list("state", flat=True))
    forget(cast.greta, now)
    assert list(cast.greta.answer_set.order_by("pk").values_list("state", flat=True)) == before


def test_the_second_time_changes_nothing(cast, now):
    forget(cast.greta, now)
    before = whole_database()
    assert forget(cast.greta, now + timedelta(days=1), never_again=True) == 0
    assert whole_database() == before


def test_a_waiting_mail_does_not_leave_when_the_guest_is_forgotten(cast, now, sink):
    message = factories.make_message(cast.greta)
    forget(cast.greta, now)
    message.refresh_from_db()
    assert (message.state, message.error_code, message.to_address) == ("stopped", "forgotten", "")


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_was_composed_already_is_not_claimed_when_the_guest_is_forgotten(cast, now):
    """A worker has read the row and is about to make it its own."""
    message = Message.objects.select_related("guest__contact").get(pk=factories.make_message(cast.greta).pk)
    forget(cast.greta, now)
    assert claims.claim(message, {"language": "nb", "subject": "Kjære Greta"}, "greta@kunde.example", now=now) is False
    message.refresh_from_db()
    assert (message.content, message.subject) == ({}, "")


@pytest.mark.django_db(transaction=True)
def test_the_row_stays_empty_when_the_mail_was_on_its_way(cast, now, files):
    """A worker has claimed the row and tells the mail server while the guest is being forgotten."""
    message = Message.objects.select_related("guest__contact").get(pk=factories.make_message(cast.greta).pk)
    assert claims.claim(message, {"language": "nb", "subject": "Kjære Greta"}, "greta@kunde.example", now=now)
    forget(cast.greta, now)
    connection_to_files = get_connection()
    mail = EmailMessage("Kjære Greta", "Hei", to=["greta@kunde.example"], headers={"Message-ID": message.message_id})
    connection_to_files.send_messages([mail])
    assert claims.record(message, state="sent", sent_at=now) == 1
    message.refresh_from_db()
    assert (message.state, message.content, message.to_address) == ("sent", {}, "")
    assert traces.sweep_mail_files() == 1  # what the worker does daily


def test_a_mail_that_somebody_got_stays_when_another_is_forgotten(cast, now, files):
    message = factories.make_message(cast.henrik)
    mail = EmailMessage("Kjære Henrik", "Hei", to=["h@kunde.example"], headers={"Message-ID": message.message_id})
    get_connection().send_messages([mail])
    forget(cast.greta, now)
    assert traces.sweep_mail_files() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", ["ready", "applied"])
def test_a_file_of_results_goes_when_it_names_the_person_and_an_applied_one_keeps_its_row(cast, now, files, state):
    race = Race.objects.create(activity=cast.event.activity_set.get(slug="race"))
    theirs, others = (
        ResultFile(race=race, state=state, file_name=f"{name}.csv", sha256=name.ljust(64), uploaded_at=now)
        for name in ("greta", "henrik")
    )
    uploads.keep(theirs, f"Nr;Navn;Tid\n7;{cast.greta.name};12:34\n".encode())
    uploads.keep(others, f"Nr;Navn;Tid\n8;{cast.henrik.name};12:34\n".encode())
    name = theirs.file.name
    forget(cast.greta, now)
    assert not default_storage.exists(name)
    others.refresh_from_db()
    assert default_storage.exists(others.file.name)
    kept = [("–", "")] if state == "applied" else []
    assert list(ResultFile.objects.filter(pk=theirs.pk).values_list("file_name", "file")) == kept


@pytest.mark.django_db(transaction=True)
def test_one_is_told_that_it_was_done_when_two_ask_at_once(cast, now):
    done = []

    def press():
        try:
            done.append(forget(Guest.objects.get(pk=cast.greta.pk), now))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 1]
    assert History.objects.filter(what="forgotten").count() == 1


def test_the_wish_for_no_more_mail_outlives_the_person(cast, now):
    Contact.objects.filter(pk=cast.greta.contact_id).update(unsubscribed_at=now)
    forget(cast.greta, now)
    assert DoNotInvite.objects.of("greta.asen@kunde.example").exists()


def test_the_address_is_not_kept_in_any_form_when_nobody_asked_for_it(cast, now):
    forget(cast.greta, now)
    assert not DoNotInvite.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_is_brought_back_brings_nobody_back(cast, now, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    greta, contact = Guest.objects.get(pk=cast.greta.pk), Contact.objects.get(name="Greta Åsen")  # the backup
    forget(cast.greta, now, never_again=True)
    DoNotInvite.objects.all().delete()
    contact.save(force_insert=True)
    greta.save()
    assert Guest.objects.get(pk=greta.pk).name == "Greta Åsen"
    assert privacy.forget_again(now=now) == 1
    assert not Contact.objects.filter(name="Greta Åsen").exists()
    assert DoNotInvite.objects.count() == 1
    assert privacy.forget_again(now=now) == 0
    assert "Greta" not in (tmp_path / "forgotten.txt").read_text()


@pytest.mark.django_db(transaction=True)
def test_nobody_else_is_forgotten_when_a_number_is_given_again(cast, now, settings, tmp_path):
    """A new database counts from one again."""
    settings.VAR_DIR = tmp_path
    forget(cast.greta, now)
    Guest.objects.filter(pk=cast.greta.pk).update(forgotten_at=None, created_at=now + timedelta(days=1))
    assert privacy.forget_again(now=now) == 0
