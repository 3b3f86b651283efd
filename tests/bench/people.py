"""The people of the bench: events with as many guests as asked for, made by our own actions."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from events.actions import contacts, events, guests
from events.domain.answers import State
from events.models import Activity, Answer, Contact, Event, Guest, History

DAYS_AHEAD = 45
STATES = [State.NO_ANSWER, State.COMING, State.COMING, State.NOT_COMING, State.UNSURE]


def prepare():
    """An empty database with static files beside it; returns a superuser."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    return get_user_model().objects.create_superuser("organiser", password="a-long-enough-password")


def make_event(count):
    """An open event; a fifth of the guests have said nothing, and the dinner has room for all who asked."""
    now, slug = timezone.now(), f"with-{count}"
    companies = [contacts.company_named(f"Kunde {number} AS") for number in range(120)]
    hosts = [contacts.host_named(name) for name in ("Marte Lie", "Odd Vik", "Ea Moe", "Per Dahl")]
    event = events.make(
        slug, title={"nb": "Stoltzen", "en": "Stoltzen"}, held_on=(now + timedelta(days=DAYS_AHEAD)).date(),
        programme="stoltzen", by=None, channel=History.Channel.COMMAND, now=now, state=Event.State.OPEN,
        answer_by_at=now + timedelta(days=DAYS_AHEAD - 14), capacities={"dinner": count},
        contact_name="Marte Lie", contact_email="marte@vertskap.example", contact_phone="55 00 00 00",
    )  # fmt: skip
    people = [
        contacts.set_keys(
            Contact(
                name=f"Gjest{number:05d} Hansen{number % 97}", email=f"{slug}.{number}@kunde.example", created_at=now,
                company=companies[number % len(companies)], host=hosts[number % len(hosts)],
            )
        )
        for number in range(count)
    ]  # fmt: skip
    Contact.objects.bulk_create(people, batch_size=500)
    rows = [Guest(contact=person, host=person.host) for person in people]
    guests.add_many(event, rows, by=None, channel=History.Channel.COMMAND, now=now)
    answer(event, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return event


def answer(event, now):
    """Gives answers in the mix of STATES, in a few statements."""
    for activity in Activity.objects.filter(event=event):
        for place, state in enumerate(STATES):
            if state != State.NO_ANSWER:
                Answer.objects.filter(activity=activity).extra(where=[f"guest_id %% {len(STATES)} = {place}"]).update(
                    state=state, answered_at=now
                )
    Guest.objects.filter(event=event).exclude(answer__state=State.NO_ANSWER).update(answered_at=now)
