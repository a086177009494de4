"""Where digests are sent: webhooks by reader, and how a request is signed."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, SecretStr, model_validator

from buurtsein_events.values import check_once

_SECRET_PREFIX = "whsec_"  # noqa: S105
_SECRET_BYTES = range(24, 65)


def key_of(secret: SecretStr) -> bytes:
    """Return the bytes of a Standard Webhooks secret; raises ValueError when it is none."""
    text = secret.get_secret_value()
    try:
        key = base64.b64decode(text.removeprefix(_SECRET_PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not text.startswith(_SECRET_PREFIX) or len(key) not in _SECRET_BYTES:
        raise ValueError("a secret is whsec_ and 24 to 64 bytes in base64")
    return key


def _checked(secret: SecretStr) -> SecretStr:
    key_of(secret)
    return secret


class Sink(BaseModel):
    """A webhook and the readers, as a shell pattern, whose digests it gets."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[\w-]{1,50}$")]
    readers: Annotated[str, Field(min_length=1, max_length=100)]
    url: HttpUrl
    secret: Annotated[SecretStr, AfterValidator(_checked)]

    def serves(self, reader: str) -> bool:
        """Tell whether the digests of a reader go here."""
        return fnmatchcase(reader, self.readers)


class Sinks(BaseModel):
    """All webhooks of an installation, each name once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sinks: tuple[Sink, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "Sinks":
        check_once("sink", [sink.name for sink in self.sinks])
        return self

    def of(self, reader: str) -> tuple[Sink, ...]:
        """Return where the digests of a reader go."""
        return tuple(sink for sink in self.sinks if sink.serves(reader))


def signed(secret: SecretStr, message_id: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """Return the headers of a signed request (Standard Webhooks, symmetric signatures)."""
    timestamp = str(int(at.timestamp()))
    content = b".".join((message_id.encode(), timestamp.encode(), body))
    signature = base64.b64encode(hmac.new(key_of(secret), content, hashlib.sha256).digest()).decode()
    return {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": f"v1,{signature}"}
