"""What a colleague may type into the address line or into a field, beside what the pages offer."""

import pytest

from events.models import Company, Contact


@pytest.mark.parametrize(
    "question",
    ["host/?guest={greta}", "host/?contact={contact}", "host/?user__isnull=0", "contact/?guest={greta}",
     "contact/?guest__in={greta}", "company/?contact={contact}", "history/?guest={greta}"],
)  # fmt: skip
def test_list_answers_no_question_that_its_filters_do_not_ask(office, cast, question):
    """Olga may see every host, but not which of them is Greta's."""
    address = question.format(greta=cast.greta.pk, contact=cast.greta.contact_id)
    assert office("olga").get(f"/admin/events/{address}").status_code == 400


@pytest.mark.parametrize("question", ["?mail=none", "?q=marte", "?q=marte&mail=", "?lang=fi", "?p=2", "?o=1", "?e=1"])
def test_list_answers_what_its_page_asks(office, cast, question):
    assert office("olga").get(f"/admin/events/host/{question}").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["events/event/²/change/", "events/event/²/history/", "events/guest/²/change/", "events/history/²/change/"],
)
def test_number_that_is_none_finds_nothing(office, cast, address):
    assert office("otto").get(f"/admin/{address}").status_code == 404


@pytest.mark.parametrize("address", ["events/history/?event=²", "events/event/{event}/send/invitation/?guest=²"])
def test_choice_that_is_no_number_chooses_nothing(office, cast, address):
    assert office("otto").get("/admin/" + address.format(event=cast.event.pk)).status_code == 200


LONG = {"letters that fold to two": "æ" * 76, "one sign that folds to eighteen": "ﷺ" * 9}
PART = {"title_nb": "Bad", "kind": "other", "starts_at": "2027-09-24T12:00", "ends_at": "2027-09-24T13:00"}
EVENT = {"title_nb": "Ny", "held_on": "2028-01-01", "programme": "stoltzen", "slug": "ny"}


def refused_fields(response):
    """The names of the fields with errors; of admin's pages and of our own."""
    context = response.context
    return set(context["errors"] if "adminform" not in context else context["adminform"].form.errors)


@pytest.mark.parametrize("name", LONG.values(), ids=LONG)
@pytest.mark.parametrize(
    ("page", "posted", "field"),
    [
        ("events/event/{event}/guests/add/", {}, "name"),
        ("events/event/{event}/guests/add/", {"name": "Kari Nes"}, "company"),
        ("events/contact/{contact}/change/", {}, "name"),
        ("events/contact/{contact}/change/", {"name": "Greta"}, "company_name"),
        ("events/company/{company}/change/", {}, "name"),
        ("events/host/add/", {}, "name"),
    ],
)
def test_name_that_is_too_long_when_folded_is_refused_at_its_field(office, cast, page, posted, field, name):
    contact = cast.greta.contact
    url = page.format(event=cast.event.pk, contact=contact.pk, company=contact.company_id)
    response = office("otto").post(f"/admin/{url}", {**posted, field: name})
    assert refused_fields(response) == {field}


@pytest.mark.parametrize("nothing", ["\u200b", "\u0301", "()"])
def test_host_without_a_letter_is_refused(office, nothing):
    response = office("otto").post("/admin/events/host/add/", {"name": nothing})
    assert refused_fields(response) == {"name"}


@pytest.mark.parametrize("nothing", ["\u200b", "\u0301"])
def test_company_of_nothing_visible_is_no_company(office, cast, nothing):
    typed = {"name": "Kari Nes", "company": nothing}
    response = office("otto").post(f"/admin/events/event/{cast.event.pk}/guests/add/", typed)
    assert response.status_code == 302
    assert Contact.objects.get(name="Kari Nes").company is None


def test_company_is_refused_the_name_of_another_with_its_brackets(office, cast):
    Company.objects.create(name="Berg (Norge)", key="berg (norge)")
    url = f"/admin/events/company/{cast.greta.contact.company_id}/change/"
    assert refused_fields(office("otto").post(url, {"name": "BERG (Norge)"})) == {"name"}
    assert office("otto").post(url, {"name": "Berg (Sverige)"}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title_nb": "\x00"}, "title"),
        ({"starts_at": "0026-09-24T12:00"}, "starts_at"),
        ({"answer_by_at": "0001-01-01T00:00"}, "answer_by_at"),
        ({"ends_at": "9999-12-31T23:59"}, "ends_at"),
        ({"map_url": "javascript:alert(1)"}, "map_url"),
        ({"capacity": "9" * 30}, "capacity"),
    ],
)
def test_part_that_cannot_be_kept_is_refused_at_its_field(office, cast, typed, field):
    response = office("otto").post(f"/admin/events/event/{cast.event.pk}/programme/add/", {**PART, **typed})
    assert field in refused_fields(response)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title_nb": "\x00"}, "title"),
        ({"held_on": "0001-01-01"}, "held_on"),
        ({"deadline": "0001-01-01"}, "deadline"),
        ({"race_capacity": "9" * 30}, "race_capacity"),
        ({"dinner_capacity": "9" * 30}, "dinner_capacity"),
    ],
)
def test_event_that_cannot_be_kept_is_refused_at_its_field(office, cast, typed, field):
    response = office("root").post("/admin/events/event/add/", {**EVENT, **typed})
    assert field in refused_fields(response)
