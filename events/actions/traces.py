"""What is left of a person outside the tables that are about guests: drafts of lists, tasks, sentences not yet shown,
mails kept as files, and the pages that a database file no longer uses.
"""

import json
from email.parser import BytesHeaderParser
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django_tasks_db.models import DBTaskResult

from ..domain import names
from ..domain.addresses import email_key
from ..domain.naming import names_one
from ..domain.tabular_base import TableError
from ..models import GuestListUpload, History, Message, Received, ResultFile, Substitute, Voice
from . import photo_traces
from .erasure import close, erase
from .uploads import content, delete_file, take_away

SENTENCES = "_messages"  # where a session keeps what its user is still to be told
KEPT_AS_FILES = "config.eml.EmailBackend"
PATIENCE_MILLISECONDS = 1000
CHUNK = 500


def clean(people, *, now):
    """Takes these contacts out of what others typed and of what is on its way; in the caller's transaction."""
    if not people:
        return
    addresses = {email_key(person.email) for person in people if person.email}
    _clean_said_by_others(addresses, {names.fold(person.name) for person in people}, now=now)
    _clean_held(addresses)
    _clean_tasks(addresses)
    _clean_sentences()
    named = [frozenset(names.name_key(person.name).split()) for person in people]
    _clean_reasons(addresses, named)
    photo_traces.clean(addresses, named)
    _put_away_lists(addresses, named)
    _put_away_results(addresses, named)


def _clean_said_by_others(addresses, folded_names, *, now):
    """Proposals and words that name the address; and what was written to whoever proposed."""
    everybody = Substitute.objects.values_list("pk", "email", "name")
    proposed = {pk: name for pk, email, name in everybody if email_key(email) in addresses}
    words = [
        pk for pk, email in Voice.objects.exclude(email="").values_list("pk", "email") if email_key(email) in addresses
    ]
    proposers = list(Substitute.objects.filter(pk__in=proposed).values_list("guest", flat=True))
    close(Substitute.objects.filter(pk__in=proposed), Voice.objects.filter(pk__in=words), now=now)
    erase(Substitute.objects.filter(pk__in=proposed))
    erase(Voice.objects.filter(pk__in=words))
    called = {*folded_names, *map(names.fold, proposed.values())} - {""}
    for message in Message.objects.filter(guest__in=proposers).exclude(content={}):
        told = json.dumps(message.content, ensure_ascii=False)
        if any(address in told.casefold() for address in addresses) or any(
            name in names.fold_letters(told) for name in called
        ):
            Message.objects.filter(pk=message.pk).update(subject="", content={})


def _clean_held(addresses):
    """Replies that wait and came from the address, or name it: what is left of one says nothing to decide on."""
    for row in Received.objects.held().only("sender", "facts"):
        named = (row.sender, row.facts.get("attendee", ""), row.facts.get("delegated_to", ""))
        if not addresses.isdisjoint(map(email_key, named)):
            state = Received.State.SET_ASIDE
            Received.objects.filter(pk=row.pk).update(sender="", facts={}, state=state)


def _clean_reasons(addresses, people):
    """Why somebody else was moved in line ("… has called"): an organiser's own words, the only ones in the history."""
    moves = History.objects.filter(what=History.What.MOVED, facts__has_key="reason").only("facts")
    for row in moves.iterator():
        if names_one(str(row.facts["reason"]), addresses, people):
            facts = {name: fact for name, fact in row.facts.items() if name != "reason"}
            History.objects.filter(pk=row.pk).update(facts=facts)


def _clean_tasks(addresses):
    """ "Send me my link again" that is still to be done."""
    waiting = DBTaskResult.objects.filter(task_path="events.tasks.send_links")
    mine = [task.pk for task in waiting if email_key(str(task.args_kwargs["args"][0])) in addresses]
    DBTaskResult.objects.filter(pk__in=mine).delete()


def _clean_sentences():
    """What organisers are still to be told names people ("… is on the guest list"); a session holds it until then."""
    for session in Session.objects.all():
        data = session.get_decoded()
        if data.pop(SENTENCES, None):
            Session.objects.filter(pk=session.pk).update(session_data=Session.objects.encode(data))


def _put_away_lists(addresses, people):
    """Guest lists on their way in that name one of the people. One that is being applied at this moment comes after."""
    uploads = GuestListUpload.objects.select_for_update(skip_locked=True).order_by("pk")
    for upload in uploads:
        if _mentions(upload, addresses, people):
            take_away(upload)
    # What a file was called may name somebody as they were called then, and nothing is left to compare it with.
    applied = GuestListUpload.objects.filter(state=GuestListUpload.State.APPLIED)
    applied.exclude(file_name="").update(file_name="–")


def _put_away_results(addresses, people):
    """Files of results that name one of the people; what is applied holds numbers alone, and keeps its row."""
    is_applied = {ResultFile.State.APPLIED, ResultFile.State.UNDONE}
    for file in ResultFile.objects.select_for_update(skip_locked=True).exclude(file="").order_by("pk"):
        if _mentions(file, addresses, people):
            (delete_file if file.state in is_applied else take_away)(file)
    applied = ResultFile.objects.filter(state__in=is_applied)
    applied.exclude(file_name="").update(file_name="–")


def _mentions(upload, addresses, people):
    said = upload.choices if isinstance(upload, ResultFile) else upload.fields
    texts = chain(_entries([upload.file_name, upload.report, said]), _lines(upload))
    return any(names_one(text, addresses, people) for text in texts)


def _entries(value):
    """The words of a report, those of one entry together."""
    if isinstance(value, dict):
        yield " ".join(each for each in value.values() if isinstance(each, str))
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from [each] if isinstance(each, str) else _entries(each)


def _lines(upload):
    """The rows of every sheet of the file, as far as it can be read."""
    from ..domain.timesheet_source import open_source

    data = content(upload)
    if data is None:
        return
    try:
        first = open_source(data)
        tables = [first, *(open_source(data, sheet=sheet) for sheet in first.other_sheets)]
        for line in chain.from_iterable(tables):
            yield " ".join(line.cells)
    except TableError:
        return


def sweep_mail_files():
    """Deletes mails kept as files that no row knows: of people forgotten since, and tests. Returns how many."""
    if settings.EMAIL_BACKEND != KEPT_AS_FILES:
        return 0
    found = {}
    for file in Path(settings.EMAIL_FILE_PATH).glob("*.eml"):
        with file.open("rb") as opened:
            message_id = BytesHeaderParser().parse(opened)["Message-ID"]
        if message_id:  # else it is being written
            found[file] = message_id.strip()
    ids = sorted(set(found.values()))
    known = set()
    for at in range(0, len(ids), CHUNK):
        known.update(Message.objects.filter(message_id__in=ids[at : at + CHUNK]).values_list("message_id", flat=True))
    unknown = [file for file, message_id in found.items() if message_id not in known]
    for file in unknown:
        file.unlink(missing_ok=True)
    return len(unknown)


def write_over():
    """SQLite keeps the pages as they were in its log (WAL) until that is written back and cut. Waits a second for
    others to let go; what is left then goes with the next time. PostgreSQL has its autovacuum.
    """
    if connection.vendor != "sqlite":
        return
    patience = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MILLISECONDS}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.fetchall()
        cursor.execute(f"PRAGMA busy_timeout = {patience}")


def after_commit():
    """What can only be done when the deed stands."""
    sweep_mail_files()
    write_over()
