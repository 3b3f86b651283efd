"""Writing letters: the list, the editor, the preview of what is not saved, back to our text, tone and picture."""

import html
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from events.domain import letter_texts, letters
from events.forms.placeholders import DESCRIPTIONS, GROUPS, ON_THEIR_OWN_LINE
from events.models import Event, Guest, Invitation, Letter, Message
from tests import factories
from tests.database import whole_database
from tests.domain.test_pictures import file_of, plain

TYPED = {"subject": "Bli med, {first_name}!", "preheader": "", "body": "Hei {first_name}!\r\n\r\n{programme}"}


def at(event, end=""):
    return f"/admin/events/event/{event.pk}/letters/{end}"


def written(cast, kind="invitation", language="nb", **texts):
    texts = {"subject": "Vårt emne", "preheader": "", "body": "Vår tekst", **texts}
    return Letter.objects.create(event=cast.event, kind=kind, language=language, **texts)


def words(response):
    """The text of a page, without its tags."""
    return html.unescape(re.sub(r"<[^>]+>|\s+", " ", response.content.decode()))


def stored():
    """The whole database, without who is logged in since when."""
    return {table: rows for table, rows in whole_database().items() if table not in ("django_session", "auth_user")}


def whose(response):
    """{kind: {language: own, ours or none}} of the list."""
    groups = response.context["groups"]
    return {
        kind: {code: text for code, _name, _url, text in languages}
        for _heading, rows in groups
        for kind, _goes, languages in rows
    }


# The list ---------------------------------------------------------------------------------------------------------


def test_the_list_has_every_letter_and_says_whose_text_goes_out(office, cast):
    written(cast, "free", "fi")
    listed = whose(office("otto").get(at(cast.event)))
    assert set(listed) == set(Letter.Kind.values)
    assert listed["free"]["fi"] == "own"
    assert set(listed["invitation"].values()) == {"ours"}
    complete = letter_texts.KINDS - letter_texts.SKELETONS
    assert all((text == "ours") == (kind in complete) for kind, row in listed.items() for text in [row["sv"]])


def test_the_tone_is_chosen_where_letters_are_listed(office, cast):
    page = office("otto").get(at(cast.event))
    assert page.context["tone"].initial["tone"] == "informal"
    assert office("otto").post(at(cast.event, "tone/"), {"tone": "formal"}).status_code == 302
    assert Event.objects.get(pk=cast.event.pk).tone == "formal"
    office("otto").post(at(cast.event, "tone/"), {"tone": "shouting", "title": "x", "state": "cancelled"})
    event = Event.objects.get(pk=cast.event.pk)
    assert (event.tone, event.state) == ("formal", "open")


@pytest.mark.parametrize(
    ("asked", "leads"), [("?kind=free&language=sv", "free/sv/"), ("?kind=free", "free/nb/"), ("", ""), ("?kind=x", "")]
)
def test_the_way_to_a_new_letter_leads_to_its_editor(office, cast, asked, leads):
    assert office("otto").get(at(cast.event, f"add/{asked}")).url.startswith(at(cast.event, leads))


def test_the_admins_own_address_of_a_letter_leads_to_its_editor(office, cast):
    own = written(cast)
    assert office("otto").get(f"/admin/events/letter/{own.pk}/change/").url == at(cast.event, "invitation/nb/")
    assert office("otto").post(f"/admin/events/letter/{own.pk}/change/", TYPED).status_code == 302
    own.refresh_from_db()
    assert own.subject == "Vårt emne"


# The editor -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tone", ["informal", "formal"])
def test_writing_starts_from_our_text_in_the_tone_of_the_event(office, cast, tone):
    Event.objects.filter(pk=cast.event.pk).update(tone=tone)
    form = office("otto").get(at(cast.event, "invitation/sv/")).context["form"]
    ours = letter_texts.own("invitation", "sv", tone)
    assert [form[name].value() for name in ("subject", "preheader", "body")] == [
        ours.subject, ours.preheader, ours.body
    ]  # fmt: skip


def test_what_is_written_goes_out_and_is_noted(office, cast):
    response = office("otto").post(at(cast.event, "invitation/nb/"), TYPED)
    assert response.url.startswith(at(cast.event, "invitation/nb/?"))
    own = Letter.objects.get()
    assert (own.kind, own.language, own.subject) == ("invitation", "nb", "Bli med, {first_name}!")
    assert own.body == "Hei {first_name}!\n\n{programme}"
    office("otto").post(at(cast.event, "invitation/nb/"), {**TYPED, "body": "Kom!"})
    assert Letter.objects.get().body == "Kom!"
    flags = LogEntry.objects.order_by("pk").values_list("user", "object_id", "action_flag")
    assert list(flags) == [(cast.otto.pk, str(own.pk), 1), (cast.otto.pk, str(own.pk), 2)]


def test_the_languages_of_a_letter_say_whose_text_they_have(office, cast):
    written(cast, language="fi")
    page = office("otto").get(at(cast.event, "invitation/fi/"))
    assert [(code, text) for code, _name, _url, text in page.context["tongues"]] == [
        ("nb", "ours"), ("en", "ours"), ("sv", "ours"), ("fi", "own")
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["invitation/de/", "nonsense/nb/", "nonsense/nb/preview/"])
def test_there_is_no_such_letter(office, cast, address):
    assert office("otto").get(at(cast.event, address)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"body": "Hei {first_name}!\r\n\r\nKom, {firstname}, da!"}, ["Linje 3, kolonne 6", "Kom, {firstname}, da!"]),
        ({"subject": "Til {fornavn}"}, ["Kolonne 5", "Til {fornavn}"]),
        ({"body": "{host.__class__}"}, ["Linje 1, kolonne 1", "{host.__class__}"]),
        ({"body": "Hei {host"}, ["Linje 1, kolonne 5", "Skriv {host}"]),
    ],
)
def test_an_unknown_placeholder_is_refused_with_its_place_and_has_the_focus(office, cast, typed, told):
    response = office("otto").post(at(cast.event, "invitation/nb/"), {**TYPED, **typed})
    assert response.status_code == 422
    assert not Letter.objects.exists()
    text = words(response)
    assert text.lstrip().startswith("Feil:")
    assert [part for part in told if part not in text] == []
    (field,) = typed
    tag = re.search(rf'<(?:input|textarea)[^>]*name="{field}"[^>]*>', response.content.decode())[0]
    wrong = typed[field].replace("\r\n", "\n")
    start = int(re.search(r'data-wrong-from="(\d+)"', tag)[1])
    assert wrong[start:].startswith("{")
    assert response.content.decode().count(" autofocus") == 1
    assert " autofocus" in tag


def test_what_is_near_is_proposed(office, cast):
    response = office("otto").post(at(cast.event, "invitation/nb/"), {**TYPED, "body": "Hei {firstname}"})
    assert "Mente du {first_name}?" in words(response)


@pytest.mark.parametrize("field", ["subject", "preheader"])
def test_two_lines_are_refused_where_one_belongs(office, cast, field):
    response = office("otto").post(at(cast.event, "invitation/nb/"), {**TYPED, field: "Hei\nBcc: a@b.example"})
    assert response.status_code == 422
    assert not Letter.objects.exists()


def test_nobody_overwrites_what_somebody_else_has_saved_meanwhile(office, cast):
    page = at(cast.event, "invitation/nb/")
    seen = office("otto").get(page).context["form"]["seen"].value()
    written(cast, subject="Roots emne", body="Roots tekst")
    response = office("otto").post(page, {**TYPED, "seen": seen})
    assert response.status_code == 422
    assert Letter.objects.get().subject == "Roots emne"
    assert "Roots tekst" in words(response)
    assert response.context["form"]["subject"].value() == TYPED["subject"]
    again = response.context["form"]["seen"].value()
    assert office("otto").post(page, {**TYPED, "seen": again}).status_code == 302
    assert Letter.objects.get().subject == TYPED["subject"]


def test_the_dictionary_has_a_sentence_for_every_placeholder_once():
    listed = [name for _heading, names in GROUPS for name in names]
    assert sorted(listed) == sorted(DESCRIPTIONS) == sorted(letters.PLACEHOLDERS)
    assert ON_THEIR_OWN_LINE <= letters.PLACEHOLDERS


def test_the_dictionary_gives_what_the_chosen_guest_would_read(office, cast):
    Invitation.objects.filter(guest=cast.henrik).update(personal_line="Ta med stavene, {host} <b>")
    page = office("otto").get(at(cast.event, f"invitation/nb/?guest={cast.henrik.pk}"))
    examples = {name: text for _heading, rows in page.context["dictionary"] for name, _words, text, _alone in rows}
    assert (examples["first_name"], examples["town"]) == ("Henrik", "Bergen")
    assert examples["personal_line"] == "Ta med stavene, {host} <b>"
    assert "Ta med stavene, {host} &lt;b&gt;" in page.content.decode()


def test_an_event_without_guests_says_what_to_do_first(office, cast):
    Guest.objects.filter(event=cast.event).delete()
    assert office("otto").get(at(cast.event, "invitation/nb/")).status_code == 200
    frame = office("otto").get(at(cast.event, "invitation/nb/preview/"))
    assert "ingen gjester ennå" in words(frame)


# The preview ------------------------------------------------------------------------------------------------------


@pytest.fixture
def frame(office, cast):
    """frame(**typed) posts into the preview as Otto does and gives the response."""

    def post(kind="invitation", language="nb", **typed):
        return office("otto").post(at(cast.event, f"{kind}/{language}/preview/"), {**TYPED, **typed})

    return post


def test_what_is_typed_is_shown_as_the_guest_would_get_it_and_nothing_is_stored(office, frame, cast):
    office("otto")
    before = stored()
    shown = frame(body="Kjære {name}, **velkommen**\r\n\r\n{programme}", as_whom="Henrik")
    assert "Kjære Henrik" in words(shown)
    assert ">velkommen</strong>" in shown.content.decode()
    assert "Bli med, Henrik!" in words(shown)
    assert stored() == before
    assert (Letter.objects.count(), Message.objects.count()) == (0, 0)
    assert "no-store" in shown["Cache-Control"]


def test_reading_shows_what_is_stored_and_changes_nothing(office, cast):
    written(cast, body="Lagret tekst til {first_name}")
    office("otto")
    before = stored()
    for method in ("get", "head", "options"):
        for end in ("invitation/nb/preview/?scheme=dark", "invitation/nb/ours/", "picture/remove/"):
            getattr(office("otto"), method)(at(cast.event, end))
    assert stored() == before
    shown = office("otto").get(at(cast.event, f"invitation/nb/preview/?guest={cast.greta.pk}"))
    assert "Lagret tekst til Greta" in words(shown)


def test_the_preview_runs_nothing_and_sends_nothing(frame):
    policy = frame()["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert ("script" in policy, "sandbox" in policy) == (False, True)


@pytest.mark.parametrize("shape", ["phone", "desk", "text"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_hostile_text_stays_text(frame, cast, shape, scheme):
    body = (
        "<script>alert(1)</script> [her](javascript:alert(1)) <img src=x onerror=alert(1)> {host.__class__} "
        '{0} </pre></iframe> [x](https://a.example/"onmouseover=alert(1)) {first_name!r}'
    )
    Invitation.objects.filter(guest=cast.greta).update(personal_line="<script>linje</script>{link}")
    typed = {"subject": "</title><script>", "body": body + "\n\n{personal_line}"}
    shown = frame(**typed, as_whom="Greta", shape=shape, scheme=scheme)
    page = shown.content.decode()
    assert shown.status_code == 200
    assert re.findall(r"<script|<[a-z][^>]*\son[a-z]+\s*=|href=\"javascript|<img src=x", page) == []
    assert "{host.__class__}" in words(shown)
    assert "<script>linje</script>{link}" in words(shown)


def test_the_preview_leads_to_where_the_hosts_line_is_written(frame, office, cast):
    address = re.search(r'href="(/admin/[^"]+)#([^"]+)"', frame(as_whom="Greta").content.decode())
    page = office("otto").get(address[1])
    assert f'id="{address[2]}"' in page.content.decode()
    counts = page.context["inline_admin_formsets"][0].formset.management_form.initial
    posted = {f"invitation-{name}": value for name, value in counts.items()}
    posted |= {"invitation-0-id": cast.greta.invitation.pk, "invitation-0-guest": cast.greta.pk}
    posted |= {"invitation-0-personal_line": "Stolen din står klar", "companions_allowed": "0"}
    assert office("otto").post(address[1], posted).status_code == 302
    assert "Stolen din står klar" in words(frame(as_whom="Greta", body="{personal_line}"))


def test_a_fault_is_told_while_the_rest_is_shown(frame):
    shown = frame(body="Hei {firstname}, velkommen til {event}")
    assert "Hei {firstname}, velkommen til Stoltzen" in words(shown)
    assert "mente du {first_name}?" in words(shown)


def test_the_dark_is_shown_when_it_is_asked_for(frame):
    assert "@media all {" in frame(scheme="dark").content.decode()
    assert "@media not all {" in frame(scheme="light").content.decode()


def test_plain_text_is_the_letters_own(frame, cast):
    shown = frame(shape="text", as_whom="Greta", body="**Hei**\n\n- ett\n- to\n\n{link}")
    text = html.unescape(re.search(r"<pre[^>]*>(.*?)</pre>", shown.content.decode(), re.DOTALL)[1])
    assert "Hei\n\n– ett\n– to\n" in text
    assert factories.page_of(cast.greta) in text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Greta Åsen (Fjord Regnskap AS)", "Greta"),
        ("henrik", "Henrik"),
        ("ines oberg", "Ines"),
        ("", "Henrik"),  # the first who has not answered
        ("<b>", None),
        ("Zoe", None),
        ("zoe.zetterlund@kunde.example", None),
    ],
)
def test_the_guest_is_found_by_name_among_the_events_own(frame, cast, typed, found):
    text = words(frame(as_whom=typed, body="Hei {first_name}!"))
    if found:
        assert f"Hei {found}!" in text
    else:
        assert "Ingen gjest heter" in text
        assert "Zetterlund" not in text


def test_a_guest_of_another_event_is_not_shown_whatever_number_is_typed(office, cast):
    page = office("otto").get(at(cast.event, f"invitation/nb/preview/?guest={cast.zoe.pk}"))
    assert "Zoe" not in words(page)
    page = office("otto").get(at(cast.event, f"invitation/nb/?guest={cast.zoe.pk}"))
    assert "Zoe" not in words(page)


@pytest.mark.parametrize("kind", Letter.Kind.values)
def test_every_kind_of_letter_can_be_looked_at(frame, office, cast, kind):
    for guest in (cast.greta, cast.henrik):
        assert "Bli med, " in words(frame(kind, as_whom=guest.name))
    assert office("otto").get(at(cast.event, f"{kind}/fi/")).status_code == 200
    assert office("otto").get(at(cast.event, f"{kind}/fi/preview/")).status_code == 200


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("change", "kl.\xa014:30"),  # what was so before
        ("cancellation", "Avlyst"),
        ("promoted", "Gathering"),
        ("calendar", "Gathering"),
        ("voice", "plass til en sykkel"),
    ],
)
def test_a_letter_that_is_about_something_is_shown_with_an_example(office, frame, cast, kind, about):
    ours = letter_texts.own(kind, "nb")
    before = stored()
    shown = frame(kind, as_whom="Greta", subject=ours.subject, preheader=ours.preheader, body=ours.body)
    assert about in words(shown)
    assert stored() == before


@pytest.mark.parametrize(
    "typed", [{"subject": "a\nb"}, {"body": "x" * 100_000}, {"shape": "x", "scheme": "y"}, {"body": "\0"}]
)
def test_odd_posts_are_shown_or_kindly_refused(frame, typed):
    assert frame(**typed).status_code == 200


def test_the_preview_pauses_when_it_is_asked_for_too_often(frame, settings):
    settings.LETTER_PREVIEWS_PER_MINUTE = 2
    assert [frame().status_code for _time in range(3)] == [200, 200, 429]
    assert "data-pause" in frame().content.decode()


@pytest.mark.parametrize("who", ["olga", "ken", "pia", "nora"])
def test_other_organisers_and_helpers_find_nothing(office, cast, who):
    for end in ("", "invitation/nb/preview/", "invitation/nb/ours/", "picture/", "tone/"):
        assert office(who).get(at(cast.event, end)).status_code == 404
        assert office(who).post(at(cast.event, end), TYPED).status_code == 404


# Back to ours -----------------------------------------------------------------------------------------------------


def test_our_text_comes_back_after_one_question_that_shows_it(office, cast):
    written(cast)
    page = at(cast.event, "invitation/nb/ours/")
    asked = words(office("otto").get(page))
    assert "Vår tekst" in asked
    assert letter_texts.own("invitation", "nb").subject in asked
    assert Letter.objects.count() == 1
    for _press in range(2):
        assert office("otto").post(page).url == at(cast.event, "invitation/nb/")
    assert Letter.objects.count() == 0
    assert LogEntry.objects.filter(user=cast.otto, action_flag=3).count() == 1


# The picture ------------------------------------------------------------------------------------------------------


@pytest.fixture
def upload(office, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def send(data, name="Åpen dør.jpg"):
        return office("otto").post(at(cast.event, "picture/"), {"picture": SimpleUploadedFile(name, data)})

    return send


def test_a_picture_stands_at_the_top_of_letters_once_it_is_uploaded(upload, office, cast, frame):
    assert upload(file_of(plain())).url == at(cast.event)
    listed = office("otto").get(at(cast.event))
    address = listed.context["picture_url"]
    assert office("otto").get(address)["Content-Type"] == "image/jpeg"
    assert address in listed.content.decode()
    assert address in frame().content.decode()
    assert office("otto").get(at(cast.event, "picture/remove/")).status_code == 200
    office("otto").post(at(cast.event, "picture/remove/"))
    assert office("otto").get(at(cast.event)).context["picture_url"] == ""


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"GIF89a", "ikke et JPEG-, PNG- eller WebP-bilde"),
        (file_of(plain(300, 200)), "300 × 200"),
        (file_of(plain(2000, 1500), "PNG")[:900], "skadet"),
    ],
)
def test_a_refused_file_says_which_why_and_what_to_do(upload, cast, data, told):
    response = upload(data)
    assert response.status_code == 422
    assert "Åpen dør.jpg" in words(response)
    assert told in words(response)
    assert Event.objects.get(pk=cast.event.pk).letter_picture.name == ""


def test_a_file_that_is_too_large_is_refused_with_both_numbers(upload, settings):
    settings.LETTER_PICTURE_MAX_BYTES = 2000
    response = upload(b"x" * 3000)
    assert response.status_code == 422
    assert "2,9" in words(response)
    assert upload(b"x" * 5000).status_code == 413


def test_pictures_are_not_taken_without_end(upload, settings):
    settings.UPLOADS_PER_USER_PER_MINUTE = 1
    assert [upload(b"GIF89a").status_code for _time in range(2)] == [422, 429]


def test_the_same_press_twice_is_no_question(office, cast):
    page = at(cast.event, "invitation/nb/")
    seen = office("otto").get(page).context["form"]["seen"].value()
    for _press in range(2):
        assert office("otto").post(page, {**TYPED, "seen": seen}).status_code == 302


def test_whoever_writes_on_is_asked_when_somebody_went_back_to_our_text(office, cast):
    page = at(cast.event, "invitation/nb/")
    written(cast, subject="Roots emne", body="Roots tekst")
    seen = office("otto").get(page).context["form"]["seen"].value()
    Letter.objects.all().delete()
    response = office("otto").post(page, {**TYPED, "seen": seen})
    assert response.status_code == 422
    assert not Letter.objects.exists()
    again = response.context["form"]["seen"].value()
    assert office("otto").post(page, {**TYPED, "seen": again}).status_code == 302


def test_nobody_throws_away_unseen_what_was_saved_meanwhile(office, cast):
    written(cast, subject="Roots emne", body="Roots tekst")
    page = at(cast.event, "invitation/nb/ours/")
    seen = office("otto").get(page).context["seen"]
    Letter.objects.update(body="Roots nye tekst")
    response = office("otto").post(page, {"seen": seen})
    assert response.status_code == 422
    assert "Roots nye tekst" in words(response)
    assert Letter.objects.exists()
    assert office("otto").post(page, {"seen": response.context["seen"]}).status_code == 302
    assert not Letter.objects.exists()
