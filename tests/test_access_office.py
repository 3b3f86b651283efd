"""Every address of the back office × everybody who may type it (S7, S8). A new address needs a row here.

In each cell: organiser A (Otto, of Greta's event), organiser B (Olga, of another), superuser. Everything is about
Greta's event. Hosts have a table of their own: Hedda looks after Greta, Hugo after somebody else at the same event;
so have the kitchen and the photographer of Greta's event. Anonymous visitors are sent to the login, whatever the
address.
"""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from events.actions import food, guestlist_uploads, programme, result_uploads
from events.admin import change_pages
from events.domain.food import Plate
from events.models import (
    Album,
    Campaign,
    Cheer,
    Consent,
    History,
    Letter,
    Membership,
    Occurrence,
    Race,
    Received,
    RemovalRequest,
    Substitute,
    Voice,
    Wave,
)
from tests import factories, photo_rows, standing
from tests.database import whole_database
from tests.lists import csv
from tests.test_access import text_of
from tests.urls import all_routes

OFFICE = settings.ADMIN_PATH
VISITORS = ("organiser A", "organiser B", "superuser", "host", "another host", "kitchen", "photographer")

NOUNS = """
             list          add           history       delete        change
activity     302 302 302 | 404 404 404 | 200 404 200 | 403 404 403 | 200 404 200
answer       302 302 302 | 404 404 404 | 200 404 200 | 403 404 403 | 200 404 200
campaign     302 302 302 | 404 404 404 | 200 404 200 | 403 404 403 | 200 404 200
cheer        302 302 302 | 404 404 404 | 200 404 200 | 403 404 403 | 200 404 200
company      200 200 200 | 403 403 403 | 200 404 200 | 403 403 403 | 200 404 200
consent      200 200 200 | 404 404 404 | 200 404 200 | 403 404 403 | 200 404 200
contact      200 200 200 | 403 403 403 | 200 404 200 | 403 403 403 | 200 404 200
event        302 302 302 | 403 403 200 | 200 404 200 | 403 403 403 | 200 404 200
guest        302 302 302 | 404 404 404 | 200 404 200 | 403 404 403 | 200 404 200
history      200 200 200 | 404 404 404 | 200 404 200 | 403 404 403 | 200 404 200
host         200 200 200 | 200 200 200 | 200 200 200 | 403 403 403 | 200 200 200
letter       302 302 302 | 404 404 404 | 200 404 200 | 403 404 403 | 302 404 302
membership   403 403 200 | 403 403 200 | 403 403 200 | 403 403 200 | 403 403 200
message      302 302 302 | 404 404 404 | 200 404 200 | 403 404 403 | 200 404 200
occurrence   403 403 200 | 403 403 403 | 403 403 200 | 403 403 403 | 403 403 200
received     302 302 302 | 404 404 404 | 200 404 200 | 403 404 403 | 200 404 200
reminder     403 403 200 | 403 403 403 | 403 403 200 | 403 403 403 | 403 403 200
series       403 403 200 | 403 403 200 | 403 403 200 | 403 403 200 | 403 403 200
substitute   302 302 302 | 404 404 404 | 200 404 200 | 403 404 403 | 200 404 200
user         403 403 200 | 403 403 200 | 403 403 200 | 403 403 200 | 403 403 200
voice        302 302 302 | 404 404 404 | 200 404 200 | 403 404 403 | 200 404 200
"""
OF_THE_EVENT = """
overview/                             200 404 200
state/<slug:state>/                   200 404 200
throw-away/                           200 404 200
changes/                              200 404 200
changes/letter/<slug:language>/       200 404 200
changes/<int:change_id>/              200 404 200
changes/<int:change_id>/undo/         405 404 405
programme/                            200 404 200
programme/add/                        200 404 200
programme/<int:activity_id>/cancel/   200 404 200
programme/<int:activity_id>/calendar/                         404 404 404
programme/<int:activity_id>/calendar/letter/                  404 404 404
programme/<int:activity_id>/asked/                            200 404 200
programme/<int:activity_id>/asked/classes/                    200 404 200
programme/<int:activity_id>/asked/add/                        200 404 200
programme/<int:activity_id>/asked/<int:question_id>/          200 404 200
programme/<int:activity_id>/asked/<int:question_id>/remove/   200 404 200
programme/<int:activity_id>/asked/<int:question_id>/move/     405 404 405
told/                                 200 404 200
guests/                               200 404 200
guests/add/                           200 404 200
guests/<int:guest_id>/answer/         200 404 200
guests/<int:guest_id>/told/           200 404 200
guests/<int:guest_id>/companions/     200 404 200
guests/<int:guest_id>/consents/       200 404 200
guests/<int:guest_id>/invited-to/     200 404 200
guests/<int:guest_id>/undo/<int:row_id>/ 200 404 200
history/<int:row_id>/undo/            200 404 200
guests/<int:guest_id>/late/<int:row_id>/ 405 404 405
guests/<int:guest_id>/new-link/       200 404 200
guests/<int:guest_id>/end-calendar/   200 404 200
guests/<int:guest_id>/withdraw/       200 404 200
guests/<int:guest_id>/forget/         200 404 200
guests/along/                                 200 404 200
guests/import/                                200 404 200
guests/import/<int:upload_id>/                200 404 404
guests/import/<int:upload_id>/columns/        200 404 404
guests/import/<int:upload_id>/result/         302 404 404
guests/import/<int:upload_id>/answer/         405 404 405
guests/import/<int:upload_id>/apply/          405 404 405
guests/import/<int:upload_id>/again/          405 404 405
guests/import/<int:upload_id>/put-away/       405 404 405
answers/                              200 404 200
photographer/                         200 404 200
photos/add/                           200 404 200
photos/slideshow/                     200 404 200
photos/slideshow.json                 200 404 200
gallery/                              200 404 200
gallery/renew/                        200 404 200
gallery/cards-<slug:size>.<slug:form> 404 404 404
answers/add/                          403 404 403
photos/                               200 404 200
photos/do/                            405 404 405
photos/undo/<int:row_id>/             405 404 405
photos/uploads/<int:upload_id>/clock/ 405 404 405
photos/people/                        200 404 200
photos/removals/                      200 404 200
photos/removals/<int:removal_id>/     405 404 405
photos/albums/                        200 404 200
photos/albums/<int:album_id>/         200 404 200
photos/albums/<int:album_id>/move/    405 404 405
photos/albums/<int:album_id>/remove/  200 404 200
photos/<int:photo_id>/                200 404 200
photos/<int:photo_id>/caption/        405 404 405
photos/<int:photo_id>/tag/            405 404 405
photos/<int:photo_id>/untag/<int:guest_id>/ 405 404 405
photos/<slug:key>/<str:name>          200 404 200
photos/slideshow/                     200 404 200
photos/slideshow.json                 200 404 200
race/                                 200 404 200
race/<int:activity_id>/contests/      200 404 200
race/<int:activity_id>/words/         200 404 200
race/<int:activity_id>/do/<slug:deed>/ 200 404 200
waiting/                              200 404 200
late/                                 200 404 200
grace/                                200 404 200
kitchen/                              200 404 200
kitchen/<int:activity_id>/list/           404 404 302
kitchen/<int:activity_id>/list.<slug:form>    404 404 405
kitchen/<int:activity_id>/handed-over/    404 404 405
race/set-up/                          200 404 200
race/<int:activity_id>/course/        200 404 200
race/<int:activity_id>/classes/       200 404 200
race/starts/                          200 404 200
race/<int:activity_id>/starts/bibs/   200 404 200
race/<int:activity_id>/starts/times/  200 404 200
race/<int:activity_id>/starts/waves/  200 404 200
race/<int:activity_id>/starts/waves/<int:wave_id>/         200 404 200
race/<int:activity_id>/starts/waves/<int:wave_id>/remove/  405 404 405
race/<int:activity_id>/starts/undo/<int:row_id>/           405 404 405
race/<int:activity_id>/starts/next/   405 404 405
race/<int:activity_id>/starts/move/   405 404 405
race/<int:activity_id>/starts/more/   200 404 200
race/<int:activity_id>/starts/<int:guest_id>/              404 404 404
waiting/<int:answer_id>/move/         200 404 200
waiting/<int:answer_id>/give/         200 404 200
letters/                              200 404 200
letters/add/                          302 404 302
letters/tone/                         405 404 405
letters/picture/                      200 404 200
letters/picture/remove/               200 404 200
letters/<slug:kind>/<slug:language>/          200 404 200
letters/<slug:kind>/<slug:language>/preview/  200 404 200
letters/<slug:kind>/<slug:language>/ours/     302 404 302
outbox/                               200 404 200
outbox/add/                           403 404 403
outbox/<int:message_id>/mail/         200 404 200
outbox/<int:message_id>/again/        200 404 200
outbox/refused/<slug:letter>/seen/    405 404 405
send/                                 200 404 200
send/<slug:letter>/                   200 404 200
send/<slug:letter>/as/<int:guest_id>/ 200 404 200
send/<slug:letter>/test/<int:guest_id>/ 405 404 405
by-itself/                            200 404 200
by-itself/begin/                      405 404 405
by-itself/<int:reminder_id>/          200 404 200
by-itself/<int:reminder_id>/switch/   405 404 405
by-itself/missed/<int:occurrence_id>/send/  200 404 200
by-itself/missed/<int:occurrence_id>/leave/ 405 404 405
sendings/                             200 404 200
sendings/add/                         403 404 403
sendings/<int:campaign_id>/progress/  200 404 200
sendings/<int:campaign_id>/stop/      405 404 405
sendings/<int:campaign_id>/resume/    405 404 405
substitutes/                          200 404 200
substitutes/add/                      403 404 403
substitutes/<int:substitute_id>/      200 404 200
substitutes/<int:substitute_id>/decline/ 200 404 200
inbox/                                200 404 200
inbox/add/                            403 404 403
inbox/<int:received_id>/              405 404 405
board/                                200 404 200
board/<int:activity_id>/make/         405 404 405
board/<int:activity_id>/live/         405 404 405
board/<int:activity_id>/renew/        404 404 404
cheers/                               200 404 200
cheers/add/                           403 404 403
cheers/say/                           404 404 404
cheers/rule/<int:activity_id>/        405 404 405
cheers/<int:cheer_id>/<slug:deed>/    405 404 405
speaker/                              200 404 200
speaker/<int:activity_id>/list.<slug:form>    405 404 405
voices/                               200 404 200
voices/add/                           403 404 403
voices/<int:voice_id>/read/           405 404 405
documents/                            200 404 200
documents/<int:activity_id>/<slug:what>.pdf   405 404 405
documents/<int:activity_id>/<slug:what>.png   404 404 404
export/<slug:what>.<slug:form>        405 404 405
race/files/                           200 404 200
race/files/<int:file_id>/             200 404 404
race/files/<int:file_id>/columns/     200 404 404
race/files/<int:file_id>/said/        302 404 404
race/files/<int:file_id>/answer/      405 404 405
race/files/<int:file_id>/apply/       405 404 405
race/files/<int:file_id>/put-away/    405 404 405
race/files/<int:file_id>/undo/        405 404 405
race/times/                           200 404 200
race/times/undo/                      405 404 405
race/times/<int:guest_id>/            405 404 405
"""
# A host finds own guests and may answer for them; of everything else below the event nothing is there.
OF_HOSTS = {
    "events/event/<int:event_id>/guests/": (200, 200),
    "events/event/<int:event_id>/guests/<int:guest_id>/answer/": (200, 404),
    "events/event/<int:event_id>/guests/<int:guest_id>/told/": (200, 404),
    "events/event/<int:event_id>/guests/<int:guest_id>/companions/": (200, 404),
    "events/event/<int:event_id>/guests/<int:guest_id>/consents/": (200, 404),
    "events/event/<int:event_id>/voices/": (200, 200),
    "events/event/<int:event_id>/voices/<int:voice_id>/read/": (405, 405),
    "events/event/<int:event_id>/cheers/": (200, 200),
    "events/event/<int:event_id>/cheers/say/": (200, 200),
    "events/cheer/<path:object_id>/change/": (200, 404),
    "events/voice/<path:object_id>/change/": (200, 404),
    "events/guest/<path:object_id>/change/": (200, 404),
    "events/guest/<path:object_id>/delete/": (404, 404),
    "events/company/<path:object_id>/change/": (403, 403),
    "events/contact/<path:object_id>/change/": (403, 403),
    "events/guest/<path:object_id>/history/": (404, 404),
}
# All that opens to the kitchen and to the photographer below the event; and what they, as hosts, are told apart.
OF_KITCHEN_AND_PHOTOGRAPHER = {
    "events/event/<int:event_id>/kitchen/": (200, 404),
    "events/event/<int:event_id>/kitchen/<int:activity_id>/list/": (302, 404),
    "events/event/<int:event_id>/kitchen/<int:activity_id>/list.<slug:form>": (405, 404),
    "events/event/<int:event_id>/kitchen/<int:activity_id>/handed-over/": (405, 404),
    "events/event/<int:event_id>/photographer/": (404, 200),
    "events/event/<int:event_id>/photos/add/": (404, 200),
    "events/company/<path:object_id>/change/": (403, 403),
    "events/contact/<path:object_id>/change/": (403, 403),
}
NEEDS = "kumquatallergi"
HELD = {"choice": "unsure", "sequence": 0, "stamped_at": "2027-08-09T10:00:00+00:00"}
# Who may read what on GET; needs are opened by a POST, and only by the kitchen.
MAY_READ = {
    "greta.asen@kunde.example": {"organiser A", "superuser", "host"},
    "Greta": {"organiser A", "superuser", "host", "photographer"},
    NEEDS: set(),
}
ELSEWHERE = {
    "": (302, 302, 200),
    "login/": (302, 302, 302),
    "logout/": (405, 405, 405),
    "password_change/": (200, 200, 200),
    "password_change/done/": (200, 200, 200),
    "autocomplete/": (200, 200, 200),
    "jsi18n/": (200, 200, 200),
    "mail/try-again/": (405, 405, 405),
    "r/<path:content_type_id>/<path:object_id>/": (404, 404, 404),
    "auth/user/<id>/password/": (403, 403, 200),
    "^(?P<app_label>events|auth)/$": (302, 302, 302),
    "(?P<url>.*)$": (404, 404, 404),
}
WITHOUT_LOGIN = {"login/", "logout/"}


def numbers(cell):
    return tuple(map(int, cell.split()))


def like_strangers(route, others):
    """What two meet where no row says so: what anybody meets who organises no event."""
    if route.startswith("events/event/<int:event_id>/"):
        return (404, 404)
    stranger = others[1]
    is_across_events = stranger == 200 and route.startswith(("events/", "autocomplete/"))
    return (403, 403) if is_across_events else (stranger, stranger)


def table():
    """{route below the office: what each of VISITORS meets}."""
    rows = dict(ELSEWHERE)
    for line in OF_THE_EVENT.strip().splitlines():
        path, cell = line.split(maxsplit=1)
        rows[f"events/event/<int:event_id>/{path}"] = numbers(cell)
    header, *lines = NOUNS.strip("\n").splitlines()
    for line in lines:
        noun, rest = line.split(maxsplit=1)
        base = f"{'auth' if noun == 'user' else 'events'}/{noun}/"
        rows[f"{base}<path:object_id>/"] = (302, 302, 302)
        for page, cell in zip(header.split(), rest.split("|"), strict=True):
            path = {"list": "", "add": "add/"}.get(page, f"<path:object_id>/{page}/")
            rows[base + path] = numbers(cell)
    return {
        route: met
        + OF_HOSTS.get(route, like_strangers(route, met))
        + OF_KITCHEN_AND_PHOTOGRAPHER.get(route, like_strangers(route, met))
        for route, met in rows.items()
    }


TABLE = table()


class World:
    """The cast, all addresses of its event, and everybody's login."""

    def __init__(self):
        self.cast = cast = factories.make_cast()
        self.address = addresses(cast)
        logins = {
            "organiser A": cast.otto, "organiser B": cast.olga, "superuser": factories.make_superuser(),
            "host": factories.make_host_login(cast.event, cast.host, "hedda"),
            "another host": factories.make_host_login(cast.event, factories.make_host("Hugo Vik"), "hugo"),
            "kitchen": factories.make_organiser(cast.event, "ken", Membership.Role.KITCHEN),
            "photographer": factories.make_organiser(cast.event, "pia", Membership.Role.PHOTOGRAPHER),
        }  # fmt: skip
        self.sessions = {visitor: self._session(user) for visitor, user in logins.items()}
        self.clients = {visitor: Client() for visitor in (*VISITORS, "nobody")}

    def _session(self, user):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def enter(self, visitor):
        """A browser in which the visitor has logged in; "nobody" has not."""
        client = self.clients[visitor]
        client.cookies.clear()
        if visitor in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[visitor]
        return client


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with media, standing.world(django_db_blocker, World) as world:
        yield world


@pytest.fixture
def address(world, db, clock):
    """address(route) → the address of Greta's event, or of a row of it."""
    return world.address


@pytest.fixture
def enter(world, db, clock):
    """enter(visitor) gives a client that has logged in."""
    return world.enter


def addresses(cast):
    """The function from a route to the address of Greta's event, or of a row of it; makes what the addresses tell."""
    now, event, greta = timezone.now(), cast.event, cast.greta
    event.series = factories.make_series()
    event.save()
    event.activity_set.filter(slug="dinner").update(serves_food=True)
    plates = {greta.pk: Plate((), NEEDS)}
    food.store(greta, plates, is_agreed=True, language="nb", channel="web", now=now)
    said = {"text_version": "1", "language": "nb", "channel": "web", "said_at": now}
    rows = {
        "activity": cast.activity("dinner"),
        "answer": greta.answer_set.first(),
        "waiting": _waiting(cast),
        "campaign": _sending(event, greta, now),
        "cheer": Cheer.objects.create(
            runner=greta, activity=cast.activity("race"), guest=cast.henrik, text="Heia Greta!", said_at=now
        ),
        "company": greta.contact.company,
        "occurrence": (missed := _missed(event, now)),
        "reminder": missed.reminder,
        "consent": Consent.objects.create(guest=greta, purpose="photos", is_given=True, **said),
        "contact": greta.contact,
        "event": event,
        "guest": greta,
        "history": History.objects.create(event=event, guest=greta, at=now, channel="web", what="answered"),
        "host": cast.host,
        "letter": Letter.objects.create(event=event, kind="free", language="nb", subject="Til Greta", body="Hei"),
        "membership": cast.otto.membership_set.get(),
        "message": factories.make_message(greta, subject="Til Greta", state="failed"),
        "received": Received.objects.create(
            event=event,
            guest=greta,
            activity=cast.activity("dinner"),
            key="0" * 64,
            kind="calendar_reply",
            state="held",
            reason="other_address",
            sender="greta.asen@kunde.example",
            facts=HELD,
            at=now,
        ),
        "series": event.series,
        "substitute": Substitute.objects.create(guest=greta, name="Nils", email="nils@kunde.example", proposed_at=now),
        "user": cast.otto,
        "voice": Voice.objects.create(guest=greta, text="Hilsen Greta", said_at=now),
    }
    photo = photo_rows.make_photo(event)
    photo_rows.mark(photo, greta)
    parts = {
        "<int:event_id>": event.pk,
        "race/<int:activity_id>": f"race/{cast.activity('race').pk}",
        "<slug:deed>": "publish",
        "<int:activity_id>": rows["activity"].pk,
        "<int:wave_id>": _wave(cast).pk,
        "<int:guest_id>": greta.pk,
        "history/<int:row_id>": f"history/{_of_the_event(event, now).pk}",
        "<int:row_id>": rows["history"].pk,
        "<int:change_id>": _change(cast, now).pk,
        "<slug:language>": "nb",
        "<int:question_id>": factories.make_question(rows["activity"]).pk,
        "<int:answer_id>": rows["waiting"].pk,
        "<int:message_id>": rows["message"].pk,
        "<int:received_id>": rows["received"].pk,
        "<int:campaign_id>": rows["campaign"].pk,
        "<int:occurrence_id>": rows["occurrence"].pk,
        "<int:reminder_id>": rows["occurrence"].reminder_id,
        "<int:substitute_id>": rows["substitute"].pk,
        "<int:voice_id>": rows["voice"].pk,
        "<int:cheer_id>": rows["cheer"].pk,
        "<slug:letter>": "invitation",
        "<slug:kind>": "invitation",
        "photos/uploads/<int:upload_id>": f"photos/uploads/{photo.upload_id}",
        "<int:photo_id>": photo.pk,
        "<int:removal_id>": RemovalRequest.objects.create(photo=photo, guest=greta, asked_at=now).pk,
        "<int:album_id>": Album.objects.create(event=event, title={"nb": "Løpet"}).pk,
        "<slug:key>/<str:name>": f"{photo.key}/480.jpg",
        "<int:upload_id>": _upload(cast, now).pk,
        "<int:file_id>": _results(cast, now).pk,
        "<slug:state>": "closed",
        "<slug:what>.<slug:form>": "guests.csv",
        "list.<slug:form>": "list.csv",
        "<slug:what>.p": "bibs.p",
        "cards-<slug:size>.<slug:form>": "cards-a6.png",
        "<path:content_type_id>/<path:object_id>": "1/1",
        "^(?P<app_label>events|auth)/$": "events/",
        "(?P<url>.*)$": "nowhere/",
    }

    def address(route):
        for part, value in parts.items():
            route = route.replace(part, str(value))
        noun = re.match(r"\w+/(\w+)/<", route)
        if noun:
            route = re.sub(r"<(path:object_)?id>", str(rows[noun[1]].pk), route)
        assert "<" not in route, f"no value for {route}"
        asks = "?app_label=events&model_name=guest&field_name=contact&term=Gre" if route == "autocomplete/" else ""
        if route.endswith(("/changes/", "/changes/letter/nb/")):
            asks = f"?plan={change_pages.sealed(event, {'deed': 'cancel', 'part': rows['activity'].pk})}"
        return f"/{OFFICE}{route}{asks}"

    return address


def _wave(cast):
    """One of Greta's event's race."""
    race = Race.objects.create(activity=cast.activity("race"))
    return Wave.objects.create(race=race, starts_at=race.starts_at)


def _of_the_event(event, now):
    """A row of history about no guest."""
    facts = {"change": "grace", "before": "", "until": now.isoformat()}
    activity = event.activity_set.first()
    return History.objects.create(
        event=event, activity=activity, at=now, channel="office", what="programme", facts=facts
    )


def _waiting(cast):
    """Henrik's answer: first in line for the race."""
    henrik = cast.henrik.answer_set.get(activity__slug="race")
    henrik.state, henrik.waiting_number, henrik.answered_at = "waiting", 1, timezone.now()
    henrik.save()
    return henrik


def _change(cast, now):
    """The race is in another street."""
    race = cast.activity("race")
    how = {"by": cast.otto, "channel": "office", "now": now}
    return programme.change(race, {"address": "Fjellveien"}, **how)


def _sending(event, greta, now):
    """A letter that is being written to Henrik, and not to Greta."""
    left_out = [[greta.pk, "answered"]]
    return Campaign.objects.create(
        event=event, letter="free", recipients=[1], left_out=left_out, created_at=now, due_at=now
    )


def _missed(event, now):
    """A reminder to Henrik that did not go out."""
    rule = factories.make_reminder(event, days=31)
    return Occurrence.objects.create(reminder=rule, day=now.date(), due_at=now, state="missed", settled_at=now)


def _upload(cast, now):
    """A list that Otto has brought, with Greta in it, ready to apply."""
    upload = guestlist_uploads.receive(
        cast.event, csv("Greta Åsen;;greta.asen@kunde.example"), "l.csv", by=cast.otto, now=now
    )
    guestlist_uploads.carry_on(upload.pk, now=now, clock=timezone.now)
    return upload


def _results(cast, now):
    """A file of results that Otto has brought, with a time of Henrik's, ready to apply."""
    data = b"Navn;Tid\r\nHenrik S\xf8rli;12:34\r\nGreta \xc5sen;13:00\r\n"
    file = result_uploads.receive(cast.activity("race"), data, "r.csv", by=cast.otto, now=now)
    result_uploads.choose_columns(file, result_uploads.look_at(data), mapping={}, sheet="", now=now)
    return file


def test_every_address_of_the_back_office_has_a_row():
    assert {route for route in all_routes() if route.startswith(OFFICE)} == {OFFICE + route for route in TABLE}


@pytest.mark.parametrize("route", TABLE)
def test_office_opens_to_those_it_should_and_shows_a_guest_to_nobody_else(enter, address, route):
    met = {visitor: enter(visitor).get(address(route)) for visitor in VISITORS}
    assert {visitor: met[visitor].status_code for visitor in VISITORS} == dict(zip(VISITORS, TABLE[route], strict=True))
    texts = {visitor: text_of(response) for visitor, response in met.items()}
    read = {(who, word) for who, text in texts.items() for word in MAY_READ if word in text}
    assert {(who, word) for who, word in read if who not in MAY_READ[word]} == set()


def test_office_sends_strangers_to_the_login(enter, address):
    nobody = enter("nobody")
    for route in set(TABLE) - WITHOUT_LOGIN:
        for response in (nobody.get(address(route)), nobody.post(address(route))):
            assert (response.status_code, response.headers.get("Location", "").split("?")[0]) == (
                302,
                reverse("admin:login"),
            ), route


TYPED = {
    "post": "yes", "action": "delete_selected", "_selected_action": ["1", "2", "3"], "answer-dinner": "coming",
    "decision": "grant", "text": "Ny", "subject": "Ny", "answer": "yes", "seen": "",
}  # fmt: skip
DOES_NOTHING_THERE = {"logout/", "password_change/", "login/"}
OF_ANY_ORGANISER = {"mail/try-again/"}  # all mails leave by one way, so it is nobody's own
WRONG = ["organiser B", "another host", "photographer", "kitchen"]


@pytest.mark.parametrize("visitor", WRONG)
def test_posts_of_the_wrong_ones_change_nothing_and_tell_nothing(enter, address, visitor):
    """Whatever is typed and sent: forms, actions on many rows, exports, deletions. The kitchen's own pages count
    each look, so they are left out for it.
    """
    client, before = enter(visitor), everything_of_the_events()
    own = {route for route in OF_KITCHEN_AND_PHOTOGRAPHER if visitor == "kitchen" and "/kitchen/" in route}
    own |= OF_ANY_ORGANISER if visitor == "organiser B" else set()
    for route in set(TABLE) - DOES_NOTHING_THERE - own:
        response = client.post(address(route), TYPED)
        is_page_below_event = route.startswith("events/event/<int:event_id>/")
        meets = TABLE[route][VISITORS.index(visitor)]
        assert response.status_code in (
            {404} if is_page_below_event and meets == 404 else {200, 302, 403, 404, 405, 422}
        ), route
        told = [word for word in MAY_READ if word in text_of(response) and visitor not in MAY_READ[word]]
        assert told == [], route
    assert everything_of_the_events() == before
    assert mail.outbox == []


@pytest.mark.parametrize("visitor", ["organiser A", "host"])
def test_needs_are_told_to_no_organiser_or_host_whatever_is_posted(enter, address, visitor):
    for route in set(TABLE) - DOES_NOTHING_THERE:
        assert NEEDS not in text_of(enter(visitor).post(address(route), {})), route


def test_needs_are_told_to_the_kitchen(enter, address):
    """Else the tests above could not fail."""
    route = "events/event/<int:event_id>/kitchen/<int:activity_id>/list/"
    assert NEEDS in text_of(enter("kitchen").post(address(route), {}))


def test_host_does_nothing_with_the_companion_of_somebody_elses_guest(enter, address, world):
    """Hedda is Greta's host; Kari's son Nils is not hers, whatever the address."""
    cast = world.cast
    kari = factories.make_guest(cast.event, "Kari Nordås", companions_allowed=1)
    nils = factories.make_companion(kari, "Nils Følge")
    own, other = str(cast.greta.pk), str(nils.pk)
    before = everything_of_the_events()
    for route in (route for route in TABLE if "<int:guest_id>" in route or route.startswith("events/guest/<path:")):
        there = re.sub(rf"(guests?|as|test)/{own}/", rf"\1/{other}/", address(route))
        for response in (enter("host").get(there, follow=True), enter("host").post(there, TYPED)):
            assert response.status_code in {403, 404, 405} or response.headers["Location"] == f"{there}change/", there
            assert "Nils" not in text_of(response)
    assert everything_of_the_events() == before


def test_uploads_are_counted_per_user_and_refused_kindly(enter, address, settings):
    settings.UPLOADS_PER_USER_PER_MINUTE = 2
    there = address("events/event/<int:event_id>/guests/import/")

    def send(visitor):
        return enter(visitor).post(there, {"file": SimpleUploadedFile("l.csv", csv("Nora Ny;;nora@kunde.example"))})

    assert [send("organiser A").status_code for _try in range(2)] == [302, 302]
    before = everything_of_the_events()
    refused = send("organiser A")
    assert (refused.status_code, everything_of_the_events()) == (429, before)
    assert 'role="alert"' not in text_of(refused) and "<h1>" in text_of(refused)
    assert send("superuser").status_code != 429


OF_EVERYBODY = {"", "login/", "logout/", "password_change/", "password_change/done/", "jsi18n/"}
OF_THE_KITCHEN = {route for route in TABLE if "/kitchen/" in route}


@pytest.mark.parametrize("route", sorted(set(TABLE) - OF_EVERYBODY - OF_THE_KITCHEN))
def test_every_other_address_is_closed_to_the_kitchen(enter, address, world, route):
    """By reading and by sending; a 302 leads to the kitchen's own beginning and tells nothing."""
    client, its_own = enter("kitchen"), address("events/event/<int:event_id>/kitchen/")
    for response in (client.get(address(route), follow=True), client.post(address(route), follow=True)):
        landed = response.request["PATH_INFO"]
        assert response.status_code in (403, 404, 405) or landed in ("/admin/", its_own), landed
        assert "Greta" not in text_of(response)


def everything_of_the_events():
    return {table: rows for table, rows in whole_database().items() if table.startswith("events_")}
