"""What Meta's webhooks (WhatsApp, Messenger, pages) have in common: all but the messages in them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, TypeVar, cast

from pydantic import (
    BaseModel,
    BeforeValidator,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from buurtsein_intake.channels import reading
from buurtsein_intake.channels.adapter import Answer, Call, Taken
from buurtsein_intake.channels.message import Message
from buurtsein_intake.channels.signatures import same, sha256_hex, unsigned
from buurtsein_runtime.problems import Problem

Part = TypeVar("Part")
Body = TypeVar("Body", bound=BaseModel)


def _or_nothing(value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
    try:
        return handler(value)
    except ValidationError as error:
        cast(list[ValidationError], info.context).append(error)
        return None


Readable = Annotated[Part | None, WrapValidator(_or_nothing)]
"""One of several things in a call: nothing when it can't be read, so that the others can."""


def only(field: str) -> BeforeValidator:
    """Return what leaves out the changes of other fields, which have shapes of their own."""

    def chosen(changes: object) -> object:
        if not isinstance(changes, list):
            return changes
        return [each for each in changes if not isinstance(each, dict) or each.get("field") == field]

    return BeforeValidator(chosen)


def messages_in(raw: bytes, model: type[Body], read: Callable[[Body], Iterable[Message]]) -> Sequence[Message]:
    """Return the messages of a call that can be read; raises `Refused` (400) when none can be and one should."""
    mistakes: list[ValidationError] = []
    found = tuple(read(reading.json(raw, model, mistakes)))
    if mistakes and not found:
        raise reading.unreadable(mistakes[0])
    return found


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
