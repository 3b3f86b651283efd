from contextlib import ExitStack
from pathlib import Path

from django.utils import timezone

from events.actions import photo_receiving, photo_work
from events.actions.photo_receiving import ADDED, DUPLICATE, REFUSED
from events.domain.photo_zips import is_litter, is_zip
from events.management.base import BadUse, HouseCommand, Refused
from events.models import History, Photo, PhotoUpload
from events.reports import photo_refusals

HOW = {"channel": History.Channel.COMMAND}


class Command(HouseCommand):
    help = "Adds photos from files, folders and zips to an event, and makes them. The same photos again change nothing."
    has_json = True

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("path", nargs="+", type=Path)

    def handle(self, *, slug, path, **options):
        event, files = self.event(slug), [file for each in path for file in _files(each)]
        upload = photo_receiving.open_upload(
            event, way=PhotoUpload.Way.COMMAND, by=None, chosen=len(files), now=timezone.now()
        )
        received = []
        for number, file in enumerate(files, start=1):
            received += _received(upload, file)
            self.progress(number, len(files))
        left = self._make(Photo.objects.filter(event=event))
        summary = _summary(received, upload)
        self.tell(_sentences(summary), summary, options)
        if left:
            raise Refused(f"{left} photos are still being made; the worker goes on with them.")
        if summary["refused"]:
            raise Refused("Some files were not taken; the others are in.")

    def _make(self, photos):
        total = photos.filter(work=Photo.Work.WAITING).count()
        return photo_work.make_all(photos, clock=timezone.now, tell=lambda left: self.progress(total - left, total))


def _files(path):
    """The file itself, or what lies in a folder; BadUse when there is nothing of this name."""
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.is_file() and not is_litter(str(file.relative_to(path))))
    if not path.is_file():
        raise BadUse(f"There is no file or folder {str(path)!r}.")
    return [path]


def _received(upload, path):
    with ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            head = file.read(4)
        except OSError:
            return [photo_receiving.refuse(upload, path.name, "not_readable")]
        now = timezone.now()
        if is_zip(head):
            return list(photo_receiving.receive_zip(upload, file, path.name, now=now, **HOW))
        return [photo_receiving.receive(upload, file, path.name, now=now, may_repeat=False, **HOW)]


def _summary(received, upload):
    """As the outside of the program counts: what could not be made of a file is refused, too."""
    refused = [(each.name, each.code, each.facts) for each in received if each.outcome == REFUSED]
    unmade = Photo.objects.filter(upload=upload, work=Photo.Work.REFUSED).values_list("file_name", "refusal")
    refused += [(name, refusal["code"], refusal["facts"]) for name, refusal in unmade]
    return {
        "added": sum(each.outcome == ADDED for each in received) - len(unmade),
        "duplicates": sum(each.outcome == DUPLICATE for each in received),
        "refused": [
            {"file": name, "code": code, "message": photo_refusals.sentence(code, facts)}
            for name, code, facts in refused
        ],
    }


def _sentences(summary):
    lines = [
        "{added} added, {duplicates} here already, {count} refused.".format(count=len(summary["refused"]), **summary)
    ]
    return "\n".join([*lines, *("{file}: {message}".format(**refused) for refused in summary["refused"])])
