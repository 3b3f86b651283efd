"""The main job, from the command line and a guest's browser: a list in, invitations out, answers and files back."""

import io
import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from events.models import Message
from tests.views.test_calendar import checked

LISTS = Path(__file__).parent.parent / "data" / "guest-lists"
pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments):
    """A command's --json summary."""
    out = io.StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


def mails(sink):
    """{address: message} of everything the mail server took."""
    return {mail["To"]: mail for mail in sink.messages}


def link_in(mail):
    text = mail.get_body(("plain",)).get_content()
    return re.search(r"https?://[^/\s]+(/i/[0-9A-Za-z]+/)", text)[1]


def test_an_event_goes_from_guest_list_to_answers(client, sink, tmp_path):
    day = (timezone.now() + timezone.timedelta(days=60)).date().isoformat()
    call_command("make_event", "stoltzen", "--title", "Stoltzen", "--on", day, "--dinner-capacity", "2")
    assert run("import_guests", "stoltzen", str(LISTS / "crm-eksport.csv"))["new"] == 40
    week_two = run("import_guests", "stoltzen", str(LISTS / "crm-eksport-uke-2.csv"))
    assert (week_two["new"], week_two["changed"], week_two["unchanged"]) == (2, 3, 36)
    with pytest.raises(CommandError) as refused:  # the sum row
        run("import_guests", "stoltzen", str(LISTS / "selgerliste.xlsx"))
    assert refused.value.returncode == 1

    queued = run("queue_letter", "stoltzen", "invitation")
    assert queued == {"queued": 62, "skipped": {"no_email": 4}}
    assert run("queue_letter", "stoltzen", "invitation")["queued"] == 0
    assert run("deliver") == {"sent": 62, "failed": 0, "deferred": 0, "uncertain": 0, "stopped": 0}
    by_address = mails(sink)
    assert len(by_address) == 62

    pages = [link_in(mail) for mail in list(by_address.values())[:4]]
    for page in pages[:3]:
        assert client.post(page, {"all": "1"})["Location"] == page + "answered/"
    client.post(pages[3], {"none": "1"})
    content = client.get(pages[0] + "calendar/race.ics").content
    checked(tmp_path, content, "race.ics")

    dinner = run("answers", "stoltzen")["activities"][2]
    assert dinner == {
        "slug": "dinner", "capacity": 2, "invited": 66,
        "coming": 2, "not_coming": 1, "unsure": 0, "no_answer": 62, "waiting": 1,
    }  # fmt: skip
    client.post(pages[0], {"answer-dinner": "not_coming"})
    assert run("answers", "stoltzen")["activities"][2]["waiting"] == 0

    Message.objects.update(due_at=timezone.now())
    assert run("deliver")["sent"] == 5  # four confirmations, and the good news for who waited
    letters = list(Message.objects.exclude(letter="invitation").order_by("letter").values_list("letter", flat=True))
    assert letters == ["confirmation"] * 4 + ["promoted"]
