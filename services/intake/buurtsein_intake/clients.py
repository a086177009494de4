"""Which application calls: API keys, known only by their SHA-256."""

import hashlib
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from buurtsein_events.values import Name

_SCHEME = "bearer "


class Client(BaseModel):
    """One application and the SHA-256 of its key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    key_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Clients(BaseModel):
    """All applications, each name and each key once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    clients: tuple[Client, ...]

    @model_validator(mode="after")
    def _each_once(self) -> "Clients":
        for what, values in (
            ("name", [c.name for c in self.clients]),
            ("key", [c.key_sha256 for c in self.clients]),
        ):
            if len(set(values)) < len(values):
                raise ValueError(f"two clients have the same {what}")
        return self

    def by_key(self) -> dict[str, str]:
        """Return the names of the clients by the SHA-256 of their key."""
        return {c.key_sha256: c.name for c in self.clients}


def bearer(authorization: str | None) -> str | None:
    """Return the token of an `Authorization` header, or nothing when it has none (RFC 6750, section 2.1)."""
    if authorization is None or authorization[: len(_SCHEME)].lower() != _SCHEME:
        return None
    return authorization[len(_SCHEME) :].strip() or None


def client_of(authorization: str | None, by_key: Mapping[str, str]) -> str | None:
    """Return the name of the client that an `Authorization` header proves, or nothing.

    Only the hash of the token is compared, so the time that it takes says nothing about the keys.
    """
    token = bearer(authorization)
    return None if token is None else by_key.get(hashlib.sha256(token.encode("latin-1")).hexdigest())
