"""Links to photos: good for one photo, one network and a short time, and signed; pure."""

import hashlib
import hmac
from datetime import datetime
from urllib.parse import urlencode


class PhotoLinks:
    """Makes and checks links with a key that follows from the installation's secret."""

    def __init__(self, secret: bytes, public_url: str) -> None:
        self._key = hmac.new(secret, b"photo links", "sha256").digest()
        self._base = public_url.rstrip("/")

    def link(self, ref: str, network: str, expires: datetime) -> str:
        """Return the address at which a network sees a photo until then."""
        until = str(int(expires.timestamp()))
        query = {"network": network, "expires": until, "signature": self._signature(ref, network, until)}
        return f"{self._base}/v1/photos/{ref}?{urlencode(query)}"

    def is_good(self, ref: str, *, network: str, expires: str, signature: str, now: datetime) -> bool:
        """Tell whether a link is one of ours and its time is not over; takes the same time for any signature."""
        ours = hmac.compare_digest(signature.encode(), self._signature(ref, network, expires).encode())
        return ours and now.timestamp() < int(expires)

    def _signature(self, ref: str, network: str, expires: str) -> str:
        content = "\n".join((ref, network, expires)).encode()
        return hmac.new(self._key, content, hashlib.sha256).hexdigest()
