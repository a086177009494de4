"""SMS through Twilio: messages that Twilio posts as a form, answered in TwiML.

Source: Twilio, "Twilio's request to your incoming message webhook URL" and "Security: validating signatures".
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from buurtsein_events.values import Channel
from buurtsein_intake.channels import reading
from buurtsein_intake.channels.adapter import Answer, Call, Taken
from buurtsein_intake.channels.message import Message, Reply, clean
from buurtsein_intake.channels.signatures import same, twilio_sha1, twilio_urls, unsigned
from buurtsein_runtime import problems
from buurtsein_runtime.problems import Problem, Refused

_MEDIA = 10


class Sms:
    """The adapter; `token` is the account's auth token and `url` the address of the webhook as Twilio has it."""

    channel: Channel = "sms"
    path: str = "/v1/channels/sms"
    media_types: tuple[str, ...] = ("application/x-www-form-urlencoded",)
    body_limit: int = 64 * 1024
    handshake_method: str | None = None

    def __init__(self, *, token: str, url: str | None = None) -> None:
        self._token = token
        self._url = url

    def verify(self, call: Call) -> None:
        """Raise `Refused` unless Twilio signed the URL and every field."""
        fields, given = reading.form(call.body, errors="replace"), call.headers.get("x-twilio-signature")
        signatures = [twilio_sha1(self._token, url, fields) for url in twilio_urls(self._url or call.url)]
        if not any(same(given, each) for each in signatures):
            raise unsigned("X-Twilio-Signature")

    def handshake(self, call: Call) -> Answer | None:  # noqa: ARG002
        """Return nothing: Twilio asks nothing beforehand."""
        return None

    def parse(self, call: Call) -> Sequence[Message]:
        """Return the message, or the request to get no more of ours. Raises `Refused` (400) without a sender."""
        fields = dict(reading.form(call.body))
        if fields.get("OptOutType"):
            return _opted(fields)
        if not fields.get("MessageSid") or not fields.get("From") or "Body" not in fields:
            raise Refused(problems.not_json("MessageSid, From and Body are required; Twilio sends all three."))
        return (
            Message(
                channel="sms",
                key=fields["MessageSid"][:200],
                sender=fields["From"],
                chat=fields["From"],
                text=clean(fields["Body"]),
                attachments=tuple(_photos(fields)),
            ),
        )

    def answer(self, taken: Sequence[Taken]) -> Answer:
        """Return what is said to the sender as TwiML."""
        said = "".join(f"<Message>{escape(_written(reply))}</Message>" for one in taken for reply in one.replies)
        body = f'<?xml version="1.0" encoding="UTF-8"?><Response>{said}</Response>'
        return Answer(body=body.encode(), media_type="text/xml; charset=utf-8")

    def refuse(self, problem: Problem) -> Answer:
        """Return the problem; Twilio only looks at the status."""
        return reading.refuse(problem)


def _opted(fields: dict[str, str]) -> tuple[Message, ...]:
    key, sender, kind = fields.get("MessageSid", ""), fields.get("From"), fields["OptOutType"]
    if not key or not sender or kind not in {"STOP", "START"}:
        return ()
    return (Message(channel="sms", key=key[:200], sender=sender, chat=sender, opt_out=kind == "STOP"),)


def _written(reply: Reply) -> str:
    return "\n".join([reply.text, *(f"{number}. {label}" for number, (_, label) in enumerate(reply.choices, 1))])


def _photos(fields: dict[str, str]) -> Iterator[str]:
    for number in range(_MEDIA):
        url, kind = fields.get(f"MediaUrl{number}"), fields.get(f"MediaContentType{number}", "image/")
        if url and kind.lower().startswith("image/"):
            yield url[:500]
