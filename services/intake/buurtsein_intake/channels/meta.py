"""What Meta's webhooks (WhatsApp, Messenger, pages) have in common: the signature, the handshake, the reading."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from buurtsein_intake import problems
from buurtsein_intake.channels.adapter import Answer, Call
from buurtsein_intake.channels.signatures import same, sha256_hex, unsigned
from buurtsein_intake.problems import MEDIA_TYPE, Problem, Refused

Model = TypeVar("Model", bound=BaseModel)


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


def read(body: bytes, model: type[Model]) -> Model:
    """Return a body as `model`; raises `Refused` (400) when it is something else."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = "/".join(map(str, first["loc"])) or "the body"
        raise Refused(problems.not_json(f"{where[:200]}: {first['msg']}")) from error


def refuse(problem: Problem) -> Answer:
    """Return the problem as it is."""
    return Answer(status=problem.status, body=problem.body(), media_type=MEDIA_TYPE, headers=problem.headers)
