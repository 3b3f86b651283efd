"""The demo: three years of Stoltzen, made with the same deeds as real ones, at moments in the past."""

from datetime import datetime, time, timedelta

from django.core.mail import get_connection
from django.db import transaction

from ..domain import invented
from ..domain.answers import Choice
from ..models import Bounce, Campaign, Contact, Event, Guest, History, Host, Invitation, Message, Reminder, Series
from . import (
    answers,
    contacts,
    delivery,
    demo_behalf,
    demo_cheers,
    demo_colleague,
    demo_consents,
    demo_food,
    demo_letters,
    demo_mail,
    demo_party,
    demo_photos,
    demo_privacy,
    demo_programme,
    demo_race,
    demo_reminders,
    demo_results,
    demo_starts,
    events,
    guests,
    invitations,
)

TITLES = {"nb": "Stoltzen {year}", "en": "Stoltzen {year}", "sv": "Stoltzen {year}", "fi": "Stoltzen {year}"}
ALL = dict.fromkeys(("gathering", "race", "dinner"), Choice.COMING)
NONE = dict.fromkeys(ALL, Choice.NOT_COMING)
# What guest number n says, in turn; None is silence.
SAID = (
    ALL,
    {"gathering": Choice.COMING, "race": Choice.NOT_COMING, "dinner": Choice.COMING},
    None,
    ALL,
    {"gathering": Choice.COMING, "race": Choice.COMING, "dinner": Choice.UNSURE},
    NONE,
    ALL,
    {"gathering": Choice.UNSURE, "race": Choice.UNSURE, "dinner": Choice.COMING},
)
CHANNEL = History.Channel.COMMAND
LATE = 4  # guests whose invitation is still to be sent
BEGUN, SAVED, INVITED = timedelta(days=77), timedelta(days=2), timedelta(days=22)  # before the day; after that


def make(*, count, now):
    """Two held editions and an open one with `count` guests each, newest last. Returns the open event."""
    with transaction.atomic():
        series = Series.objects.get_or_create(slug="stoltzen", defaults={"name": "Stoltzen"})[0]
        hosts = [_host(*row) for row in invented.HOSTS]
        people = [_contact(person, hosts, now) for person in invented.people(count)]
    held_on = _a_friday_near(now + timedelta(days=42))
    for years_ago in (2, 1):
        past = _a_friday_near(held_on - timedelta(days=364 * years_ago))
        last = _edition(series, past, _then(people, years_ago), now=now, is_held=True)
        demo_results.run(last, edition=2 - years_ago, now=now)
        demo_cheers.fill(last, now=now)
    demo_photos.fill(last, now=now)
    demo_letters.thank(last, now=_morning(past, now) + timedelta(days=1), deliver=_deliver)
    invited, colleague = demo_colleague.held_back(people)
    event = _edition(series, held_on, invited, now=now, is_held=False)
    demo_results.set_up(event, now=now)
    demo_starts.fill(event, now=now)
    demo_cheers.fill(event, now=now)
    demo_colleague.fill(event, colleague, now=now, deliver=_deliver)
    demo_food.fill(event, now=now)
    demo_privacy.fill(event, now=now)
    demo_mail.fill(event, now=now)
    return event


@transaction.atomic
def remove():
    """Takes away what `make` made: the series "stoltzen" with everything below it."""
    mine = Event.objects.filter(series__slug="stoltzen")
    contacts_then = list(Contact.objects.filter(guest__event__in=mine).values_list("pk", flat=True).distinct())
    demo_photos.remove(mine)
    Reminder.objects.filter(event__in=mine).delete()
    for model in (Message, Campaign, History, Guest):
        model.objects.filter(event__in=mine).delete()
    for event in mine:
        event.activity_set.all().delete()
    mine.delete()
    Contact.objects.filter(pk__in=contacts_then, guest=None).delete()
    Series.objects.filter(slug="stoltzen", event=None).delete()
    demo_food.remove()
    demo_results.remove()


def _then(people, years_ago):
    """Those who were invited so long ago: every second one at first, then most of them."""
    then = people[6::2] if years_ago == 2 else [person for n, person in enumerate(people) if n % 5]
    return then or people


def _a_friday_near(day):
    day = getattr(day, "date", lambda: day)()
    return day + timedelta(days=(4 - day.weekday()) % 7)


def _morning(day, now):
    return datetime.combine(day, time(9), tzinfo=now.tzinfo)


def _host(name, email, phone):
    host = contacts.host_named(name)
    if email and not host.email:
        Host.objects.filter(pk=host.pk).update(email=email, phone=phone)
        host.refresh_from_db()
    return host


def _contact(person, hosts, now):
    company = contacts.company_named(invented.COMPANIES[person.company][0])
    known = Contact.objects.filter(name=person.name, company=company).first()
    return known or contacts.make(
        person.name, now=now, first_name=person.first_name, company=company, host=hosts[person.host],
        email=person.email, phone=person.phone, language=person.language,
    )  # fmt: skip


def free_slug(held_on):
    """stoltzen-<year>, with -b, -c … where the year repeats."""
    base = f"stoltzen-{held_on.year}"
    names = [base, *(f"{base}-{letter}" for letter in "bcdefgh")]
    return next(name for name in names if not Event.objects.filter(slug=name).exists())


def _edition(series, held_on, people, *, now, is_held):
    """One event from guest list to answers, each step at its own moment."""
    begun = _morning(held_on, now) - BEGUN
    event = _event(series, held_on, len(people), begun)
    if not is_held:
        demo_programme.begin(event)
    demo_race.ask(event, now=begun)
    rows = [Guest(contact=person, host=person.host, companions_allowed=n % 4 == 0) for n, person in enumerate(people)]
    invited = guests.add_many(event, rows, by=None, channel=CHANNEL, now=begun)
    _personal_lines(invited)
    sent_at = begun + INVITED
    late = [] if is_held else invited[-LATE:]  # a list that came in yesterday
    Invitation.objects.filter(guest__in=late).update(state=Invitation.State.REVOKED)
    if not is_held:
        demo_letters.save_the_date(event, now=begun + SAVED, deliver=_deliver)
    invitations.send(event, by=None, channel=CHANNEL, now=sent_at)
    _deliver(sent_at)
    Invitation.objects.filter(guest__in=late).update(state=Invitation.State.DRAFTED)
    if not is_held:
        _fates(event)
    until = sent_at + timedelta(days=40) if is_held else now
    _say(invited[: len(invited) - len(late)], begun=sent_at, until=until, now=now, is_held=is_held)
    demo_race.tell(event, now=until)
    demo_consents.fill(event, now=now)
    if not is_held:
        demo_party.fill(event, now=now)
        demo_programme.move_dinner(event, now=now - timedelta(days=2), deliver=_deliver)
    demo_behalf.fill(event, now=now)
    if is_held:
        demo_programme.call_off_gathering(event, now=begun + timedelta(days=54), deliver=_deliver)
        Message.objects.filter(event=event, state=Message.State.QUEUED).delete()
        events.change_state(event, Event.State.HELD, by=None, channel=CHANNEL, now=begun + BEGUN + timedelta(days=1))
    return event


@transaction.atomic
def _event(series, held_on, count, begun):
    event = events.make(
        free_slug(held_on),
        title={language: title.format(year=held_on.year) for language, title in TITLES.items()},
        held_on=held_on, by=None, channel=CHANNEL, now=begun, series=series, state=Event.State.OPEN,
        capacities={"race": max(3, count * 2 // 3), "dinner": max(3, count * 5 // 12)},
    )  # fmt: skip
    event.answer_by_at = events.end_of_day(held_on - timedelta(days=14), event.zone)
    event.save(update_fields=["answer_by_at"])
    return event


def _personal_lines(invited):
    """Every third guest has a line from the host."""
    rows = list(Invitation.objects.filter(guest__in=invited[::3]).select_related("guest__contact"))
    for row in rows:
        row.personal_line = invented.LINES[row.guest.mail_language]
    Invitation.objects.bulk_update(rows, ["personal_line"])


def _say(invited, *, begun, until, now, is_held):
    """The guests answer one after the other, spread over the days; of the open event each gets a mail."""
    for number, guest in enumerate(invited, start=1):
        if not is_held and number == len(invited) * 2 // 3:
            demo_reminders.fill(guest.event, by_then=begun + (until - begun) * 2 / 3, deliver=_deliver)
        said = SAID[(number - 1) % len(SAID)]
        if said and guest.contact.email:
            moment = begun + (until - begun) * number / len(invited)
            answers.give(guest, said, by=None, channel=History.Channel.WEB, now=moment)
            if not is_held:
                _deliver(min(moment + timedelta(minutes=3), now))


def _fates(event):
    """Two addresses that do not exist, and one mail nobody knows the fate of."""
    sent = Message.objects.filter(event=event, letter="invitation", state=Message.State.SENT).order_by("pk")[3:6]
    fates = [("failed", "address_refused"), ("failed", "address_refused"), ("uncertain", "no_reply_after_sending")]
    for message, (state, code) in zip(list(sent), fates, strict=False):
        Message.objects.filter(pk=message.pk).update(state=state, sent_at=None, error_code=code)
        Contact.objects.filter(guest=message.guest_id).update(email_fails=state == "failed")
        if state == "failed":
            told = {"kind": Bounce.Kind.ADDRESS_WRONG, "status": "5.1.1", "source": Bounce.Source.SERVER}
            Bounce.objects.create(message=message, guest_id=message.guest_id, at=message.sent_at, **told)


def _deliver(moment):
    """Sends what was due at that moment, to nowhere: these mails belong to the past."""
    nowhere = get_connection("django.core.mail.backends.dummy.EmailBackend")
    delivery.deliver(clock=lambda: moment, connection=nowhere)
