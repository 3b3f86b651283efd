from django.utils import timezone

from events.actions import invitations
from events.management.base import BadUse, HouseCommand, Refused, a_moment
from events.models import Activity, History, Letter


class Command(HouseCommand):
    help = "Puts a letter to an event's guests into the outbox. The same again sends nothing twice."
    has_json = True

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("letter", choices=Letter.Kind.values)
        parser.add_argument("--to", choices=invitations.SEGMENTS, default="all", help="default: all")
        parser.add_argument("--activity", metavar="SLUG", help="only those invited to it; --to looks at its answers")
        parser.add_argument("--at", type=a_moment, metavar="ISO", help="send at 2027-08-10T09:00")
        parser.add_argument("--dry-run", action="store_true", help="count only")

    def handle(self, *, slug, letter, to, activity, at, dry_run, **options):
        event = self.event(slug)
        about = self.activity(event, activity) if activity else None
        moment = at.replace(tzinfo=at.tzinfo or event.zone) if at else None
        try:
            sending = invitations.send(
                event, letter=letter, to=to, activity=about, by=None, channel=History.Channel.COMMAND,
                now=timezone.now(), at=moment, dry_run=dry_run, tell=self.progress,
            )  # fmt: skip
        except tuple(SENTENCES) as refusal:
            raise Refused(SENTENCES[type(refusal)].format(letter=letter, slug=slug, to=to, state=event.state)) from None
        summary = {"queued": sending.queued, "skipped": sending.skipped}
        left_out = ", ".join(f"{number} {reason}" for reason, number in sending.skipped.items()) or "nobody"
        verb = "would go" if dry_run else "goes"
        self.tell(f"The {letter} {verb} to {sending.queued} people; left out: {left_out}.", summary, options)

    def activity(self, event, slug):
        found = Activity.objects.filter(event=event, slug=slug).first()
        if found is None:
            known = ", ".join(Activity.objects.filter(event=event).values_list("slug", flat=True)) or "none yet"
            raise BadUse(f"{event.slug} has no activity {slug!r}. There are: {known}.")
        return found


SENTENCES = {
    invitations.NothingToSay: "There is no text for the letter {letter} yet. Write one in the back office first.",
    invitations.GoesByItself: "The letter {letter} goes out by itself when it is time; nobody has to send it.",
    invitations.GoesWithThanks: "The letter {letter} goes to whom it fits when the letter thanks is sent.",
    invitations.NobodyIsCounted: "Nobody is marked as there or not there yet, so it is not known who was {to}.",
    invitations.ResultsAreNotShown: "Guests see no results of {slug} yet. Show them first, on the race day page.",
    invitations.EventIsNotOpen: "{slug} is {state}: guests could not answer. Open it first.",
}
