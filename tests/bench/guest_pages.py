"""The guest's page, an answer, the calendar file, and the private calendar when it is new and when it is known."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

from events.domain.links import Purpose
from events.models import Answer, Invitation, links

from .pages import compare


def rows(play):
    """Five rows; `play` has the servers, the events and the database's processes."""
    answer = Answer.objects.filter(guest__event=play.few, state="coming", activity__slug="dinner").first()
    path = f"/i/{links.token(Invitation.objects.get(guest=answer.guest))}/"
    yield compare(
        "guest's page", budget=1.3, is_quick=play.is_quick,
        **play.both(path, "|expect=200|contains=name=\"answer-dinner\""),
    )  # fmt: skip
    posting = f"|body={form('coming')}|alt={form('not_coming')}"
    yield compare(
        "answer (POST)", budget=2, is_quick=play.is_quick,
        limit=play.target(play.limit, path, f"{posting}|expect=302|csrf=csrftoken:csrfmiddlewaretoken"),
        ours=play.target(play.ours, path, f"{posting}|expect=303|csrf=csrf:csrfmiddlewaretoken"),
    )  # fmt: skip
    other = Answer.objects.filter(guest__event=play.few, state="coming", activity__slug="dinner").last()
    token = links.token(Invitation.objects.get(guest=other.guest))
    yield compare(
        "personal .ics", budget=1.3, is_quick=play.is_quick,
        **play.both(f"/i/{token}/calendar/dinner.ics", "|expect=200|contains=END:VCALENDAR"),
    )  # fmt: skip
    path = f"/c/{links.token(Invitation.objects.get(guest=other.guest), Purpose.FEED)}.ics"
    yield compare(
        "feed", budget=1.3, is_quick=play.is_quick, **play.both(path, "|expect=200|contains=END:VCALENDAR")
    )  # fmt: skip
    limit, ours = (
        play.target(server, path, f"|expect=304|header=If-None-Match: {mark_of(server, path)}")
        for server in (play.limit, play.ours)
    )
    yield compare("feed that is known, 304", budget=1.3, is_quick=play.is_quick, limit=limit, ours=ours)


def mark_of(server, path):
    """The ETag under which the server gives this now."""
    connection = HTTPConnection(urlsplit(server.url).netloc)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.headers["ETag"]


def form(choice):
    return "&".join(f"answer-{slug}={choice}" for slug in ("gathering", "race", "dinner"))
