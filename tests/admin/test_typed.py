"""What a colleague may type into the address line or into a field, beside what the pages offer."""

import pytest


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
