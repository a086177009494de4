"""What Meta's webhooks (WhatsApp, Messenger, pages) have in common: the signature and the handshake."""

from buurtsein_intake.channels.adapter import Answer, Call
from buurtsein_intake.channels.signatures import same, sha256_hex, unsigned


def verify(call: Call, secret: str) -> None:
    """Raise `Refused` unless `X-Hub-Signature-256` is the HMAC-SHA256 of the body's bytes with the app secret."""
    if not same(call.headers.get("x-hub-signature-256"), f"sha256={sha256_hex(secret, call.body)}"):
        raise unsigned("X-Hub-Signature-256")


def handshake(call: Call, verify_token: str) -> Answer:
    """Return the challenge when the token is ours; raises `Refused` when it isn't."""
    if call.query.get("hub.mode") != "subscribe" or not same(call.query.get("hub.verify_token"), verify_token):
        raise unsigned("hub.verify_token")
    challenge = call.query.get("hub.challenge", "")[:200]
    return Answer(body=challenge.encode(), media_type="text/plain; charset=utf-8")
