"""Which application calls: API keys, known only by their SHA-256."""

import hashlib

from pydantic import BaseModel, ConfigDict, model_validator

from buurtsein_events.values import Name
from buurtsein_runtime.keys import KeyHash, bearer

_REMEMBERED = 1000


class Client(BaseModel):
    """One application and the SHA-256 of its key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    key_sha256: KeyHash


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


class Keyring:
    """Knows the applications by their keys; `Authorization` headers that were right are remembered."""

    def __init__(self, clients: Clients) -> None:
        self._by_hash = {c.key_sha256: c.name for c in clients.clients}
        self._right: dict[bytes, str] = {}

    def client_of(self, authorization: bytes | None) -> str | None:
        """Return the name of the client that an `Authorization` header proves, or nothing.

        Only the hash of the token is compared, so the time that it takes says nothing about the keys.
        """
        if authorization is None:
            return None
        if authorization in self._right:
            return self._right[authorization]
        token = bearer(authorization.decode("latin-1"))
        client = None if token is None else self._by_hash.get(hashlib.sha256(token.encode("latin-1")).hexdigest())
        if client is not None and len(self._right) < _REMEMBERED:
            self._right[authorization] = client
        return client
