"""What Meta's webhooks (WhatsApp, Messenger, pages) have in common: all but the messages in them."""

from collections.abc import Sequence

from buurtsein_intake.channels import reading
from buurtsein_intake.channels.adapter import Answer, Call, Taken
from buurtsein_intake.channels.signatures import same, sha256_hex, unsigned
from buurtsein_runtime.problems import Problem


class MetaWebhook:
    """What an adapter of Meta is but for its channel, its path and how it parses.

    `secret` is the app secret of Meta, `verify_token` the one given when the webhook was set up.
    """

    media_types: tuple[str, ...] = ("application/json",)
    body_limit: int = 1024 * 1024
    handshake_method: str | None = "GET"

    def __init__(self, *, secret: str, verify_token: str) -> None:
        self._secret = secret
        self._verify_token = verify_token

    def verify(self, call: Call) -> None:
        """Raise `Refused` unless `X-Hub-Signature-256` is the HMAC-SHA256 of the body's bytes with the app secret."""
        if not same(call.headers.get("x-hub-signature-256"), f"sha256={sha256_hex(self._secret, call.body)}"):
            raise unsigned("X-Hub-Signature-256")

    def handshake(self, call: Call) -> Answer | None:
        """Return the challenge when the token is ours; raises `Refused` when it isn't."""
        token = call.query.get("hub.verify_token")
        if call.query.get("hub.mode") != "subscribe" or not same(token, self._verify_token):
            raise unsigned("hub.verify_token")
        challenge = call.query.get("hub.challenge", "")[:200]
        return Answer(body=challenge.encode(), media_type="text/plain; charset=utf-8")

    def answer(self, taken: Sequence[Taken]) -> Answer:  # noqa: ARG002
        """Return what Meta wants to hear: 200, or it sends the call again."""
        return Answer(body=b"{}")

    def refuse(self, problem: Problem) -> Answer:
        """Return the problem; Meta only looks at the status."""
        return reading.refuse(problem)
