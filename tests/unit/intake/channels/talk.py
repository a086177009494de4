"""One sender who talks with intake: the draft between messages, and what is asked."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from buurtsein_events.values import Channel
from buurtsein_intake.channels.conversation import Draft, Policy, Step, converse
from buurtsein_intake.channels.message import Message, report_of
from buurtsein_intake.channels.questions import Menus
from buurtsein_intake.form_checks import load_form
from buurtsein_intake.settings import IntakeSettings
from buurtsein_intake.shapes import LocationIn, ReportIn
from tests.unit.intake.fakes import NOW

POLICY = Policy(
    link=str,
    menus=Menus(load_form(IntakeSettings().form)),
    expiry=timedelta(minutes=15),
    digest=lambda key: f"d{key}",
    asking=frozenset({"whatsapp", "telegram", "sms", "facebook"}),
)
PHOTO = "0" * 64


HERE = LocationIn(lat=52.1, lon=5.1)


@dataclass
class Talk:
    """One sender on one channel, with the draft between messages."""

    channel: Channel = "telegram"
    policy: Policy = POLICY
    draft: Draft | None = None
    kept: list[tuple[ReportIn, str | None]] = field(default_factory=list)
    number: int = 0

    def say(self, text: str | None = None, at: datetime = NOW, **fields: Any) -> Step:
        """Return the step that a message leads to, kept as r1, r2 and so on."""
        self.number += 1
        message = Message(channel=self.channel, key=f"k{self.number}", sender="s", chat="1", text=text, occurred_at=at)
        return self.hear(replace(message, **fields), at)

    def hear(self, message: Message, now: datetime = NOW) -> Step:
        """Return the step that a message leads to, and remember what follows."""
        step = converse(self.draft, message, now, self.policy)
        if step.keep and step.draft:
            self.kept.append((report_of(step.keep), step.edit_of))
            self.draft = step.draft.kept_as(f"r{len(self.kept)}", step.edit_of, "https://b.example/{}".format)
        return step

    @property
    def last(self) -> ReportIn:
        """Return the report that was kept last."""
        return self.kept[-1][0]


def asked(step: Step) -> str:
    """Return the end of what a sender is told: the question, if there is one."""
    return " ".join(reply.text for reply in step.replies)


QUESTIONS = {
    "112": "Is 112 al gebeld?",
    "where": "Waar is het?",
    "when": "Hoe laat",
    "who": "Wie of wat zag je?",
    "what": "Wat is daar aan de hand?",
    "thanks": "je melding is binnen.",
    "complete": "je melding is compleet.",
}
