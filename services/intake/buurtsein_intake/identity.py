"""Pseudonyms, ids and fingerprints: all derived with the installation's secret, so that nobody else can compute them.

A report's id is also its reference, the capability with which the reporter follows it. It therefore follows from the
secret: who knows the client, the Idempotency-Key and even the text still can't compute it.
"""

import hashlib
import hmac
from datetime import datetime
from typing import NamedTuple

_SEPARATOR = "\x1f"


class CodeEntry(NamedTuple):
    """What is kept of a receipt code besides its report: the name that stands for it, and the report's client."""

    name: str
    client: str


class Identity:
    """Derives what identifies a reporter, a request and a report; the same input always gives the same result."""

    def __init__(self, secret: bytes) -> None:
        # Copying a prepared HMAC saves hashing the secret for every report.
        self._reporters = hmac.new(secret, digestmod="sha256")
        self._key = hashlib.sha256(secret).digest()

    def pseudonym(self, client: str, reporter: str) -> str:
        """Return the name under which a client's reporter is known from here on."""
        mac = self._reporters.copy()
        mac.update(f"{client}{_SEPARATOR}{reporter}".encode())
        return f"m-{mac.hexdigest()[:20]}"

    def fingerprint(self, client: str, kind: str, body: bytes) -> str:
        """Return what tells one body of a client from another; the body can't be found from it."""
        return self._digest(b"body", f"{client}{_SEPARATOR}{kind}{_SEPARATOR}".encode() + body).hex()

    def claim(self, client: str, kind: str, key: str) -> str:
        """Return the name under which an Idempotency-Key of a client is kept."""
        return self._digest(b"key", f"{client}{_SEPARATOR}{kind}{_SEPARATOR}{key}".encode()).hex()

    def words(self, content: bytes) -> str:
        """Return what stands for something that someone says; neither can be found from it."""
        return self._digest(b"words", content).hex()

    def event_id(self, cause: str) -> str:
        """Return the id of the event that follows from a claim, as a UUIDv8 (RFC 9562, section 5.8)."""
        d = self._digest(b"event", cause.encode()).hex()
        return f"{d[:8]}-{d[8:12]}-8{d[13:16]}-{_VARIANT[d[16]]}{d[17:20]}-{d[20:]}"

    def code(self, report_id: str) -> str:
        """Return the receipt code of a report: 16 digits that only we can find from its id."""
        return f"{int.from_bytes(self._digest(b'code', report_id.encode())) % 10**16:016}"

    def code_name(self, code: str) -> str:
        """Return what stands for a receipt code where it is kept; without the secret nobody finds the code from it."""
        return self._digest(b"code name", code.encode()).hex()

    def _digest(self, purpose: bytes, content: bytes) -> bytes:
        """Return 128 bits of keyed BLAKE2b, which is a MAC (RFC 7693) and cheaper here than HMAC."""
        return hashlib.blake2b(content, key=self._key, person=purpose, digest_size=16).digest()


_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def retry_window(at: datetime, seconds: int) -> str:
    """Return the number of the window that `at` is in, so that the same words mean a new report later."""
    return str(int(at.timestamp()) // seconds)
