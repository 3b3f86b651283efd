"""What letters say: our own texts in four languages, the organiser's instead, and what is left out."""

from datetime import timedelta
from itertools import product

import pytest

from events import emails
from events.domain import letter_texts, letters, markup
from events.models import Activity, Answer, Bounce, Event, Invitation, Letter, links
from tests import factories

KINDS = ("invitation", "confirmation", "promoted", "link")
LANGUAGES = ("nb", "en", "sv", "fi")


def shown(guest, kind="invitation", language="nb", **options):
    return emails.preview(guest.event, kind, language, guest, **options)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_is_in_text_and_html_when_a_letter_is_rendered(cast, kind, language):
    mail = shown(cast.greta, kind, language, activity=cast.activity("dinner") if kind == "promoted" else None)
    link = links.url(cast.greta.invitation) + ("place/dinner/" if kind == "promoted" else "")
    assert "{" not in mail.text + mail.subject + mail.preheader
    assert f"\n{link}\n" in mail.text
    assert mail.html.count(link) == 3  # the button, the plain link and where it leads
    assert f'lang="{language}"' in mail.html
    for fact in (
        "Greta",
        "Bergen",
        "2027",
        "Marte Lie",
        "marte@vertskap.example",
        links.unsubscribe_url(cast.greta.invitation),
    ):
        assert fact in mail.text, fact
        assert fact in mail.html, fact
    if kind in ("invitation", "confirmation"):
        for activity in cast.event.activity_set.all():
            assert activity.title.in_language(language) in mail.text
            assert activity.title.in_language(language) in mail.html
    assert max(map(len, mail.text.splitlines())) <= markup.MAIL_WIDTH or link in mail.text


def test_every_kind_of_letter_and_every_answer_has_words_of_ours():
    states = set(Answer.State.values)
    assert set(Letter.Kind.values) == letter_texts.KINDS
    for language, tone in product(LANGUAGES, letter_texts.TONES):
        words = letter_texts.words(language, tone)
        assert set(words.states) == states
        assert set(words.reactions) == states - {"no_answer"}
        assert set(words.troubles) - {""} <= set(Bounce.Kind.values)


def test_nothing_is_loaded_from_anywhere_when_the_mail_is_opened(cast):
    html = shown(cast.greta).html
    for sign in ("<img", "<link", "@import", "url(", "<script", "src="):
        assert sign not in html


def test_styles_stand_on_the_elements_and_dark_ones_stay_in_the_head(cast):
    html = shown(cast.greta).html
    assert '<h1 style="' in html
    assert "prefers-color-scheme: dark" in html
    assert '<meta name="color-scheme" content="light dark">' in html


def test_the_organisers_text_is_used_when_there_is_one_in_the_language(cast):
    Letter.objects.create(
        event=cast.event,
        kind="invitation",
        language="fi",
        subject="Tule, {first_name}",
        body="**Moi** {name}\n\n{programme}",
    )
    own = shown(cast.greta, language="fi")
    assert own.subject == "Tule, Greta"
    assert "Moi Greta Åsen" in own.text
    assert "<strong>Moi</strong> Greta Åsen" in own.html
    assert links.url(cast.greta.invitation) in own.text  # the way in is there whatever the text says
    assert shown(cast.greta, language="sv").subject.startswith("Vill du vara med")


def test_another_language_is_used_when_only_that_has_a_text(cast):
    Letter.objects.create(event=cast.event, kind="free", language="nb", subject="Husk {event}", body="Hei")
    assert shown(cast.greta, "free", "fi").subject == "Husk Stoltzen (fi)"
    with pytest.raises(emails.NoText):
        shown(cast.zoe, "free", "fi")


def test_a_line_is_left_out_when_its_placeholder_has_nothing_to_say(cast):
    with_deadline = shown(cast.greta).text
    Event.objects.update(answer_by_at=None)
    without = shown(cast.greta).text
    assert "Svar gjerne innen" in with_deadline
    assert "Svar gjerne" not in without
    assert "Du er velkommen til alt sammen" in without


def test_the_personal_line_stands_out_when_the_host_wrote_one(cast):
    Invitation.objects.filter(guest=cast.greta).update(personal_line="Jeg holder av en stol <til> deg {host}")
    cast.greta.invitation.refresh_from_db()
    mail = shown(cast.greta)
    assert "    Jeg holder av en stol <til> deg {host}\n" in mail.text
    assert 'class="line"' in mail.html
    assert "en stol &lt;til&gt; deg {host}</td>" in mail.html
    assert 'class="line"' not in shown(cast.henrik).html


def test_a_hostile_name_stays_text_when_it_is_put_in(cast):
    contact = cast.greta.contact
    contact.first_name, contact.name = "**<b>{link}</b>** http://evil.example/x", "<script>alert(1)</script>"
    contact.save()
    mail = shown(cast.greta)
    assert "evil.example" not in mail.text + mail.html
    assert "<b>" not in mail.html
    assert "Hei **<b>{link}</b>**!" in mail.text


def test_the_letter_is_refused_when_a_placeholder_is_unknown(cast):
    Letter.objects.create(event=cast.event, kind="invitation", language="nb", subject="Hei", body="Hei {password}")
    with pytest.raises(letters.UnknownPlaceholder) as refusal:
        shown(cast.greta)
    assert refusal.value.name == "password"


def test_the_link_is_refused_when_it_is_put_in_the_subject(cast):
    Letter.objects.create(event=cast.event, kind="invitation", language="nb", subject="Hei {link}", body="Hei")
    with pytest.raises(letters.UnknownPlaceholder):
        shown(cast.greta)


def test_the_confirmation_says_each_activity_in_words_and_the_place_in_line(cast):
    first, second = (
        factories.make_guest(cast.event, answers={"dinner": "waiting", "race": "unsure"}) for _ in range(2)
    )
    text = shown(second, "confirmation").text
    assert "15:00  Gathering: Du har ikke svart ennå" in text
    assert "16:00  Race: Du vet ikke ennå" in text
    assert "19:00  Dinner: Du er nummer 2 på ventelisten" in text
    assert "du står på ventelisten" in text
    assert "nummer 1 på ventelisten" in shown(first, "confirmation").text


def test_the_first_word_fits_the_answer_when_it_is_confirmed(cast):
    assert "Så hyggelig at du kommer!" in shown(cast.greta, "confirmation").text
    assert "Takk for at du sa fra." in shown(cast.ines, "confirmation").text


def test_the_way_to_change_is_left_out_when_the_deadline_has_passed(cast, now):
    assert "frem til fredag 10. september" in shown(cast.greta, "confirmation", now=now).text
    assert "frem til" not in shown(cast.greta, "confirmation", now=now + timedelta(days=40)).text


def test_a_cancelled_part_is_called_off_in_the_confirmation_and_gone_from_the_invitation(cast, now):
    Activity.objects.filter(slug="dinner", event=cast.event).update(cancelled_at=now)
    assert "Dinner: Avlyst" in shown(cast.greta, "confirmation").text
    assert "Dinner" not in shown(cast.greta).text


def test_only_own_parts_are_told_when_a_guest_is_not_invited_to_all(cast):
    guest = factories.make_guest(cast.event, invited_to=["dinner"])
    text = shown(guest).text
    assert "Dinner" in text
    assert "Race" not in text


def test_the_time_is_the_events_own_when_its_zone_is_another(db, clock):
    event = factories.make_event("helsinki", time_zone="Europe/Helsinki")
    guest = factories.make_guest(event)
    assert "15:00  Gathering" in shown(guest).text
