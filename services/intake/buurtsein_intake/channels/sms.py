"""SMS through Twilio: messages that Twilio posts as a form, answered in TwiML.

Source: Twilio, "Twilio's request to your incoming message webhook URL", "Security: validating signatures" and
"Validating webhook signatures (HMAC-SHA1 and HMAC-SHA256)".
"""

from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

from buurtsein_events.values import Channel
from buurtsein_intake.channels import reading
from buurtsein_intake.channels.adapter import Answer, Call, Taken
from buurtsein_intake.channels.message import Message, Reply, clean
from buurtsein_intake.channels.signatures import same, twilio, twilio_urls, unsigned
from buurtsein_runtime import problems
from buurtsein_runtime.problems import Problem, Refused

_MEDIA: Final = 10
_SETTINGS: Final = "x-twilio-webhooks-signature-settings"
_ALGORITHMS: Final = {"HMAC_SHA1": "sha1", "HMAC_SHA256": "sha256"}


class Sms:
    """The adapter; `token` is the account's auth token and `url` the address of the webhook as Twilio has it.

    `shared_key` is the secret that Twilio signs with where a Webhooks Rule says so; without one no such call is taken.
    """

    channel: Channel = "sms"
    path: str = "/v1/channels/sms"
    media_types: tuple[str, ...] = ("application/x-www-form-urlencoded",)
    body_limit: int = 64 * 1024
    handshake_method: str | None = None

    def __init__(self, *, token: str, url: str | None = None, shared_key: str = "") -> None:
        self._token = token
        self._url = url
        self._shared_key = shared_key

    def verify(self, call: Call) -> None:
        """Raise `Refused` unless Twilio signed the URL and every field."""
        secret, algorithm = self._signed_with(call.headers.get(_SETTINGS))
        given = call.headers.get("x-twilio-signature")
        signatures = [twilio(secret, url, call.form, algorithm) for url in twilio_urls(self._url or call.url)]
        if not any(same(given, each) for each in signatures):
            raise unsigned("X-Twilio-Signature")

    def _signed_with(self, said: str | None) -> tuple[str, str]:
        """Return the secret and the hash of a call by its signature settings: `key=<id>,algorithm=HMAC_SHA256`."""
        if not said:
            return self._token, "sha1"
        named = dict(part.strip().split("=", 1) for part in said.split(",") if "=" in part)
        algorithm = _ALGORITHMS.get(named.get("algorithm", "HMAC_SHA1"))
        if algorithm is None or not self._shared_key:
            raise unsigned("X-Twilio-Webhooks-Signature-Settings")
        return self._shared_key, algorithm

    def handshake(self, call: Call) -> Answer | None:  # noqa: ARG002
        """Return nothing: Twilio asks nothing beforehand."""
        return None

    def parse(self, call: Call) -> Sequence[Message]:
        """Return the message, or the request to get no more of ours. Raises `Refused` (400) without a sender."""
        fields = dict(call.form)
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
