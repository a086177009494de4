"""Which application calls and what it may do: API keys, known only by their SHA-256."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, model_validator

from buurtsein_events.results import Later
from buurtsein_events.values import Channel, Name, check_once
from buurtsein_intake.limits import Limit, Quota, quota_of_client
from buurtsein_runtime import problems
from buurtsein_runtime.keys import KeyHash, bearer
from buurtsein_runtime.problems import Refused

_REMEMBERED = 1000

Right = Literal["reports:write", "outcomes:write", "events:write", "photos:write"]
"""What a client may do; OAuth calls it a scope."""

RESERVED: Final[frozenset[Channel]] = frozenset({"web", "whatsapp", "telegram", "sms", "facebook", "email", "signalen"})
"""The names under which intake itself sends reports: an application with one would share its keys and pseudonyms."""

_STRICT = ConfigDict(frozen=True, extra="forbid")


class Caller(NamedTuple):
    """Who sends a request, whose tokens it takes, and whether it must be named by an Idempotency-Key."""

    name: str
    quota: Quota | None = None
    key_required: bool = False


class Key(BaseModel):
    """One key of a client; `last_four` are its last characters, by which people tell keys apart."""

    model_config = _STRICT

    sha256: KeyHash
    last_four: str | None = None
    created: AwareDatetime | None = None
    expires: AwareDatetime | None = None

    def lives(self, now: datetime) -> bool:
        """Tell whether the key is still good."""
        return self.expires is None or now < self.expires


def _free(name: Name) -> Name:
    if name in RESERVED:
        raise ValueError(f"{name} is the name of a channel of intake itself; choose another name")
    return name


class Client(BaseModel):
    """One application, its keys, what it may do and how often (as often as it likes, without a `limit`).

    `networks` are those that it works for: it sees their photos, and reports the outcomes of no others (of any, when
    there are none). With `idempotency_key_required` it must name each of its requests.
    """

    model_config = _STRICT

    name: Annotated[Name, AfterValidator(_free)]
    keys: tuple[Key, ...]
    scopes: tuple[Right, ...]
    networks: tuple[Name, ...] = ()
    limit: Limit | None = None
    idempotency_key_required: bool = False

    @cached_property
    def quota(self) -> Quota | None:
        """Return the bucket that the client's requests take tokens from."""
        return quota_of_client(self.name, self.limit)

    @property
    def caller(self) -> Caller:
        """Return the client as one that sends a request."""
        return Caller(self.name, self.quota, self.idempotency_key_required)

    def check_scope(self, scope: Right) -> None:
        """Raise `Refused` with 403 unless the client may do this."""
        if scope not in self.scopes:
            raise Refused(problems.missing_scope(scope))

    def check_network(self, network: str) -> None:
        """Raise `Refused` with 403 unless the client may speak for this network."""
        if self.networks and network not in self.networks:
            allowed = ", ".join(self.networks)
            raise Refused(problems.forbidden(f"#/network: this key reports outcomes of {allowed} only, not {network}."))


class Clients(BaseModel):
    """All applications of a file, each name and each key once."""

    model_config = _STRICT

    clients: tuple[Client, ...]

    @model_validator(mode="after")
    def _each_once(self) -> "Clients":
        check_once("client", [c.name for c in self.clients])
        check_once("key", [key.sha256 for c in self.clients for key in c.keys])
        return self


class Keyring:
    """Knows the applications by their keys; `Authorization` headers that were right are remembered.

    Those of the file it knows from the start. Of others it learns now and then; while it can't, it goes on with what it
    knows, and what it does not know is for later.
    """

    def __init__(self, clients: Clients) -> None:
        self._filed = clients.clients
        self._by_hash = {key.sha256: client for client in self._filed for key in client.keys}
        self._right: dict[bytes, Client] = {}
        self._registered: tuple[Client, ...] = ()
        self._complete = True

    def learn(self, registered: Iterable[Client], now: datetime) -> None:
        """Know these applications besides those of the file, by the keys that live now, and no others."""
        self._registered, self._complete = tuple(registered), True
        self._know(now)

    def lose(self, now: datetime) -> None:
        """Go on with what is known: there may be other applications, and keys end as they would have."""
        self._complete = False
        self._know(now)

    def _know(self, now: datetime) -> None:
        all_clients = (*self._registered, *self._filed)
        self._by_hash = {key.sha256: client for client in all_clients for key in client.keys if key.lives(now)}
        self._right = {}

    def admit(self, authorization: bytes | None, scope: Right) -> Client:
        """Return the client that an `Authorization` header proves and that has the scope.

        Raises `Refused` with 401 or 403, and `Later` when an unknown key may be one that can't be looked up now.
        """
        client = self.client_of(authorization)
        if client is None:
            raise Refused(problems.UNAUTHORIZED)
        client.check_scope(scope)
        return client

    def client_of(self, authorization: bytes | None) -> Client | None:
        """Return the client that an `Authorization` header proves, or nothing; raises `Later` like `client_with`."""
        if authorization is None:
            return None
        if authorization in self._right:
            return self._right[authorization]
        token = bearer(authorization.decode("latin-1"))
        client = None if token is None else self.client_with(token.encode("latin-1"))
        if client is not None and len(self._right) < _REMEMBERED:
            self._right[authorization] = client
        return client

    def client_with(self, key: bytes) -> Client | None:
        """Return the client that has this key, or nothing; raises `Later` when clients can't be looked up now.

        Only the hash of the key is compared, so the time that it takes says nothing about the keys.
        """
        client = self._by_hash.get(hashlib.sha256(key).hexdigest())
        if client is None and not self._complete:
            raise Later("redis")
        return client
