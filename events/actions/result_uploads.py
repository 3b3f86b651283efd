"""A file of results on its way in through the back office: received, columns chosen, looked at, applied, put away.

The file is read anew for each look, and nothing that stands in it is stored before it is applied; it goes then, or when
it is put away, or after a day.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from ..domain.headings import heading_key
from ..domain.ranking import Status
from ..models import HeadingSet, ResultFile
from . import races, result_files
from .result_files import Choices
from .uploads import delete_file, delete_strays, keep, shown_name, take_away

State = ResultFile.State
ON_ITS_WAY = (State.READING, State.READY)


class AppliedAlready(Exception):
    """These bytes are in already; carries the ResultFile."""

    def __init__(self, file):
        super().__init__(file.pk)
        self.file = file


def receive(activity, data, name, *, by, now):
    """Keeps the bytes of a file under a name of our own; raises a TableError when nothing can be made of it, and
    AppliedAlready.
    """
    look_at(data)
    race = races.of(activity)
    if known := result_files.applied_before(race, data):
        raise AppliedAlready(known)
    file = ResultFile(race=race, by=by, file_name=shown_name(name), uploaded_at=now)
    file.sha256 = result_files.fingerprint_of(data)
    keep(file, data)
    return file


def look_at(data, *, sheet=None, mapping=None):
    """A LayoutLook at a file, its columns as they were chosen for such headings before, unless `mapping` says."""
    from ..domain.timesheet_layout import look_at_columns

    how = {"sheet": sheet or None, "limits": result_files.limits()}
    if mapping is not None:
        return look_at_columns(data, mapping=mapping, **how)
    first = look_at_columns(data, **how)
    remembered = _remembered(first)
    return look_at_columns(data, mapping=remembered, **how) if remembered else first


def _remembered(seen):
    known = HeadingSet.objects.filter(fingerprint=_key(seen)).first() if seen.fingerprint else None
    fields = known.fields if known else {}
    headings = [look.column.heading for look in seen.columns if look.column.heading]
    return {heading: fields[heading_key(heading)] for heading in headings if heading_key(heading) in fields}


def _key(seen):
    """Apart from a guest list's that happens to have the same headings."""
    return f"results-{seen.fingerprint}"[:64]


@transaction.atomic
def choose_columns(file, seen, *, mapping, sheet, now):
    """Notes what the columns hold, for this file and for the next one with such headings. False when it is gone.

    What was answered about other columns is asked again.
    """
    if seen.fingerprint:
        fields = {heading_key(heading): field for heading, field in mapping.items()}
        HeadingSet.objects.update_or_create(fingerprint=_key(seen), defaults={"fields": fields, "used_at": now})
    rows = ResultFile.objects.filter(pk=file.pk, state__in=ON_ITS_WAY)
    return bool(rows.update(choices={"mapping": mapping}, sheet=sheet, state=State.READY))


def choices_of(file) -> Choices:
    """What was said so far, as the reading takes it."""
    said = file.choices
    return Choices(
        sheet=file.sheet,
        mapping=said.get("mapping", {}),
        answers=said.get("answers", {}),
        matches={int(row): guest for row, guest in said.get("matches", {}).items()},
        decided={int(row): _decision(value) for row, value in said.get("decided", {}).items()},
    )


def _decision(value):
    return Status(value) if value in Status.__members__.values() else value


def note(file, **said):
    """Adds answers {topic: choice}, matches {row: guest or None} and decided {row: …}; False when it is gone."""
    with transaction.atomic():
        row = ResultFile.objects.select_for_update().filter(pk=file.pk, state=State.READY).first()
        if row is None:
            return False
        for kind, more in said.items():
            row.choices[kind] = row.choices.get(kind, {}) | {str(key): value for key, value in more.items()}
        row.save(update_fields=["choices"])
    return True


def ask_again(file):
    """Forgets what was answered, but not the columns."""
    for_it = ResultFile.objects.filter(pk=file.pk, state=State.READY)
    return bool(for_it.update(choices={"mapping": file.choices.get("mapping", {})}))


def apply(file, data, *, seen, by, channel, now):
    """Applies the file as it was looked at, once; see result_files.apply. The file itself is then deleted."""
    done = result_files.apply(
        file.race.activity, data, choices_of(file), by=by, channel=channel, now=now, seen=seen, file=file
    )
    if done.is_new:
        delete_file(done.file)
    return done


@transaction.atomic
def put_away(file):
    """Forgets a file on its way in; False when it was applied, even a moment ago."""
    rows = ResultFile.objects.select_for_update().filter(pk=file.pk, state__in=[*ON_ITS_WAY, State.REFUSED])
    row = rows.first()
    if row is None:
        return False
    take_away(row)
    return True


def put_away_old(*, now):
    """Files that nobody has applied within a day. Returns how many."""
    kept_since = now - timedelta(hours=settings.UPLOADED_LIST_KEPT_HOURS)
    old = ResultFile.objects.filter(uploaded_at__lte=kept_since).exclude(state__in=[State.APPLIED, State.UNDONE])
    count = sum(put_away(file) for file in list(old))
    for file in ResultFile.objects.filter(state__in=[State.APPLIED, State.UNDONE]).exclude(file=""):
        delete_file(file)  # the power went after it was applied
    delete_strays(ResultFile, kept_since)
    return count
