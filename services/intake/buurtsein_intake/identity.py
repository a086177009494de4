"""Pseudonyms, ids and fingerprints: all derived with the installation's secret, so that nobody else can compute them.

A report's id is also its reference, the capability with which the reporter follows it. It therefore follows from the
secret: who knows the client, the Idempotency-Key and even the text still can't compute it.
"""

import base64
import hmac
from datetime import datetime

from buurtsein_events.ids import derive

_SEPARATOR = b"\x1f"


class Identity:
    """Derives what identifies a reporter, a request and a report; the same input always gives the same result."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def pseudonym(self, client: str, reporter: str) -> str:
        """Return the name under which a client's reporter is known from here on."""
        digest = self._digest(b"reporter", client.encode(), reporter.encode())
        return f"m-{base64.b32encode(digest[:10]).decode().lower()}"

    def fingerprint(self, client: str, kind: str, body: bytes) -> str:
        """Return what tells one body of a client from another; the body can't be found from it."""
        return self._digest(b"body", client.encode(), kind.encode(), body).hex()[:32]

    def claim(self, client: str, kind: str, key: str) -> str:
        """Return the name under which an Idempotency-Key of a client is kept."""
        return self._digest(b"key", client.encode(), kind.encode(), key.encode()).hex()[:32]

    def event_id(self, kind: str, cause: str) -> str:
        """Return the id of the event that follows from a claim."""
        return derive(self._digest(b"event", kind.encode(), cause.encode()).hex(), kind)

    def _digest(self, *parts: bytes) -> bytes:
        return hmac.digest(self._secret, _SEPARATOR.join(parts), "sha256")


def retry_window(at: datetime, seconds: int) -> str:
    """Return the number of the window that `at` is in, so that the same words mean a new report later."""
    return str(int(at.timestamp()) // seconds)
