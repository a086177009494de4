"""Giving, rotating and taking away the keys of a client; what is random is an argument."""

import hashlib
from datetime import datetime
from typing import NamedTuple

from buurtsein_intake.clients import Client, Key

RANDOM_BYTES = 32
"""The least that a key's random part is made of."""


class Issued(NamedTuple):
    """A new key: its text, which is shown once, and what is kept of it."""

    text: str
    key: Key


class UnclearKeyError(ValueError):
    """Raised when the last characters of a key name none or several; says which there are."""


def issue(client: str, random: str, *, now: datetime, expires: datetime | None) -> Issued:
    """Return a key whose name says whose it is, so that one that leaks is recognised: `bts_<client>_<random>`."""
    text = f"bts_{client}_{random}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Issued(text, Key(sha256=digest, last_four=text[-4:], created=now, expires=expires))


def rotated(client: Client, key: Key, *, now: datetime, until: datetime) -> Client:
    """Return the client with a new key; those that it has end at `until`, unless they end sooner."""
    old = (_ending(each, until) for each in client.keys)
    return client.model_copy(update={"keys": (*(each for each in old if each.lives(now)), key)})


def without(client: Client, last_four: str) -> Client:
    """Return the client without the key that ends in `last_four`; raises `UnclearKeyError` unless there is one such."""
    found = [key for key in client.keys if key.last_four == last_four]
    if len(found) != 1:
        known = ", ".join(key.last_four or "?" for key in client.keys) or "none"
        raise UnclearKeyError(f"{client.name} has {len(found)} keys that end in {last_four}; its keys: {known}")
    return client.model_copy(update={"keys": tuple(key for key in client.keys if key is not found[0])})


def _ending(key: Key, until: datetime) -> Key:
    return key.model_copy(update={"expires": min(key.expires or until, until)})
