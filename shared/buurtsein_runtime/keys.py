"""API keys, known only by their SHA-256."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Annotated, TypeVar

from pydantic import Field

Owner = TypeVar("Owner")

KeyHash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
"""The SHA-256 of a key, in hexadecimal."""

_SCHEME = "bearer "


def bearer(authorization: str) -> str | None:
    """Return the token of an `Authorization` header, or nothing when it has none (RFC 6750, section 2.1)."""
    if authorization[: len(_SCHEME)].lower() != _SCHEME:
        return None
    return authorization[len(_SCHEME) :].strip() or None


def owner_of(token: str, owners: Mapping[str, Owner]) -> Owner | None:
    """Return whose hash is that of a token; the time that it takes says nothing about the keys."""
    sent = hashlib.sha256(token.encode("latin-1", "replace")).hexdigest()
    found = None
    for known, owner in owners.items():
        if hmac.compare_digest(sent, known):
            found = owner
    return found
