"""Identifiers that follow from their cause, so that the same input always gives the same ids."""

import hashlib
import uuid
from typing import Final

NAMESPACE: Final = uuid.UUID("6f1c3bb4-5d0c-5b0e-9b5e-2f0f6f0f7a11")

_PREFIX: Final = NAMESPACE.bytes
_VARIANT: Final = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def derive(cause: str, step: str) -> str:
    """Return the UUIDv5 of `step` below `cause` (RFC 9562, section 5.5)."""
    # Several ids are made for every event, and `uuid.uuid5` takes four times as long.
    d = hashlib.sha1(_PREFIX + f"{cause}\x1f{step}".encode(), usedforsecurity=False).hexdigest()
    return f"{d[:8]}-{d[8:12]}-5{d[13:16]}-{_VARIANT[d[16]]}{d[17:20]}-{d[20:32]}"
