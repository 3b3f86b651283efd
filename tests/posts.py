"""What a guest sends to each address that takes something: one thing each that is stored.

`outfit` gives a guest of the standing programme all that can be asked, so that each of it has something to ask.
"""

from django.utils import timezone

from events.models import Activity, Answer, Course, Entry, Event, Photo, PhotoUpload, Question
from tests import factories, photo_rows, racing

WORDS = "Jeg kommer rett fra jobb, begynn uten meg"  # long enough to be shown where it was not taken


def outfit(event):
    """The event serves food, asks a question, and shows who comes."""
    Event.objects.filter(pk=event.pk).update(shows_guests=True)
    Activity.objects.filter(event=event, slug="dinner").update(serves_food=True)
    factories.make_question(event.activity_set.get(slug="dinner"))
    course = Course.objects.get_or_create(name="Stoltzekleiven", defaults={"created_at": timezone.now()})[0]
    race = racing.make_race(event, course=course, shows_places=True)
    racing.publish(race)
    photo_rows.make_photo(event)


def bodies(guest):
    """{route: what is typed}; the guest comes to all, and a place at the dinner waits for a yes or no."""
    race, dinner = (Answer.objects.get(guest=guest, activity__slug=slug) for slug in ("race", "dinner"))
    entry = Entry.objects.filter(guest=guest, activity=race.activity_id).first()
    question = Question.objects.filter(activity=dinner.activity_id).first()
    photo = _photo_of(guest)
    return {
        "": {"email": guest.email},
        "i18n/setlang/": {"language": "fi", "next": factories.page_of(guest)},
        "i/<str:token>/": {"answer-gathering": "not_coming"},
        "i/<str:token>/food/": {f"needs-{guest.pk}": ["nuts"], f"other-{guest.pk}": WORDS, "consent": "on"},
        "i/<str:token>/companions/": {"new1-name": WORDS, "new1-answer-dinner": "coming"},
        "i/<str:token>/place/<str:activity>/": {"answer": "yes"},
        "i/<str:token>/consents/": {"agree-photos": "yes", "agree-name": "no"},
        "i/<str:token>/substitute/": {"name": "Nina Berge", "email": "nina@kunde.example", "word": WORDS},
        "i/<str:token>/not-me/": {"name": "Per Feil", "email": "per@annen.example", "text": WORDS},
        "i/<str:token>/word/": {"text": WORDS},
        "i/<str:token>/race/": {f"race-{race.pk}-ambition": "12:30", f"race-{race.pk}-has_been_before": "yes"},
        "i/<str:token>/results/": {f"shown-{entry.pk}-hides_time": "on"} if entry else {},
        "i/<str:token>/earlier/": {"year": "2019", "time": "12:30"},
        "i/<str:token>/cheers/": {"none": "race"},
        "i/<str:token>/photos/take/": {},
        "i/<str:token>/photos/<photo:key>/me/": {},
        "i/<str:token>/photos/<photo:key>/remove/": {"note": WORDS},
        "i/<str:token>/photos/add/": {"take": photo.key},
        "i/<str:token>/questions/": {f"about-{dinner.pk}-q{question.pk}": WORDS},
        "i/<str:token>/data/correct/": {
            "name": f"{guest.name} Ny", "phone": "90 00 00 02", "email": guest.email, "language": "fi",
        },
        "i/<str:token>/calendar/": {},
        "i/<str:token>/data/no-more/": {},
        "i/<str:token>/data/forget/": {},
        "u/<str:token>/": {"List-Unsubscribe": "One-Click"},
    }  # fmt: skip


def _photo_of(guest):
    """One that the guest has added, and may take back."""
    now = timezone.now()
    upload = PhotoUpload.objects.get_or_create(guest=guest, defaults={
        "event": guest.event, "way": PhotoUpload.Way.GUEST, "started_at": now,
    })[0]  # fmt: skip
    fields = {"event": guest.event, "upload": upload, "received_at": now}
    return Photo.objects.get_or_create(sent_by=guest, sha256=f"{guest.pk:064}", defaults=fields)[0]
