"""What became of one mail that came in, before it is written down."""

from dataclasses import dataclass, field

from ..models import Activity, Guest, Received


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A row of Received to be; facts are codes, but for the addresses of what is held."""

    state: str
    reason: str = ""
    guest: Guest | None = None
    activity: Activity | None = None
    sender: str = ""
    facts: dict = field(default_factory=dict)

    def row(self, found, *, number, now):
        """The row, not saved."""
        return Received(
            key=found.mail.key, number=number, kind=str(found.kind), state=self.state, reason=self.reason,
            event_id=self.guest.event_id if self.guest else None, guest=self.guest, activity=self.activity,
            sender=self.sender, facts=self.facts, at=now,
        )  # fmt: skip


def ignored(reason, **about):
    return Outcome(state=Received.State.IGNORED, reason=reason, **about)
