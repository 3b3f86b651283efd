import csv

from events.domain.cells import defused
from events.management.base import HouseCommand
from events.models import Guest, links


class Command(HouseCommand):
    help = "Prints each guest's personal link; it works before the letter is sent. Keep the output to yourself."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--csv", action="store_true", help="comma-separated with a heading row, UTF-8")

    def handle(self, *, slug, **options):
        guests = (
            Guest.objects.filter(event=self.event(slug), contact__isnull=False, invitation__isnull=False)
            .exclude(invitation__state="revoked")
            .select_related("contact__company", "invitation")
        )
        rows = ([*_person(guest), links.url(guest.invitation)] for guest in guests.iterator(chunk_size=500))
        if options["csv"]:
            writer = csv.writer(self.stdout, lineterminator="\n")
            writer.writerow(["name", "email", "company", "link"])
            writer.writerows([defused(cell) for cell in row] for row in rows)
        else:
            for name, _email, _company, link in rows:
                self.stdout.write(f"{name}  {link}")


def _person(guest):
    contact = guest.contact
    return [contact.name, contact.email, contact.company.name if contact.company_id else ""]
